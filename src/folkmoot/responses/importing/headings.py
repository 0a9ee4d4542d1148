"""The columns of a file by their headings, whether those stand in one row or in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.responses.importing.dialects import Dialect, header_height
from folkmoot.responses.importing.tables import place

# "Question [Option]" as LimeSurvey and Google write it.
_IN_BRACKETS = re.compile(r"^(?P<main>.*?)\s*\[(?P<part>[^\[\]]+)\]\s*$", re.DOTALL)
_DIVIDED = (" - ", " – ", ": ", " | ", " > ")
# "3. What would you change?", "Q3: …", "Question 3 - …"
_NUMBERED = re.compile(r"^\s*(?:q(?:uestion)?\.?\s*)?\d{1,3}[a-z]?\s*[.:)\-–]\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its place from 0, what stands above it, and the name it is remembered by.

    `text` is the whole heading. `key` is the same, with "(2)" behind the second of that name.
    """

    column: int
    text: str
    key: str

    @property
    def place(self) -> str:
        """The column's letters, as a spreadsheet shows them."""
        return place(self.column)


def headings_of(dialect: Dialect, rows: Sequence[Sequence[str]]) -> tuple[tuple[Heading, ...], int]:
    """Return the columns, and of how many rows the header is.

    In a header of two rows an empty cell of the first belongs to the question left of it. Columns
    at the end that have no name are none.
    """
    if not rows:
        return (), 0
    height = header_height(dialect, rows)
    texts = [" ".join(cell.split()) for cell in rows[0]]
    if height == 2:
        above, combined = "", []
        second = [" ".join(cell.split()) for cell in rows[1]]
        for column in range(max(len(texts), len(second))):
            own = texts[column] if column < len(texts) else ""
            part = second[column] if column < len(second) else ""
            above = own or above
            combined.append(f"{above} [{part}]" if part else above)
        texts = combined
    while texts and not texts[-1]:
        texts.pop()
    found, seen = [], dict[str, int]()
    for column, text in enumerate(texts):
        shown = text[:1000] or f"Column {place(column)}"
        seen[shown] = seen.get(shown, 0) + 1
        key = shown if seen[shown] == 1 else f"{shown} ({seen[shown]})"
        found.append(Heading(column, shown, key))
    return tuple(found), height


def divided(text: str) -> list[tuple[str, str]]:
    """Return each way in which a heading can be a question and a part of it."""
    ways = []
    if found := _IN_BRACKETS.match(text):
        ways.append((found["main"].strip(), found["part"].strip()))
    for mark in _DIVIDED:
        if mark in text:
            main, _, part = text.rpartition(mark)
            ways.append((main.strip(), part.strip()))
            first, _, rest = text.partition(mark)
            if first.strip() != main.strip():
                ways.append((first.strip(), rest.strip()))
    return ways


def unnumbered(text: str) -> str:
    """Return a heading without the number of its question in front."""
    return _NUMBERED.sub("", text).strip()
