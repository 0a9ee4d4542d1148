"""What the admin of a consultation knows of responses: its survey's lines, and the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from folkmoot.consultations.admin.doors import register_door
from folkmoot.consultations.checklist import Finding, Group, Line, register_line, written
from folkmoot.responses.access import may_key, may_read_responses
from folkmoot.responses.models import Survey
from folkmoot.responses.paper.buttons import make_survey_address
from folkmoot.responses.questions import faults, survey_form

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation


def _answerable(consultation: Consultation) -> Finding:
    """Find a published survey with questions that can be told apart."""
    surveys = Survey.objects.child_of(consultation)
    survey = surveys.live().first()
    if survey is None:
        drafts = surveys.exists()
        found = "The survey is a draft: publish it." if drafts else "There is no survey below."
        return Finding(False, found)
    form = survey_form(survey)
    if fault := faults(form):
        return Finding(False, f"“{survey.title}” cannot be answered: {fault[0]}")
    count = len(form.questions)
    if not count:
        return Finding(False, f"“{survey.title}” asks nothing yet.")
    return Finding(
        True, f"“{survey.title}” asks {count} question{'' if count == 1 else 's'} and is published."
    )


def _consent(consultation: Consultation) -> Finding:
    """Find the text that respondents agree to in every survey."""
    surveys = list(Survey.objects.child_of(consultation))
    if not surveys:
        return Finding(False, "There is no survey below.")
    silent = next((survey for survey in surveys if not written(survey.consent)), None)
    if silent is not None:
        return Finding(False, f"“{silent.title}” has no text that respondents agree to.")
    unsaid = next((survey for survey in surveys if _keeps_equality_unsaid(survey)), None)
    if unsaid is not None:
        return Finding(
            False, f"“{unsaid.title}” asks equality questions and says nothing of keeping them."
        )
    return Finding(True, f"“{surveys[0].title}” says so before answers are sent.")


def _keeps_equality_unsaid(survey: Survey) -> bool:
    """Whether a survey asks equality questions without a text to agree to."""
    monitors = any(step.monitors for step in survey_form(survey).steps)
    return monitors and not survey.monitoring_consent.strip()


def _register_address(consultation: Consultation, user: User) -> str:
    if not may_read_responses(user):
        return ""
    return f"{reverse('responses:index')}?consultation={consultation.pk}"


def _paper_address(consultation: Consultation, user: User) -> str:
    # No query of its own: the front page asks this of every consultation.
    return reverse("responses:keying") if may_key(user) else ""


def register() -> None:
    """Add the survey's lines to the checklist, and the door to the register of responses."""
    register_door("Register of responses", _register_address)
    register_door("Key paper forms", _paper_address)
    register_door("Make a survey from an XLSForm", make_survey_address)
    register_line(
        Line(
            "survey", Group.INFORMATION, "The survey is there and can be answered", _answerable, 25
        )
    )
    register_line(
        Line("consent", Group.EQUALITY, "The survey says what happens to the answers", _consent, 60)
    )
