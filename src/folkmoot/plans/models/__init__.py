"""PlanIndex, Plan, Section, PlanVersion; Priority, Outcome, Measure; Commitment and its parts."""

from folkmoot.plans.models.commitments import Commitment, Milestone, ProgressUpdate
from folkmoot.plans.models.framework import Measure, Outcome, Priority
from folkmoot.plans.models.pages import Plan, PlanIndex, Section
from folkmoot.plans.models.versions import PlanVersion

__all__ = [
    "Commitment",
    "Measure",
    "Milestone",
    "Outcome",
    "Plan",
    "PlanIndex",
    "PlanVersion",
    "Priority",
    "ProgressUpdate",
    "Section",
]
