"""Areas, releases and observations, what officers say of them, and the dashboard page."""

from folkmoot.performance.models.areas import Area
from folkmoot.performance.models.commentaries import Commentary
from folkmoot.performance.models.evidence import Evidence
from folkmoot.performance.models.pages import Dashboard
from folkmoot.performance.models.rebasings import Rebasing
from folkmoot.performance.models.releases import Observation, Release

__all__ = [
    "Area",
    "Commentary",
    "Dashboard",
    "Evidence",
    "Observation",
    "Rebasing",
    "Release",
]
