"""One reader for each use of a column: from what a cell says to the fields of an answer."""

from __future__ import annotations

from collections.abc import Callable

from folkmoot.responses.forms import lines
from folkmoot.responses.importing.mapping import ColumnMapping, options_of
from folkmoot.responses.importing.rows.outcomes import SHOWN, Unlisted
from folkmoot.responses.importing.values import (
    NOT_TICKED,
    TICKED,
    chosen,
    is_declining,
    lookup,
    read_day,
    value_key,
)
from folkmoot.responses.questions import (
    DECLINED,
    ChoiceQuestion,
    DateQuestion,
    Question,
    RankingQuestion,
    field_name,
)


class Reading:
    """One row while it is read: the fields it gives, and which column gave each."""

    __slots__ = ("columns", "faults", "fields", "unlisted")

    def __init__(self) -> None:
        self.fields: dict[str, list[str]] = {}
        self.columns: dict[str, int] = {}
        self.faults: list[tuple[int, str]] = []
        self.unlisted: list[Unlisted] = []

    def put(self, name: str, value: str, column: int) -> None:
        if name in self.fields:
            self.fields[name].append(value)
        else:
            self.fields[name] = [value]
            self.columns[name] = column


Reader = Callable[[str, int, Reading], None]


def cell_reader(mapping: ColumnMapping, kind: str, part: Question, detail: str) -> Reader:
    """Return what reads the cells of a column that answers a part of a question.

    `kind` is what the column is used for; `detail` the option or the rank that it is about.
    """
    if kind == "option":
        return _option_reader(mapping, part, detail)
    if kind == "rank":
        return _rank_reader(mapping, part, detail)
    if kind == "other":
        return _other_reader(part, detail)
    if isinstance(part, ChoiceQuestion):
        return _choice_reader(mapping, part)
    if isinstance(part, RankingQuestion):
        return _ranking_reader(mapping, part)
    if isinstance(part, DateQuestion):
        return _day_reader(mapping, part)
    return _text_reader(part)


def _text_reader(part: Question) -> Reader:
    def read(cell: str, column: int, reading: Reading) -> None:
        if part.may_decline and is_declining(cell):
            reading.put(field_name(part.key, DECLINED), "yes", column)
        else:
            reading.put(part.key, lines(cell), column)

    return read


def _day_reader(mapping: ColumnMapping, part: Question) -> Reader:
    def read(cell: str, column: int, reading: Reading) -> None:
        if part.may_decline and is_declining(cell):
            reading.put(field_name(part.key, DECLINED), "yes", column)
            return
        # A spreadsheet adds the midnight of a day.
        day = read_day(cell.partition("T")[0], month_first=mapping.month_first)
        if day is None:
            reading.faults.append((column, f"“{cell[:SHOWN]}” is no day that can be read."))
            return
        for name, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            reading.put(field_name(part.key, name), str(value), column)

    return read


def _unlisted_fault(value: str) -> str:
    return (
        f"“{value[:SHOWN]}” is none of the options: match it to one above, or say that it is "
        "left out."
    )


def _choice_reader(mapping: ColumnMapping, part: ChoiceQuestion) -> Reader:
    codes = lookup(part.options) | mapping.values.get(part.key, {})
    separator = mapping.separator if part.several else ""
    beside = next((option.code for option in part.options if option.asks_text), None)
    keeps = beside if mapping.keeps_other else None
    # Most cells of a column say one of a few things.
    known: dict[str, list[tuple[str, str]]] = {}

    def read(cell: str, column: int, reading: Reading) -> None:
        found = known.get(cell)
        if found is None:
            found = _chosen(cell, separator, codes)
            if len(known) < 1000:
                known[cell] = found
        for code, text in found:
            if code:
                _choose(part.key, code, column, reading)
            elif text:
                reading.unlisted.append(Unlisted(part.key, text))
                if keeps is None:
                    reading.faults.append((column, _unlisted_fault(text)))
                else:
                    _choose(part.key, keeps, column, reading)
                    _add_text(field_name(part.key, keeps), text, column, reading)

    return read


