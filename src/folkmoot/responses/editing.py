"""The form with which a survey is edited: what answers depend on does not change unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamBlockValidationError

from folkmoot.responses.holding import begins_version, changes_of_meaning, last_version, refusal
from folkmoot.responses.questions import faults, form_of_steps

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey


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
        if not survey.pk:
            return
        is_begun = survey.follows_version is not None and begins_version(survey)
        self.initial["starts_new_version"] = is_begun
        if not is_begun:
            # The reason of a version that is there already is none for the next.
            self.initial["version_reason"] = ""

    def clean(self) -> dict[str, Any]:
        """Name what changed and is not to, or remember after which version the new one begins."""
        cleaned = super().clean()
        survey: Survey = self.instance
        if not survey.pk or cleaned.get("steps") is None:
            return cleaned
        form = form_of_steps(cleaned["steps"])
        if faults(form):
            # Said at the steps by their block.
            return cleaned
        starts, reason = cleaned.get("starts_new_version"), cleaned.get("version_reason", "")
        changed = changes_of_meaning(survey, form)
        last = last_version(survey)
        survey.follows_version = last.pk if starts and changed and last else None
        if not changed:
            return cleaned
        if not starts:
            self.add_error("steps", StreamBlockValidationError(non_block_errors=refusal(changed)))
        elif not reason.strip():
            self.add_error(
                "version_reason",
                "Say why the questions change: it is kept with the new version, and whoever reads "
                "the results needs to know.",
            )
        return cleaned
