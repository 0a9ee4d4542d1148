"""The rows of a described file to observations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from folkmoot.core.periods import Month, Period, PeriodsError, Quarter, Year, read_periods
from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile, sha256_of
from folkmoot.sources.sheets import Sheet, decoded, parse_sheet
from folkmoot.sources.tables import ReleaseTable, Source, SourceArea, months_in_words, tidy

# What stands for a figure that there is none of, in the shorthand of the Analysis Function.
NOT_AVAILABLE = ("", "[x]", "[c]", "[z]")
KINDS = ("count", "number", "share")
_GROUPED = re.compile(r"-?\d{1,3}([,. '\u00a0\u202f]\d{3})+([.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column of a file holds what, and how it is written."""

    period: str
    value: str
    area: str
    area_code: str
    series: str
    base: str
    separator: str
    decimal: str
    total: str
    kinds: Mapping[str, str]


def read_files(source: Source, layout: Layout, files: Sequence[InputFile]) -> ReleaseTable:
    """Return the observations of described files. Raises SourceError with file, row and column."""
    series_of = {category: each for each in source.series for category in each.categories}
    areas: dict[str, SourceArea] = {}
    cells: dict[tuple[str, str, str], tuple[float, float | None]] = {}
    sheets = []
    left_out = 0
    written: set[Month] = set()
    for file in files:
        content = file.content()
        sheet = parse_sheet(
            file.name, decoded(file.name, content), sha256_of(content), delimiter=layout.separator
        )
        sheets.append(sheet)
        for row in _rows(sheet, layout):
            series = series_of.get(row.series) if layout.series else source.series[0]
            if series is None:
                raise sheet.refuse(
                    f"'{row.series}' is no series of the description",
                    "add it, or take its rows out",
                    line=row.line,
                    column=layout.series,
                )
            area = _area(row, layout)
            areas.setdefault(area.code, area)
            written.add(row.month)
            if row.value in NOT_AVAILABLE:
                left_out += 1
                continue
            key = (series.key, area.code, str(row.month))
            if key in cells:
                raise sheet.refuse(
                    f"{series.title} of {area.name} in {row.month.label} is there twice",
                    "remove one of the rows",
                    line=row.line,
                    column=layout.value,
                )
            value = _number(sheet, layout, row.value, row.line, layout.kinds[series.key])
            base = _number(sheet, layout, row.base, row.line, "number") if row.base else None
            cells[key] = (value, base)
    if not cells:
        raise SourceError(files[0].name, "there is no figure in it", "check the file")
    ordered = tuple(sorted(areas.values(), key=lambda area: (area.kind != "total", area.name)))
    schema = {
        "series": pl.String,
        "area_code": pl.String,
        "period": pl.String,
        "value": pl.Float64,
        "base": pl.Float64,
    }
    records = [(*key, *cell) for key, cell in cells.items()]
    return ReleaseTable(
        source=source,
        files=tuple(sheet.file for sheet in sheets),
        areas=ordered,
        observations=tidy(
            pl.DataFrame(records, schema=schema, orient="row"), source.series, ordered
        ),
        notes=tuple(_notes(source, areas, cells, left_out, sorted(written))),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    month: Month
    series: str
    area: str
    code: str
    value: str
    base: str


def _rows(sheet: Sheet, layout: Layout) -> Iterator[_Row]:
    places = {name: place for place, name in enumerate(sheet.header)}
    for name in (layout.period, layout.value, layout.area, layout.series, layout.area_code):
        if name and name not in places:
            raise sheet.refuse(
                f"there is no column '{name}', which the description names",
                "correct the header or the description",
                line=1,
                column=name,
            )
    if not sheet.rows:
        raise sheet.refuse("there is no row below the header", line=1)

    def cell(row: Sequence[str], name: str) -> str:
        return row[places[name]].strip() if name and name in places else ""

    try:
        periods = read_periods([cell(row, layout.period) for row in sheet.rows])
    except PeriodsError as error:
        raise sheet.refuse(
            str(error).split(":")[0],
            "write periods like 2024-10 or 2024-Q4, all in one way",
            line=sheet.lines[error.place],
            column=layout.period,
        ) from error
    for row, line, period in zip(sheet.rows, sheet.lines, periods, strict=True):
        yield _Row(
            line=line,
            month=_month(sheet, period, line, layout),
            series=cell(row, layout.series),
            area=cell(row, layout.area) or layout.total,
            code=cell(row, layout.area_code),
            value=cell(row, layout.value),
            base=cell(row, layout.base),
        )


def _month(sheet: Sheet, period: Period, line: int, layout: Layout) -> Month:
    """Return the month that a figure is kept under: the last of its period."""
    if isinstance(period, Month):
        return period
    if isinstance(period, Quarter):
        return period.months[-1]
    if isinstance(period, Year):
        return Month(period.year + 1, 3) if period.is_financial else Month(period.year, 12)
    raise sheet.refuse(
        f"{period.label} is no month, quarter or year",
        "add figures up to months",
        line=line,
        column=layout.period,
    )


def _area(row: _Row, layout: Layout) -> SourceArea:
    slug = re.sub(r"[^a-z0-9]+", "-", row.area.lower()).strip("-")[:40]
    kind = "total" if row.area == layout.total else "borough"
    return SourceArea(row.code or slug or "area", row.area, kind)


def _number(sheet: Sheet, layout: Layout, cell: str, line: int, kind: str) -> float:
    def refused(problem: str, remedy: str) -> SourceError:
        return sheet.refuse(problem, remedy, line=line, column=layout.value)

    other = "," if layout.decimal == "." else "."
    plain = re.fullmatch(rf"-?\d+(\{layout.decimal}\d+)?", cell)
    if plain is None:
        if _GROUPED.fullmatch(cell):
            raise refused(f"'{cell}' has a separator of thousands", "write numbers in digits alone")
        if re.fullmatch(rf"-?\d+\{other}\d+", cell):
            raise refused(
                f"'{cell}' has '{other}' before its decimals, and the description says "
                f"'{layout.decimal}'",
                f"set decimal to '{other}' in the description",
            )
        raise refused(f"'{cell}' is no number", "leave the cell empty where there is no figure")
    value = float(cell.replace(",", "."))
    if kind != "number" and value < 0:
        raise refused(f"'{cell}' is negative", "set kind: number where figures may be")
    if kind == "count" and not value.is_integer():
        raise refused(
            f"'{cell}' is no whole count", "set kind: number where figures may have parts"
        )
    if kind == "share" and value > 1:
        raise refused(f"'{cell}' is no share of 0 to 1", "divide percentages by a hundred")
    return value


def _notes(
    source: Source,
    areas: Mapping[str, SourceArea],
    cells: Mapping[tuple[str, str, str], object],
    left_out: int,
    written: Sequence[Month],
) -> Iterator[str]:
    if left_out:
        yield f"{left_out:,} cells are empty or in shorthand such as [x]: not available, not zero."
    # How far apart the file's periods are, those without a figure among them.
    step = min((after.ordinal - before.ordinal for before, after in pairwise(written)), default=1)
    known: dict[tuple[str, str], list[Month]] = {}
    for series, code, period in cells:
        known.setdefault((series, code), []).append(Month.parse(period))
    titles = {series.key: series.title for series in source.series}
    for (series, code), found in sorted(known.items()):
        found.sort()
        reach = found[-1].ordinal - found[0].ordinal
        whole = {found[0].shift(months) for months in range(0, reach + 1, step)}
        if missing := sorted(whole - set(found)):
            yield (
                f"{titles[series]}, {areas[code].name}: no figure for {months_in_words(missing)}. "
                "It is not available, which is not zero."
            )
    if not any(area.kind == "total" for area in areas.values()):
        yield "No row is for the whole area: nothing is added up, as areas may not make a whole."
