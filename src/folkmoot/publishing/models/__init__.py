"""What every public page shares, and what a body sets once."""

from folkmoot.publishing.models.following import Follower, Following, ToldNews
from folkmoot.publishing.models.mail import JobRun, OutgoingMail
from folkmoot.publishing.models.pages import RICH_TEXT, BasePage, HomePage, StandardPage
from folkmoot.publishing.models.settings import (
    LEAST_CONTRAST,
    SiteSettings,
    SupportOrganisation,
)

__all__ = [
    "LEAST_CONTRAST",
    "RICH_TEXT",
    "BasePage",
    "Follower",
    "Following",
    "HomePage",
    "JobRun",
    "OutgoingMail",
    "SiteSettings",
    "StandardPage",
    "SupportOrganisation",
    "ToldNews",
]
