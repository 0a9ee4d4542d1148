"""The form with which a survey is edited: what answers depend on does not change unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from folkmoot.responses.questions import faults, form_of_steps
from folkmoot.responses.questions.versions import differences

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey

MOST_NAMED = 6


class SurveyPageForm(WagtailAdminPageForm):
    """Refuses a change of meaning once there are responses, unless it begins a new version."""

    starts_new_version = forms.BooleanField(
        required=False,
        label="Start a new version",
        help_text="Answers from now on are counted apart from those given so far.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        survey: Survey = self.instance
        if survey.pk and survey.follows_version is not None:
            self.initial["starts_new_version"] = survey.follows_version == _last(survey)

    def clean(self) -> dict[str, Any]:
        """Name what changed and is not to, or remember after which version the new one begins."""
        cleaned = super().clean()
        survey: Survey = self.instance
        if not survey.pk or cleaned.get("steps") is None:
            return cleaned
        form = form_of_steps(cleaned["steps"])
        if faults(form):
            # Said at the steps by the page itself.
            return cleaned
        starts, reason = cleaned.get("starts_new_version"), cleaned.get("version_reason", "")
        changed = differences(_as_answered(survey), form) if _is_answered(survey) else []
        survey.follows_version = _last(survey) if starts and changed else None
        if not changed:
            return cleaned
        if not starts:
            self.add_error("steps", _refusal(changed))
        elif not reason.strip():
            self.add_error(
                "version_reason",
                "Say why the questions change: it is kept with the new version, and whoever reads "
                "the results needs to know.",
            )
        return cleaned


def _refusal(changed: list[str]) -> list[str]:
    more = len(changed) - MOST_NAMED
    rest = [f"And {more} more {'changes' if more > 1 else 'change'}."] if more > 0 else []
    return [
        "People have answered this survey, and what they were asked would change:",
        *changed[:MOST_NAMED],
        *rest,
        "Take these changes back, or tick “Start a new version” below and say why. Wording, hints "
        "and titles may be corrected without one.",
    ]


def _is_answered(survey: Survey) -> bool:
    from folkmoot.responses.models import Response

    return Response.objects.filter(survey=survey.pk).exists()


def _last(survey: Survey) -> int | None:
    from folkmoot.responses.models import SurveyVersion

    last = SurveyVersion.objects.filter(survey=survey.pk).last()
    return last.pk if last else None


def _as_answered(survey: Survey) -> Any:
    """Return the questions as people answered them last: the last version, or the live page."""
    from folkmoot.responses.models import Survey, SurveyVersion
    from folkmoot.responses.questions import form_of_version, survey_form

    last = SurveyVersion.objects.filter(survey=survey.pk).last()
    return form_of_version(last) if last else survey_form(Survey.objects.get(pk=survey.pk))
