"""Code frames, themes and campaigns; where answers stand; what people found; the results page."""

from folkmoot.themes.models.coding import Claim, Coding
from folkmoot.themes.models.frames import CodeFrame, FrameVersion, Theme
from folkmoot.themes.models.pages import ResultsPage
from folkmoot.themes.models.standing import AssignedTheme, Assignment, Campaign

__all__ = [
    "AssignedTheme",
    "Assignment",
    "Campaign",
    "Claim",
    "CodeFrame",
    "Coding",
    "FrameVersion",
    "ResultsPage",
    "Theme",
]
