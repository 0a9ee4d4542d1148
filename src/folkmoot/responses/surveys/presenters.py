"""What the screens of a survey in the admin print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from folkmoot.responses.models import Survey, SurveyVersion, TestSubmission
from folkmoot.responses.presenters import answer_words, moment
from folkmoot.responses.questions import (
    SurveyForm,
    form_of_version,
    revision,
    survey_form,
)
from folkmoot.responses.questions.versions import corrections, differences

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

A_COLLEAGUE = "Somebody with the link"


def version_rows(versions: Sequence[SurveyVersion]) -> list[dict[str, Any]]:
    """Return the versions, newest first, each with what changed from the one before.

    `versions` come oldest first, with `standing`: how many responses that count came under each.
    """
    forms = [form_of_version(version) for version in versions]
    asked = list(zip(versions, forms, strict=True))
    changes = [[], *(_changes(*pair) for pair in pairwise(asked))][: len(asked)]
    rows = [
        {
            "number": str(version),
            "is_new": version.correction == 0,
            "when": moment(version.created_at),
            "by": _name(version.created_by),
            "reason": version.reason,
            "responses": getattr(version, "standing", 0),
            "questions": len(form.questions),
            "changes": changed,
        }
        for (version, form), changed in zip(asked, changes, strict=True)
    ]
    return rows[::-1]


def ahead(survey: Survey, last: SurveyVersion | None) -> dict[str, Any] | None:
    """Return what the newest draft would change for respondents; None where it is nothing."""
    if last is None:
        return None
    newest = survey.get_latest_revision_as_object()
    form = survey_form(newest)
    if revision(form, *newest.consents) == last.revision:
        return None
    old = form_of_version(last)
    meant = differences(old, form)
    changes = [*meant, *corrections(old, form)]
    if newest.consents[0] != last.consent:
        changes.append("The text on what happens to the answers is another.")
    if newest.consents[1] != last.monitoring_consent:
        changes.append("The text on equality answers is another.")
    number, correction = (last.number + 1, 0) if meant else (last.number, last.correction + 1)
    return {
        "number": f"{number}.{correction}",
        "is_new": bool(meant),
        "changes": changes,
        "is_published": not survey.has_unpublished_changes,
    }


def test_rows(survey: Survey, tests: Iterable[TestSubmission]) -> list[dict[str, Any]]:
    """Return tests with their answers in words, by the questions of the newest draft."""
    form = survey_form(survey.get_latest_revision_as_object())
    return [
        {
            "reference": test.reference,
            "when": moment(test.submitted_at),
            "by": _name(test.submitted_by) if test.submitted_by else A_COLLEAGUE,
            "answers": _answers(form, test),
        }
        for test in tests
    ]


def _answers(form: SurveyForm, test: TestSubmission) -> list[dict[str, str]]:
    said = ((question.title, answer_words(question, test.answers)) for question in form.questions)
    return [{"term": title, "value": "\n".join(words)} for title, words in said if words]


def _changes(
    before: tuple[SurveyVersion, SurveyForm], after: tuple[SurveyVersion, SurveyForm]
) -> list[str]:
    (was, old), (now, new) = before, after
    found = [*differences(old, new), *corrections(old, new)]
    if was.consent != now.consent:
        found.append("The text on what happens to the answers is another.")
    if was.monitoring_consent != now.monitoring_consent:
        found.append("The text on equality answers is another.")
    return found


def _name(user: User | None) -> str:
    return str(user) if user else ""
