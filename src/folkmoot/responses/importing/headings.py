"""The columns of a file by their headings, whether those stand in one row or in three."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.responses.importing.dialects import Dialect, header_height
from folkmoot.sources.spreadsheets import place

# "Question [Option]" as LimeSurvey and Google write it.
_IN_BRACKETS = re.compile(r"^(?P<main>.*?)\s*\[(?P<part>[^\[\]]+)\]\s*$", re.DOTALL)
# "travel[SQ002]. How do you travel? [Bus]": LimeSurvey's code before the question.
_CODED = re.compile(r"(?P<code>[a-z]\w*(?:\[\w+\])*)\.\s+(?P<text>.+)", re.IGNORECASE | re.DOTALL)
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

    Columns at the end that have no name are none.
    """
    if not rows:
        return (), 0
    height = header_height(dialect, rows)
    texts = [" ".join(cell.split()) for cell in rows[0]]
    if height > 1:
        texts = _combined([[" ".join(cell.split()) for cell in row] for row in rows[:height]])
    while texts and not texts[-1]:
        texts.pop()
    found, seen = [], dict[str, int]()
    for column, text in enumerate(texts):
        shown = text[:1000] or f"Column {place(column)}"
        seen[shown] = seen.get(shown, 0) + 1
        key = shown if seen[shown] == 1 else f"{shown} ({seen[shown]})"
        found.append(Heading(column, shown, key))
    return tuple(found), height


def _combined(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return headings that stand in two or three rows: "Question [Statement - Point]".

    An empty cell belongs to the question left of it, and in the second of three rows to the
    statement left of it.
    """
    width = max(len(row) for row in rows)
    filled = [[*row, *[""] * (width - len(row))] for row in rows]
    above = between = ""
    combined = []
    for column in range(width):
        question, *parts = (row[column] for row in filled)
        if question:
            above, between = question, ""
        between = parts[0] or between
        if len(parts) > 1 and parts[1]:
            parts[0] = between
        part = " - ".join(part for part in parts if part)
        combined.append(f"{above} [{part}]" if part else above)
    return combined


def readings(dialect: Dialect, text: str) -> list[str]:
    """Return what a heading may say: the whole, and a code and a question where it has both."""
    found = _CODED.fullmatch(text) if dialect.codes_first else None
    if not found:
        return [text]
    return [text, found["code"], found["text"].removesuffix("[]").strip()]


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
