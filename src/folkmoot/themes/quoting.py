"""A quotation as its place in an answer: found, checked, shown."""

from __future__ import annotations

import re

Span = tuple[int, int]


def find_words(text: str, typed: str, near: int | None = None) -> Span | None:
    """Return where typed words stand in a text, or None where they do not.

    White space counts as one space, and capitals do not matter. Of several places the one at or
    after `near` is meant, if there is one.
    """
    words = typed.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)
    places = [found.span() for found in pattern.finditer(text)]
    if not places:
        return None
    return next((place for place in places if near is not None and place[0] >= near), places[0])


def words_at(text: str, span: Span | None) -> str:
    """Return the words of a quotation; "" where the text has been erased since."""
    if span is None or span[1] > len(text):
        return ""
    return text[span[0] : span[1]]
