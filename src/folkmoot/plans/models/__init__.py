"""PlanIndex, Plan, Section, PlanVersion; Priority, Outcome, Measure; Commitment and its parts."""

from folkmoot.plans.models.commitments import (
    Commitment,
    Forecast,
    Milestone,
    ProgressUpdate,
)
from folkmoot.plans.models.framework import Outcome, Priority
from folkmoot.plans.models.measures import Measure
from folkmoot.plans.models.pages import Plan, PlanIndex, Section
from folkmoot.plans.models.sheets import CommitmentExport, CommitmentImport
from folkmoot.plans.models.versions import PlanVersion

__all__ = [
    "Commitment",
    "CommitmentExport",
    "CommitmentImport",
    "Forecast",
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
