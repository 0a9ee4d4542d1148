"""What every public page shares, and what a body sets once."""

from folkmoot.publishing.models.documents import DocumentFormat, DocumentPage, DocumentVersion
from folkmoot.publishing.models.files import UploadedFile
from folkmoot.publishing.models.following import Follower, Following, ToldNews
from folkmoot.publishing.models.mail import JobRun, OutgoingMail
from folkmoot.publishing.models.pages import RICH_TEXT, BasePage, HomePage, StandardPage
from folkmoot.publishing.models.recordings import Recording
from folkmoot.publishing.models.settings import (
    LEAST_CONTRAST,
    SiteSettings,
    SupportOrganisation,
)

__all__ = [
    "LEAST_CONTRAST",
    "RICH_TEXT",
    "BasePage",
    "DocumentFormat",
    "DocumentPage",
    "DocumentVersion",
    "Follower",
    "Following",
    "HomePage",
    "JobRun",
    "OutgoingMail",
    "Recording",
    "SiteSettings",
    "StandardPage",
    "SupportOrganisation",
    "ToldNews",
    "UploadedFile",
]
