"""What keeps a text from being kept as it is."""

from __future__ import annotations

import re

LONGEST_TEXT = 100_000
LONGEST_NAME = 200
# Line breaks and tabs are writing; other control characters come from no keyboard. Halves of a
# mark are no text by themselves, and no database keeps them.
_UNKEEPABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def text_error(text: str, longest: int) -> str:
    """Return why a text cannot be kept as it is; empty where it can."""
    if len(text) > longest:
        return (
            f"Your answer has {len(text):,} characters and the most that can be sent here is "
            f"{longest:,}: shorten it, or send the rest by e-mail."
        )
    if _UNKEEPABLE.search(text):
        return "Your answer holds a character that cannot be kept (a control code): take it out."
    return ""
