"""Free text, read offline: themes, campaigns and personal details; needs no Django."""

from folkmoot.texts.campaigns import Campaign, find_campaigns
from folkmoot.texts.discovery import Assignment, Discovery, Status, Theme, discover_themes
from folkmoot.texts.redaction import Kind, Span, find_personal_details, redact

__all__ = [
    "Assignment",
    "Campaign",
    "Discovery",
    "Kind",
    "Span",
    "Status",
    "Theme",
    "discover_themes",
    "find_campaigns",
    "find_personal_details",
    "redact",
]
