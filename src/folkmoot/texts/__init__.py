"""Free text, read offline: themes, campaigns and personal details; needs no Django.

Names are looked up when first used: hiding personal details needs none of what finding themes does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from folkmoot.texts.campaigns import Campaign, find_campaigns
    from folkmoot.texts.discovery import (
        Assignment,
        Discovery,
        Side,
        Status,
        Theme,
        ThemeGroup,
        discover_themes,
    )
    from folkmoot.texts.redaction import Kind, Span, find_personal_details, redact

__all__ = [
    "Assignment",
    "Campaign",
    "Discovery",
    "Kind",
    "Side",
    "Span",
    "Status",
    "Theme",
    "ThemeGroup",
    "discover_themes",
    "find_campaigns",
    "find_personal_details",
    "redact",
]

_PLACES = {
    "campaigns": ("Campaign", "find_campaigns"),
    "discovery": (
        *("Assignment", "Discovery", "Side", "Status", "Theme", "ThemeGroup", "discover_themes"),
    ),
    "redaction": ("Kind", "Span", "find_personal_details", "redact"),
}
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _PLACE_OF:
        raise AttributeError(f"folkmoot.texts has no '{name}'.")
    return getattr(import_module(f"folkmoot.texts.{_PLACE_OF[name]}"), name)
