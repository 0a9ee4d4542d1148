"""One sheet that came back, cell by cell: edits, new updates, and faults with their places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from folkmoot.core.cells import safe_text
from folkmoot.core.days import DayError, are_day_first, day_in_words, read_day
from folkmoot.plans.sheets.columns import EXPORT, KEY, LOCKED, UPDATES, Column, SheetKind
from folkmoot.plans.sheets.edits import Edit, Fault, NewUpdate, ReadFile, heading
from folkmoot.plans.sheets.rows import Rows, plain
from folkmoot.sources.spreadsheets import TableRow, place

EXPORT_AGAIN = "export the commitments again and make the change there"


def head_of(cell: str) -> str:
    """Return a heading as it is compared: without its mark, whatever the case."""
    return " ".join(cell.lower().removesuffix(LOCKED).split())


class SheetReader:
    """One sheet on its way from cells to edits."""

    def __init__(
        self, kind: SheetKind, rows: list[TableRow], exports: Mapping[str, Rows], read: ReadFile
    ) -> None:
        self.kind, self.rows, self.exports, self.into = kind, rows[1:], exports, read
        by_head = {head_of(column.head): column for column in kind.columns}
        self.columns: dict[str, tuple[int, Column]] = {}
        self.twice: list[str] = []
        for at, cell in enumerate(rows[0].cells):
            column = by_head.get(head_of(cell))
            if column is None:
                if cell.strip():
                    read.remarks.append(
                        f"{kind.name}: the column “{cell.strip()[:60]}” is none of the export’s, "
                        "and is left out."
                    )
            elif column.field in self.columns:
                self.twice.append(column.head)
            else:
                self.columns[column.field] = (at, column)

    def read(self) -> None:
        missing = [each for each in (KEY, EXPORT) if each not in self.columns]
        for name in missing:
            says = f"The column “{heading(self.kind, name)}” is missing: {EXPORT_AGAIN}."
            self._fault(1, None, says)
        for head in self.twice:
            self._fault(1, None, f"There are two columns “{head}”: keep one of them.")
        if missing or self.twice:
            return
        self.is_day_first = are_day_first(self._known_days())
        places: dict[str, list[int]] = defaultdict(list)
        for row in self.rows:
            if key := self._row(row):
                places[key].append(row.number)
        if self.kind is not UPDATES:
            for key, numbers in places.items():
                if len(numbers) > 1:
                    rows = " and ".join(map(str, numbers))
                    says = f"“{key}” stands in rows {rows}: keep the row that is right."
                    self._fault(numbers[-1], KEY, says)

    def _known_days(self) -> Iterable[tuple[str, date]]:
        """Yield what is written beside the days that the export said there."""
        days = [each for each in self.columns.values() if each[1].is_day]
        for row in self.rows:
            base = self._base(row)
            for at, column in days:
                said = (base or {}).get(column.field, "")
                if said:
                    yield _cell(row, at), date.fromisoformat(said)

    def _base(self, row: TableRow) -> dict[str, str] | None:
        exported = self.exports.get(self._text(row, EXPORT).upper(), {})
        return exported.get(self._text(row, KEY).upper())

    def _row(self, row: TableRow) -> str:
        """Read a row; return its key, or "" where it says nothing or cannot be placed."""
        key, export = self._text(row, KEY).upper(), self._text(row, EXPORT).upper()
        read_columns = {at for at, _ in self.columns.values()}
        broken = [each for each in row.faults if each[0] in read_columns]
        for at, says in broken:
            self._fault_at(row.number, at, says)
        wanted = {column.field: self._text(row, column.field) for column in self.kind.edited}
        if self.kind is UPDATES and not any(wanted.values()):
            return ""
        base = self._base(row)
        if base is None and self.kind is UPDATES and key and not export:
            base = self._of_any_export(key)
        if base is None:
            self._misplaced(row, key, export)
            return ""
        if broken:
            return key
        self._check_locked(row, base)
        if self.kind is UPDATES:
            self._update(row, key)
        else:
            self._edits(row, key, base)
        return key

    def _of_any_export(self, key: str) -> dict[str, str] | None:
        """Return a commitment that a free row names; it has no export of its own."""
        found = [rows[key] for rows in self.exports.values() if key in rows]
        return {"title": ""} if found and key.startswith("C") else None

    def _misplaced(self, row: TableRow, key: str, export: str) -> None:
        noun = "commitment" if self.kind is UPDATES else self.kind.noun
        if not key:
            says = f"The row has no key: write that of its {noun}, or take the row out."
            if self.kind is not UPDATES:
                says = (
                    f"The row has no key: a {noun} is added in the admin and not here; take the "
                    "row out."
                )
            self._fault(row.number, KEY, says)
        elif not export:
            self._fault(row.number, EXPORT, f"The export of “{key}” is missing: {EXPORT_AGAIN}.")
        elif export not in self.exports:
            says = f"“{export}” is no export of this plan: {EXPORT_AGAIN}."
            self._fault(row.number, EXPORT, says)
        else:
            says = f"“{key}” is no {noun} of the export {export}: {EXPORT_AGAIN}."
            self._fault(row.number, KEY, says)

    def _check_locked(self, row: TableRow, base: Mapping[str, str]) -> None:
        for at, column in self.columns.values():
            said = base.get(column.field, "")
            if not column.is_locked or column.field in (KEY, EXPORT) or not said:
                continue
            cell = self._text(row, column.field)
            if column.is_day:
                cell = self._day(cell)
            if " ".join(cell.split()) != " ".join(said.split()):
                kept, found = (_shown(each, column) for each in (said, cell))
                self._fault_at(
                    row.number,
                    at,
                    f"“{column.head}” is locked: it was “{kept}” and the file says "
                    f"“{found[:80]}”. Write “{kept}” again.",
                )

    def _edits(self, row: TableRow, key: str, base: Mapping[str, str]) -> None:
        for column in self.kind.edited:
            if column.field not in self.columns:
                continue
            was = base.get(column.field, "")
            if self._text(row, column.field) == was:
                continue
            wanted = self._value(row, column)
            if wanted is None or wanted == was:
                continue
            if column.field == "lead" and not wanted:
                self._fault(row.number, "lead", f"Nobody leads “{key}”: write who does.")
                continue
            self.into.edits.append(Edit(self.kind.name, row.number, key, column.field, was, wanted))

    def _update(self, row: TableRow, key: str) -> None:
        said = {column.field: self._value(row, column) for column in self.kind.edited}
        if said["on"] == "":
            self._fault(row.number, "on", "The day is missing: write when it was reported.")
        elif said["text"] == "":
            self._fault(row.number, "text", "Write what came of it, or take the day out.")
        elif said["on"] and said["text"]:
            self.into.updates.append(NewUpdate(row.number, key, said["on"], said["text"]))

    def _value(self, row: TableRow, column: Column) -> str | None:
        """Return what a cell says; None, with a fault, for what cannot be read."""
        text = self._text(row, column.field)
        if column.is_day:
            try:
                return self._read_day(text)
            except DayError as error:
                self._fault(row.number, column.field, str(error))
                return None
        if text.startswith(("=", "＝")):
            says = "The text begins with “=”, as a formula does: write it in words."
            self._fault(row.number, column.field, says)
            return None
        if len(text) > column.most:
            says = (
                f"The text has {len(text):,} characters and {column.most:,} is the most: "
                "make it shorter."
            )
            self._fault(row.number, column.field, says)
            return None
        return text

    def _day(self, text: str) -> str:
        try:
            return self._read_day(text)
        except DayError:
            return text

    def _read_day(self, text: str) -> str:
        return read_day(text, is_day_first=self.is_day_first).isoformat() if text else ""

    def _text(self, row: TableRow, name: str) -> str:
        return _cell(row, self.columns[name][0]) if name in self.columns else ""

    def _fault(self, row: int, name: str | None, says: str) -> None:
        at = self.columns[name][0] if name in self.columns else None
        self._fault_at(row, at, says, heading(self.kind, name) if name else "")

    def _fault_at(self, row: int, at: int | None, says: str, head: str = "") -> None:
        names = {place_: column.head for place_, column in self.columns.values()}
        where = head if at is None else f"{place(at)} ({names[at]})"
        self.into.faults.append(Fault(self.kind.name, row, where, says))


def _cell(row: TableRow, at: int) -> str:
    """Return what was typed in a cell: without the mark that keeps a text from being a formula."""
    text = plain(row.cells[at]) if at < len(row.cells) else ""
    rest = text[1:]
    return rest if text.startswith("'") and safe_text(rest) == text else text


def _shown(said: str, column: Column) -> str:
    try:
        return day_in_words(date.fromisoformat(said)) if column.is_day else said
    except ValueError:
        return said
