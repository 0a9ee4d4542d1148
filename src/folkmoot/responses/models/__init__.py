"""What a survey asks, and the register of what came."""

from folkmoot.responses.models.drafts import Draft, SentFile, TestSubmission
from folkmoot.responses.models.pages import Survey, SurveyClosedError
from folkmoot.responses.models.register import (
    Answer,
    Channel,
    MonitoringAnswer,
    Publication,
    Response,
    Standing,
)
from folkmoot.responses.models.versions import SurveyVersion

__all__ = [
    "Answer",
    "Channel",
    "Draft",
    "MonitoringAnswer",
    "Publication",
    "Response",
    "SentFile",
    "Standing",
    "Survey",
    "SurveyClosedError",
    "SurveyVersion",
    "TestSubmission",
]
