"""What a survey asks, and the register of what came."""

from folkmoot.responses.models.arrivals import AddressKey, Bucket, TextCount
from folkmoot.responses.models.drafts import Draft, SentFile, TestSubmission
from folkmoot.responses.models.flags import MACHINE_KINDS, OFFICER_KINDS, Flag, FlagKind
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
    "MACHINE_KINDS",
    "OFFICER_KINDS",
    "AddressKey",
    "Answer",
    "Bucket",
    "Channel",
    "Draft",
    "Flag",
    "FlagKind",
    "MonitoringAnswer",
    "Publication",
    "Response",
    "SentFile",
    "Standing",
    "Survey",
    "SurveyClosedError",
    "SurveyVersion",
    "TestSubmission",
    "TextCount",
]
