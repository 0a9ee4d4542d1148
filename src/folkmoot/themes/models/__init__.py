"""Code frames, themes, campaigns; where answers stand; what people found; work; the page."""

from folkmoot.themes.models.coding import Claim, Coding
from folkmoot.themes.models.frames import CodeFrame, FrameVersion, Theme
from folkmoot.themes.models.pages import ResultsPage
from folkmoot.themes.models.population import KeptWeighting, PopulationMargin, PopulationTable
from folkmoot.themes.models.standing import AssignedTheme, Assignment, Campaign
from folkmoot.themes.models.work import Work

__all__ = [
    "AssignedTheme",
    "Assignment",
    "Campaign",
    "Claim",
    "CodeFrame",
    "Coding",
    "FrameVersion",
    "KeptWeighting",
    "PopulationMargin",
    "PopulationTable",
    "ResultsPage",
    "Theme",
    "Work",
]