def _chosen(cell: str, separator: str, codes: dict[str, str]) -> list[tuple[str, str]]:
    """Return the choices of a cell, without what is mapped to nothing."""
    left_out = {key for key, code in codes.items() if not code}
    found = chosen(cell, separator, {key: code for key, code in codes.items() if code})
    return [(code, text) for code, text in found if code or value_key(text) not in left_out]


def _choose(key: str, code: str, column: int, reading: Reading) -> None:
    chosen = reading.fields.get(key)
    if chosen is None:
        reading.put(key, code, column)
    elif code not in chosen:
        chosen.append(code)


def _add_text(name: str, text: str, column: int, reading: Reading) -> None:
    """Put what was typed beside an option, behind what another column had for it."""
    before = reading.fields.get(name)
    if before and before[0] != text:
        before[0] = f"{before[0]}; {text}"
    elif not before:
        reading.put(name, text, column)


def _option_reader(mapping: ColumnMapping, part: Question, code: str) -> Reader:
    option = next((each for each in options_of(part) if each.code == code), None)
    own = {value_key(option.label), value_key(option.code)} if option else set()
    mapped = mapping.values.get(f"{part.key}|{code}", {})
    is_ranking = isinstance(part, RankingQuestion)
    asks_text = bool(option and option.asks_text) and mapping.keeps_other

    def read(cell: str, column: int, reading: Reading) -> None:
        key = value_key(cell)
        if is_ranking:
            reading.put(field_name(part.key, code), cell.strip(), column)
        elif key in mapped:
            if mapped[key]:
                _choose(part.key, code, column, reading)
        elif key in own or key in TICKED or cell.strip().casefold() in TICKED:
            _choose(part.key, code, column, reading)
        elif key in NOT_TICKED:
            return
        elif asks_text:
            _choose(part.key, code, column, reading)
            _add_text(field_name(part.key, code), cell.strip(), column, reading)
        else:
            reading.unlisted.append(Unlisted(f"{part.key}|{code}", cell.strip()))
            reading.faults.append(
                (
                    column,
                    f"“{cell[:SHOWN]}” says neither that the option was chosen nor that it was "
                    "not: say above what it means.",
                )
            )

    return read


def _other_reader(part: Question, code: str) -> Reader:
    def read(cell: str, column: int, reading: Reading) -> None:
        text = cell.strip()
        is_one = isinstance(part, ChoiceQuestion) and not part.several
        if is_one and reading.fields.get(part.key, [code]) != [code]:
            # Another option was chosen: the text stays with this one, as it was typed there.
            reading.faults.append(
                (
                    column,
                    f"“{text[:SHOWN]}” was typed beside an option that was not the one chosen: "
                    "take it out, or import it as the answer to another question.",
                )
            )
            return
        _choose(part.key, code, column, reading)
        _add_text(field_name(part.key, code), text, column, reading)

    return read


def _ranking_reader(mapping: ColumnMapping, part: RankingQuestion) -> Reader:
    codes = lookup(part.options) | mapping.values.get(part.key, {})

    def read(cell: str, column: int, reading: Reading) -> None:
        if part.may_decline and is_declining(cell):
            reading.put(field_name(part.key, DECLINED), "yes", column)
            return
        rank = 0
        for code, text in _chosen(cell, mapping.separator, codes):
            if not code:
                reading.unlisted.append(Unlisted(part.key, text))
                reading.faults.append((column, _unlisted_fault(text)))
                continue
            rank += 1
            reading.put(field_name(part.key, code), str(rank), column)

    return read


def _rank_reader(mapping: ColumnMapping, part: Question, rank: str) -> Reader:
    codes = lookup(options_of(part)) | mapping.values.get(part.key, {})

    def read(cell: str, column: int, reading: Reading) -> None:
        for code, text in _chosen(cell, "", codes):
            if code:
                reading.put(field_name(part.key, code), rank, column)
            else:
                reading.unlisted.append(Unlisted(part.key, text))
                reading.faults.append((column, _unlisted_fault(text)))

    return read
