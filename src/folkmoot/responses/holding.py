"""A survey that people answered keeps its meaning, whichever way a change of it is published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from folkmoot.publishing.refusing import PublicationRefusedError
from folkmoot.responses.questions import (
    SurveyForm,
    faults,
    form_of_version,
    survey_form,
)
from folkmoot.responses.questions.versions import differences

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey, SurveyVersion

MOST_NAMED = 6
HOW_TO_CHANGE = (
    "Take these changes back, or open “Once there are responses” below the questions, tick “Start "
    "a new version” and say why. Wording, hints and titles may be corrected without one."
)


def hold_to_meaning(survey: Survey) -> None:
    """Raise PublicationRefusedError where a draft may not become what people are asked.

    The editor refuses the same earlier; this holds wherever it is passed by, as by a schedule or
    an approval from before the first response. `survey` is the page as the draft has it.
    """
    form = survey_form(survey)
    if found := faults(form):
        raise PublicationRefusedError(survey, found)
    changed = changes_of_meaning(survey, form)
    if changed and not (begins_version(survey) and survey.version_reason.strip()):
        raise PublicationRefusedError(survey, refusal(changed))
    for alias in _aliases(survey):
        if changes_of_meaning(alias, form):
            raise PublicationRefusedError(
                survey,
                [
                    f"The copy in “{alias.get_parent().title}” that follows this survey has been "
                    "answered, and what it asks would change: open it, choose “Convert alias "
                    "page”, and publish this one again."
                ],
            )


def changes_of_meaning(survey: Survey, form: SurveyForm) -> list[str]:
    """Return what would change of what people were asked, in sentences; none before a response."""
    from folkmoot.responses.models import Response, Survey

    if not survey.pk or not Response.objects.filter(survey=survey.pk).exists():
        return []
    last = last_version(survey)
    asked = form_of_version(last) if last else survey_form(Survey.objects.get(pk=survey.pk))
    return differences(asked, form)


def refusal(changed: list[str]) -> list[str]:
    """Return why changes are refused, with the first of them and what to do."""
    more = len(changed) - MOST_NAMED
    rest = [f"And {more} more {'changes' if more > 1 else 'change'}."] if more > 0 else []
    return [
        "People have answered this survey, and what they were asked would change:",
        *changed[:MOST_NAMED],
        *rest,
        HOW_TO_CHANGE,
    ]


def begins_version(survey: Survey) -> bool:
    """Whether an officer began a new version after the meaning that was answered last.

    Corrections of that meaning, which may have come since, are the same. Where responses came
    without a version, the reason alone says so.
    """
    from folkmoot.responses.models import SurveyVersion

    last = last_version(survey)
    if last is None:
        return True
    if survey.follows_version is None:
        return False
    followed = SurveyVersion.objects.filter(survey=survey.pk, pk=survey.follows_version).first()
    return followed is not None and followed.number == last.number


def last_version(survey: Survey) -> SurveyVersion | None:
    """Return the version that came last of a survey; None before anybody answered."""
    from folkmoot.responses.models import SurveyVersion

    return SurveyVersion.objects.filter(survey=survey.pk).last()


def _aliases(survey: Any) -> Iterator[Survey]:
    """Yield the pages that follow a survey, and those that follow them."""
    for alias in type(survey).objects.filter(alias_of=survey.pk):
        yield alias
        yield from _aliases(alias)
