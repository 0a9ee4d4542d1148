"""Consultation with its parts, team and respondents; equality impact assessments."""

from folkmoot.consultations.models.calendar import PreElectionPeriod
from folkmoot.consultations.models.checklist import ChecklistTick
from folkmoot.consultations.models.equality import EqualityImpact, EqualityImpactAssessment
from folkmoot.consultations.models.pages import (
    Consultation,
    ConsultationIndex,
    State,
    seconds_to_next,
)
from folkmoot.consultations.models.parts import (
    ClosingChange,
    Stage,
    TimelineEvent,
    Topic,
    Update,
)
from folkmoot.consultations.models.respondents import Respondent
from folkmoot.consultations.models.team import PolicyTeamMember

__all__ = [
    "ChecklistTick",
    "ClosingChange",
    "Consultation",
    "ConsultationIndex",
    "EqualityImpact",
    "EqualityImpactAssessment",
    "PolicyTeamMember",
    "PreElectionPeriod",
    "Respondent",
    "Stage",
    "State",
    "TimelineEvent",
    "Topic",
    "Update",
    "seconds_to_next",
]
