"""What other rooms' pages show of responses, through slots."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.publishing.slots import register_panel
from folkmoot.responses import access
from folkmoot.responses.models import Survey
from folkmoot.responses.presenters import state_sentence
from folkmoot.responses.querysets import counts, public_from

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation


def facts(consultation: Consultation, at: datetime) -> dict[str, Any] | None:
    """Return how many people took part, and how many responses the surveys received."""
    return counts(consultation, at)


def activities(consultation: Consultation, at: datetime) -> dict[str, Any] | None:
    """Return the surveys of a consultation: what each asks of people, and whether it is open."""
    found = Survey.objects.child_of(consultation).live().select_related("publishing")
    surveys = list(found.order_by("path"))
    if not surveys:
        return None
    for survey in surveys:
        survey.consultation = consultation
    return {
        "is_over": at >= consultation.closes_at,
        "activities": [
            {
                "survey": survey,
                "sentence": state_sentence(survey, at),
                "is_open": access.may_begin(survey, at),
                "responses_url": published_address(survey, at),
            }
            for survey in surveys
        ],
    }


def published_address(survey: Survey, at: datetime) -> str:
    """Return where the public reads the responses to a survey; empty where it may not yet."""
    publishing = getattr(survey, "publishing", None)
    if publishing is None or at < public_from(publishing, survey):
        return ""
    return f"{survey.url}responses/"


def register() -> None:
    """Fill the slots of the consultation page."""
    register_panel("consultation-facts", "responses/panel_facts.html", facts, keep=True)
    register_panel(
        "consultation-activities", "responses/panel_activities.html", activities, keep=True
    )
