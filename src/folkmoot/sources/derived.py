"""The project's own compact table of a release: one row a series and area, one column a month.

Its first line is a comment that says where the figures come from: source, publisher, release,
licence, the SHA-256 of the published files and of the table below, and the command that made it.
A cell without a figure is empty. Reading it gives back the observations it was derived from.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import shlex
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polars as pl

from folkmoot.core.periods import Month
from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import Progress
from folkmoot.sources.published import read_published, recognise_published, source_with_key
from folkmoot.sources.sheets import AGAIN, Sheet, parse_sheet, read_text
from folkmoot.sources.tables import ReleaseTable, Source, SourceArea, SourceFile, tidy

MARK = "# Folkmoot derived table"
KEYS = ("series", "area_code", "area_name", "area_kind", "base")
_FILE = re.compile(r'"([^"]+)" \(([0-9]+) rows, SHA-256 ([0-9a-f]{64})\)')
_RELEASE = re.compile(r"[A-Z][a-z]+ \d{4} \((\d{4}-\d{2}-\d{2})\)")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?")
Known = Callable[[str], Source | None]
DERIVE_AGAIN = "derive the table again with folkmoot data derive"


def derive(
    paths: Sequence[Path],
    released: date | None,
    out: Path,
    source: Source | None = None,
    progress: Progress | None = None,
) -> ReleaseTable:
    """Read the published files of one release and write them to `out` as a compact table.

    `released` is the publisher's date, unless the files tell it; `source` has to be given where
    the files do not tell. Nothing is written where a file is refused (SourceError).
    """
    table = read_published(source or recognise_published(paths), paths, progress)
    dated = ReleaseTable(
        source=table.source,
        files=table.files,
        areas=table.areas,
        observations=table.observations,
        released_on=released or table.released_on,
        notes=table.notes,
    )
    write_derived(dated, out)
    return dated


def write_derived(table: ReleaseTable, path: Path) -> None:
    """Write a release as a compact table, the same bytes for the same release.

    Raises SourceError where the base of a series and area changes from month to month, which the
    table cannot hold.
    """
    body = _body(table)
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    path.write_bytes(f"{_first_line(table, path.name, sha256)}\n{body}".encode())


def is_derived(path: Path) -> bool:
    """Whether a file is a compact table that `derive` wrote."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK.encode()


def source_of_derived(path: Path, known: Known = source_with_key) -> Source:
    """Return the source that a compact table was derived from, of those that are known.

    Raises SourceError.
    """
    text, _ = read_text(path)
    return _source(path.name, _facts(text), known)


def read_derived(paths: Sequence[Path], known: Known = source_with_key) -> ReleaseTable:
    """Return the release that a compact table was derived from.

    Files, hashes and date are those of the published files. Raises SourceError for a table that
    is not as it was written, and for more than one.
    """
    if len(paths) > 1:
        raise SourceError(
            paths[1].name,
            "a compact table is a whole release, and this is a second file",
            "import them one after the other",
        )
    path = paths[0]
    text, sha256 = read_text(path)
    facts = _facts(text)
    source = _source(path.name, facts, known)
    body = text.split("\n", 1)[1] if "\n" in text else ""
    if hashlib.sha256(body.encode()).hexdigest() != facts.get("table SHA-256"):
        raise SourceError(
            path.name,
            "the table is not the one that was derived: it was changed or cut off",
            DERIVE_AGAIN,
        )
    files = tuple(
        SourceFile(name, found, int(rows))
        for name, rows, found in _FILE.findall(facts.get("files", ""))
    )
    if not files:
        raise SourceError(path.name, "the first line names no files", DERIVE_AGAIN, row=1)
    sheet = parse_sheet(path.name, body, sha256, first_line=2)
    areas, frame = _read_body(sheet)
    dated = _RELEASE.fullmatch(facts.get("release", ""))
    return ReleaseTable(
        source=source,
        files=files,
        areas=areas,
        observations=tidy(frame, source.series, areas),
        released_on=date.fromisoformat(dated[1]) if dated else None,
    )


