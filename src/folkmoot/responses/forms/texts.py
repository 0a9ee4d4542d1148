"""What keeps a text from being kept as it is."""

from __future__ import annotations

LONGEST_TEXT = 100_000
LONGEST_NAME = 200
# Halves of a mark that are no text by themselves; no database keeps them.
_HALVES = range(0xD800, 0xE000)
# Line breaks and tabs are writing; other control characters come from no keyboard.
_CONTROL = {code for code in range(32) if chr(code) not in "\t\n\r"} | {127}


def text_error(text: str, longest: int) -> str:
    """Return why a text cannot be kept as it is; empty where it can."""
    if len(text) > longest:
        return (
            f"Your answer has {len(text):,} characters and the most that can be sent here is "
            f"{longest:,}: shorten it, or send the rest by e-mail."
        )
    if any(ord(mark) in _CONTROL or ord(mark) in _HALVES for mark in text):
        return "Your answer holds a character that cannot be kept (a control code): take it out."
    return ""
