"""What a survey asks, and the register of what came."""

from folkmoot.responses.models.arrivals import AddressKey, Bucket, TextCount
from folkmoot.responses.models.counted import CountedAnswers
from folkmoot.responses.models.drafts import Draft, SentFile, TestSubmission
from folkmoot.responses.models.erasing import Erasure, FrozenCount, RetentionPeriod
from folkmoot.responses.models.exports import Export
from folkmoot.responses.models.flags import MACHINE_KINDS, OFFICER_KINDS, Flag, FlagKind
from folkmoot.responses.models.importing import ImportMapping, ImportRun
from folkmoot.responses.models.keying import Batch, Keying, PaperForm, PaperMark
from folkmoot.responses.models.letters import LetterDraft
from folkmoot.responses.models.monitoring import MonitoringConsent
from folkmoot.responses.models.notes import Note
from folkmoot.responses.models.pages import Survey, SurveyClosedError
from folkmoot.responses.models.register import (
    Answer,
    Channel,
    MonitoringAnswer,
    Publication,
    Response,
    Standing,
)
from folkmoot.responses.models.reviewing import (
    AnswerReview,
    Decision,
    PublicResponse,
    Publishing,
)
from folkmoot.responses.models.vectors import AnswerVector
from folkmoot.responses.models.versions import SurveyVersion

__all__ = [
    "MACHINE_KINDS",
    "OFFICER_KINDS",
    "AddressKey",
    "Answer",
    "AnswerReview",
    "AnswerVector",
    "Batch",
    "Bucket",
    "Channel",
    "CountedAnswers",
    "Decision",
    "Draft",
    "Erasure",
    "Export",
    "Flag",
    "FlagKind",
    "FrozenCount",
    "ImportMapping",
    "ImportRun",
    "Keying",
    "LetterDraft",
    "MonitoringAnswer",
    "MonitoringConsent",
    "Note",
    "PaperForm",
    "PaperMark",
    "PublicResponse",
    "Publication",
    "Publishing",
    "Response",
    "RetentionPeriod",
    "SentFile",
    "Standing",
    "Survey",
    "SurveyClosedError",
    "SurveyVersion",
    "TestSubmission",
    "TextCount",
]
