"""What the pages of consultations print."""

from folkmoot.consultations.presenters.assessment import assessment_page
from folkmoot.consultations.presenters.lists import HEADINGS, TONES, counted, line
from folkmoot.consultations.presenters.page import consultation_page, expanded

__all__ = [
    "HEADINGS",
    "TONES",
    "assessment_page",
    "consultation_page",
    "counted",
    "expanded",
    "line",
]
