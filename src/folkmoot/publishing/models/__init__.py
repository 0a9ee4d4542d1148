"""What every public page shares, and what a body sets once."""

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
    "HomePage",
    "SiteSettings",
    "StandardPage",
    "SupportOrganisation",
]
