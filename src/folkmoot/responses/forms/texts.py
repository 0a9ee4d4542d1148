"""What keeps a text from being kept as it is."""

from __future__ import annotations

import re

LONGEST_TEXT = 100_000
LONGEST_NAME = 200
# Of what stands before a character that may not show, as much is repeated.
WORDS_BEFORE = 40
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
    # Most texts are told to be fine faster than they are searched.
    if not text.isprintable() and (found := _UNKEEPABLE.search(text)):
        return (
            "Your answer holds a character that cannot be kept (a control code) "
            f"{_place(text[: found.start()])}. It may not show: delete what stands around it, and "
            "type that again."
        )
    return ""


def keepable(text: str) -> str:
    """Return a text without the characters that cannot be kept."""
    return _UNKEEPABLE.sub("", text)


def _place(before: str) -> str:
    """Return where a character stands that may not show: after which words."""
    shown = (each if each.isprintable() else " " for each in before[-5 * WORDS_BEFORE :])
    words = " ".join("".join(shown).split())
    return f"after “{words[-WORDS_BEFORE:].lstrip()}”" if words else "at its beginning"
