"""Consultation with its parts, team and respondents; equality impact assessments."""

from folkmoot.consultations.models.equality import EqualityImpact, EqualityImpactAssessment
from folkmoot.consultations.models.pages import (
    Consultation,
    ConsultationIndex,
    State,
    seconds_to_next,
)
from folkmoot.consultations.models.parts import (
    ClosingChange,
    ConsultationDocument,
    TimelineEvent,
    Topic,
    Update,
)
from folkmoot.consultations.models.respondents import Respondent
from folkmoot.consultations.models.team import PolicyTeamMember

__all__ = [
    "ClosingChange",
    "Consultation",
    "ConsultationDocument",
    "ConsultationIndex",
    "EqualityImpact",
    "EqualityImpactAssessment",
    "PolicyTeamMember",
    "Respondent",
    "State",
    "TimelineEvent",
    "Topic",
    "Update",
    "seconds_to_next",
]
