"""What every visitor of a published survey shares, made once an edition and not once a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from folkmoot.publishing.keeping import kept
from folkmoot.responses.questions import SurveyForm, revision, survey_form

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of a survey, and the mark of questions and consent texts."""

    form: SurveyForm
    revision: str


def prepare(survey: Survey) -> None:
    """Put on a page that is served what all its visitors share.

    Publishing the survey or its consultation begins another edition, and all is made afresh.
    """
    survey.consultation = kept(
        ("consultation of survey", survey.pk), lambda: survey.get_parent().specific
    )
    survey.asked = kept(("questions of survey", survey.pk), lambda: _asked(survey))


def asked_of(survey: Survey) -> Asked:
    """Return the questions of a survey: as served to all, else read from this very page."""
    return survey.asked or _asked(survey)


def _asked(survey: Survey) -> Asked:
    form = survey_form(survey)
    return Asked(form, revision(form, *survey.consents))