def _first_line(table: ReleaseTable, name: str, sha256: str) -> str:
    source, released = table.source, table.released_on
    last = Month.parse(table.last_period).label
    release = (
        f"{Month.from_date(released).label} ({released.isoformat()})"
        if released
        else f"not dated, figures to {last}"
    )
    command = ["folkmoot", "data", "derive", *(file.name for file in table.files)]
    if source_with_key(source.key) is None:
        command += ["--as", f"{source.key}.yaml"]
    if released:
        command += ["--released", released.isoformat()]
    facts = {
        "source": f"{source.title} ({source.key})",
        "publisher": source.publisher,
        "release": release,
        "licence": f"{source.licence} ({source.licence_url})",
        "files": ", ".join(
            f'"{file.name}" ({file.rows} rows, SHA-256 {file.sha256})' for file in table.files
        ),
        "table SHA-256": sha256,
        "derived by": shlex.join([*command, "--out", name]),
    }
    return " | ".join([MARK, *(f"{word}: {fact}" for word, fact in facts.items())])


def _facts(text: str) -> dict[str, str]:
    parts = text.split("\n", 1)[0].split(" | ")[1:]
    return dict(part.split(": ", 1) for part in parts if ": " in part)


def _source(name: str, facts: dict[str, str], known: Known) -> Source:
    found = re.search(r"\(([a-z0-9-]+)\)$", facts.get("source", ""))
    source = known(found[1]) if found else None
    if source is None:
        raise SourceError(
            name, "the first line names no source that Folkmoot reads", DERIVE_AGAIN, row=1
        )
    return source


def _body(table: ReleaseTable) -> str:
    kinds = {area.code: area.kind for area in table.areas}
    rows: dict[tuple[str, str], list[str]] = {}
    cells: dict[tuple[str, str], dict[str, str]] = {}
    periods = sorted(table.observations["period"].unique())
    for series, code, name, period, value, base in table.observations.iter_rows():
        start = [series, code, name, kinds[code], "" if base is None else _number(base)]
        if rows.setdefault((series, code), start) != start:
            raise SourceError(
                "the compact table",
                f"the base of {series} in {name} changes in {Month.parse(period).label}, and it "
                "holds one base for a series and area",
                "import the files themselves",
            )
        cells.setdefault((series, code), {})[period] = _number(value)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*KEYS, *periods])
    for key, start in rows.items():
        writer.writerow([*start, *(cells[key].get(period, "") for period in periods)])
    return out.getvalue()


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _read_body(sheet: Sheet) -> tuple[tuple[SourceArea, ...], pl.DataFrame]:
    if sheet.header[: len(KEYS)] != KEYS:
        raise sheet.refuse("the second line is not the header of a table", DERIVE_AGAIN, line=2)
    areas: dict[str, SourceArea] = {}
    records: list[tuple[str, str, str, float, float | None]] = []
    periods = sheet.header[len(KEYS) :]
    for row, line in zip(sheet.rows, sheet.lines, strict=True):
        series, code, name, kind, base, *values = row
        areas.setdefault(code, SourceArea(code, name, kind))
        for column, cell in zip(("base", *periods), (base, *values), strict=True):
            if cell and not _NUMBER.fullmatch(cell):
                raise sheet.refuse(f"'{cell}' is no number", AGAIN, line=line, column=column)
        interviews = float(base) if base else None
        records += [
            (series, code, period, float(cell), interviews)
            for period, cell in zip(periods, values, strict=True)
            if cell
        ]
    schema = {
        "series": pl.String,
        "area_code": pl.String,
        "period": pl.String,
        "value": pl.Float64,
        "base": pl.Float64,
    }
    return tuple(areas.values()), pl.DataFrame(records, schema=schema, orient="row")
