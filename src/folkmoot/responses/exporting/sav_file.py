"""An export as an SPSS file: numbers with labels, and user-missing values that say why."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from folkmoot.publishing.clock import local
from folkmoot.responses.exporting.columns import Column, Shape, named
from folkmoot.responses.exporting.dictionary import MISSING_WORDS, coded
from folkmoot.responses.exporting.layout import Cell, Row
from folkmoot.responses.exporting.missing import HIGHEST_CODE, LOWEST_CODE, Missing

# In bytes: what SPSS takes of the label of a variable, of a value, and of a text.
LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_TEXT = 250, 118, 32_000
USER_MISSING: list[Any] = [{"lo": LOWEST_CODE, "hi": HIGHEST_CODE}]
ANSWERED = 0
NAN = float("nan")


def write_sav(
    path: Path, columns: Sequence[Column], rows: Iterable[Row], *, title: str = ""
) -> None:
    """Write an export as an SPSS file, with the labels of variables and values.

    A column of codes, and of numbers that are never negative, has -9 to -6 as user-missing values.
    Any other has a column `<name>__m` beside it that says why it is empty. A text too long for
    SPSS goes on in `<name>__part2` and so on. Held in memory: about 10 bytes a number, and texts.
    """
    variables = [_Variable(column) for column in columns]
    for row in rows:
        for variable, cell in zip(variables, row, strict=True):
            variable.add(cell)
    made = [each for variable in variables for each in variable.made()]
    names = [each.name for each in named(Column(each.name, "", Shape.TEXT) for each in made)]
    frame = pd.DataFrame({name: each.values for name, each in zip(names, made, strict=True)})
    by_name = list(zip(names, made, strict=True))
    pyreadstat.write_sav(
        frame,
        str(path),
        file_label=_cut(title, 60),
        column_labels={name: _cut(each.label, LONGEST_LABEL) for name, each in by_name},
        variable_value_labels={name: each.labels for name, each in by_name if each.labels},
        missing_ranges={name: USER_MISSING for name, each in by_name if each.has_missing},
        variable_measure={name: each.measure for name, each in by_name},
        row_compress=True,
    )


class _Made:
    """One variable of the file."""

    def __init__(self, name: str, label: str, values: Any, **about: Any) -> None:
        self.name, self.label, self.values = name, label, values
        self.labels: dict[float, str] = about.get("labels", {})
        self.has_missing: bool = about.get("has_missing", False)
        self.measure: str = about.get("measure", "nominal")


class _Variable:
    """The cells of one column, gathered."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.numbers = array("d")
        self.others: list[Any] = []
        self.why = array("d")
        self.values = {code: float(value) for code, _, value in coded(column)}
        self.labels = {float(value): label for _, label, value in coded(column)}
        is_number = column.shape is Shape.NUMBER
        self.is_coded = column.shape in (Shape.CODE, Shape.FLAG)
        self.is_plain_number = is_number and column.lowest is not None and column.lowest >= 0
        self.is_numeric = self.is_coded or is_number or column.shape is Shape.DEGREES

    def add(self, cell: Cell) -> None:
        missing = cell if isinstance(cell, Missing) else None
        if self.is_coded or self.is_plain_number:
            self.numbers.append(missing.code if missing else self._number(cell))
            return
        self.why.append(missing.code if missing else ANSWERED)
        if self.is_numeric:
            self.numbers.append(NAN if missing else self._number(cell))
        elif missing:
            self.others.append("" if self.column.shape is Shape.TEXT else None)
        else:
            self.others.append(_spss_value(cell))

    def _number(self, cell: Any) -> float:
        if not isinstance(cell, str):
            return float(cell)
        if self.column.shape is not Shape.CODE:
            raise ValueError(f"'{cell}' in the column {self.column.name} is no number.")
        if cell not in self.values:
            # An option that no version of the survey offers: it is told all the same.
            self.values[cell] = max(self.values.values(), default=0) + 1
            self.labels[self.values[cell]] = cell
        return self.values[cell]

    def made(self) -> list[_Made]:
        name, label, shape = self.column.name, self.column.label, self.column.shape
        why = {float(each.code): _cut(MISSING_WORDS[each], 60) for each in Missing}
        if self.is_coded or self.is_plain_number:
            said = {value: _cut(words, LONGEST_VALUE_LABEL) for value, words in self.labels.items()}
            measure = "ordinal" if self.column.is_ordered else "nominal"
            return [
                _Made(
                    name,
                    label,
                    self.numbers,
                    labels=said | why,
                    has_missing=True,
                    measure="scale" if self.is_plain_number else measure,
                )
            ]
        found = [_Made(name, label, self.numbers, measure="scale")] if self.is_numeric else []
        if shape is Shape.TEXT:
            found = _texts(name, label, self.others)
        elif shape is Shape.INSTANT:
            found = [_Made(name, label, pd.to_datetime(self.others), measure="scale")]
        elif shape is Shape.DAY:
            found = [_Made(name, label, self.others, measure="scale")]
        if self.column.part or any(self.why):
            reasons = {float(ANSWERED): "Answered"} | why
            found.append(
                _Made(
                    f"{name[:60]}__m",
                    f"Why {name} is missing",
                    self.why,
                    labels=reasons,
                    has_missing=True,
                )
            )
        return found


def _texts(name: str, label: str, texts: list[str]) -> list[_Made]:
    """Return a variable of texts, and as many more as the longest of them needs."""
    if not any(len(text) > LONGEST_TEXT // 4 for text in texts):
        return [_Made(name, label, texts)]
    parts = [_parts(text) for text in texts]
    return [
        _Made(
            name if place == 0 else f"{name[:55]}__part{place + 1}",
            label if place == 0 else f"{label} (part {place + 1})",
            [part[place] if place < len(part) else "" for part in parts],
        )
        for place in range(max(map(len, parts)))
    ]


def _parts(text: str) -> list[str]:
    """Return a text in parts that SPSS can hold, no character cut."""
    written = text.encode()
    found, start = [], 0
    while start < len(written):
        end = min(start + LONGEST_TEXT, len(written))
        # A byte 10xxxxxx continues a character. SPSS drops space at the end of a text.
        while end < len(written) and (written[end] & 0xC0 == 0x80 or written[end - 1] == 0x20):
            end -= 1
        if end <= start:
            end = min(start + LONGEST_TEXT, len(written))
        found.append(written[start:end].decode())
        start = end
    return found or [""]


def _spss_value(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return local(cell).replace(tzinfo=None)
    return cell if isinstance(cell, str | date) else str(cell)


def _cut(text: str, longest: int) -> str:
    """Return a text that takes at most so many bytes, with an ellipsis where it was cut."""
    written = text.encode()
    if len(written) <= longest:
        return text
    return written[: longest - 3].decode(errors="ignore") + "…"
