"""The force's dashboard: a sparse file to a whole grid, and only true zeros in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from folkmoot.sources import registry
from folkmoot.sources.errors import SourceError
from folkmoot.sources.london_boroughs import LONDON, METROPOLITAN_POLICE_BOROUGHS
from folkmoot.sources.mps_monthly_dashboard import SERIES
from folkmoot.sources.tables import ReleaseTable

# The layouts of 2025 (a workbook saved as CSV) and of 2026; figures are made here.
OLD = (
    "Month_Year,Area Type,Borough_SNT,Area name,Area code,Offence Group,Offence Subgroup,Measure,"
    "Financial Year,FY_FYIndex,Count,Refresh Date"
)
NEW = (
    "Month_Year,Area Type,Borough_SNT,Area Name,Area Code,offence group,Offence Subgroup,Measure,"
    "Financial Year,Count,Refresh Date"
)
CAMDEN = "E09000007"


def row(
    month: str,
    area: str = "Camden",
    code: str = CAMDEN,
    *,
    group: str = "THEFT",
    subgroup: str = "OTHER THEFT",
    measure: str = "Offences",
    count: str = "3",
    kind: str = "Borough",
    refreshed: str = "2026-09-02",
) -> str:
    return (
        f"{month},{kind},{area},{area},{code},{group},{subgroup},{measure},fy,{count},{refreshed}"
    )


def whole(month: str, **changes: str) -> list[str]:
    """Return a row of theft for every borough of a month."""
    return [row(month, area.name, area.code, **changes) for area in METROPOLITAN_POLICE_BOROUGHS]


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(*rows: str, header: str = NEW, name: str = "dashboard.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n")
        return path

    return make


def value(table: ReleaseTable, series: str, month: str, code: str = CAMDEN) -> float | None:
    found = table.observations.filter(series=series, period=month, area_code=code)
    return found[0, "value"] if found.height else None


def test_subgroups_sum_to_groups_boroughs_to_london_and_the_file_tells_its_day(write: Write):
    path = write(
        *whole("2026-07-01"),
        row("2026-07-01", subgroup="SHOPLIFTING", count="5"),
        row("2026-07-01", group="ROBBERY", subgroup="ROBBERY OF PERSONAL PROPERTY", count="2"),
        row("2026-07-01", measure="Positive Outcomes", count="1"),
    )
    table = registry.read([path])
    assert table.source.key == "mps-monthly-dashboard"
    assert table.released_on == date(2026, 9, 2)
    assert value(table, "dashboard-offences-theft", "2026-07") == 8
    assert value(table, "dashboard-offences", "2026-07") == 10
    assert value(table, "dashboard-outcomes", "2026-07") == 1
    assert value(table, "dashboard-offences", "2026-07", LONDON.code) == 32 * 3 + 7


def test_what_has_no_row_is_zero_where_its_area_and_month_have_others(write: Write):
    table = registry.read([write(*whole("2026-07-01"))])
    assert value(table, "dashboard-offences-robbery", "2026-07") == 0
    assert value(table, "dashboard-offences-robbery", "2026-07", LONDON.code) == 0
    assert any("cells of month, area, measure and group have no row" in n for n in table.notes)


def test_a_month_without_a_row_is_not_available(write: Write):
    table = registry.read([write(*whole("2026-05-01"), *whole("2026-07-01"))])
    assert value(table, "dashboard-offences", "2026-06") is None
    assert value(table, "dashboard-offences", "2026-06", LONDON.code) is None
    assert any("no row for June 2026: not available" in note for note in table.notes)


def test_outcomes_of_a_month_without_any_are_not_available_and_of_an_area_zero(write: Write):
    path = write(
        *whole("2026-06-01"),
        *whole("2026-07-01"),
        row("2026-06-01", measure="Positive Outcomes"),
    )
    table = registry.read([path])
    assert value(table, "dashboard-outcomes", "2026-06", "E09000003") == 0
    assert value(table, "dashboard-outcomes", "2026-07") is None
    assert any("No area has a positive outcome in July 2026" in note for note in table.notes)


def test_areas_that_are_no_places_count_in_the_total_and_only_where_they_are(write: Write):
    path = write(
        *whole("2026-06-01"),
        *whole("2026-07-01"),
        row("2026-07-01", "Other / NK", "-1", count="99"),
    )
    table = registry.read([path])
    assert value(table, "dashboard-offences", "2026-07", LONDON.code) == 32 * 3 + 99
    assert value(table, "dashboard-offences", "2026-07", "other-nk") == 99
    assert value(table, "dashboard-offences", "2026-06", "other-nk") is None
    assert [area.kind for area in table.areas if area.name == "Other / NK"] == ["pseudo"]
    assert any("It has no row in June 2026" in note for note in table.notes)


def test_neighbourhoods_are_left_out_and_never_added_up(write: Write):
    team = row("2026-07-01", "Bloomsbury", "E05013653", kind="Safer Neighbourhood Teams", count="9")
    table = registry.read([write(*whole("2026-07-01"), team)])
    assert value(table, "dashboard-offences", "2026-07") == 3
    assert any("1 rows are of the area type Safer Neighbourhood Teams" in n for n in table.notes)


def test_the_older_layout_and_days_written_day_first_are_read(write: Write):
    rows = [
        line.replace(",fy,", ",fy20-21,20-21_01,")
        for line in whole("01/02/2021", refreshed="05/02/2025")
    ]
    table = registry.read([write(*rows, header=OLD)])
    assert table.released_on == date(2025, 2, 5)
    assert value(table, "dashboard-offences-theft", "2021-02") == 3


def test_fraud_counts_in_the_total_alone(write: Write):
    fraud = row("2026-07-01", group="NFIB FRAUD", subgroup="NFIB FRAUD", count="4")
    table = registry.read([write(*whole("2026-07-01"), fraud)])
    assert value(table, "dashboard-offences", "2026-07") == 7
    assert not any("fraud" in one.key for one in SERIES)


SOUND = whole("2026-07-01")
BAD = {
    "negative": (row("2026-07-01", count="-1", subgroup="x"), r"row 34, column count: '-1' is not"),
    "empty": (
        row("2026-07-01", count="", subgroup="x"),
        r"row 34, column count: '' is not a count",
    ),
    "fraction": (row("2026-07-01", count="1.5", subgroup="x"), r"'1\.5' is not a count"),
    "day": (row("2026-07-02"), r"row 34, column month_year: '2026-07-02' is not the first day"),
    "no day": (row("July"), r"row 34, column month_year: 'July' is not the first day"),
    "measure": (row("2026-07-01", measure="Guesses"), r"row 34, column measure: 'Guesses' is not"),
    "group": (row("2026-07-01", group="PIRACY"), r"column offence group: 'PIRACY' is not a group"),
    "borough": (row("2026-07-01", "Camdem", "E09999999"), r"column Area Name: 'Camdem' is not a b"),
    "repeated": (
        row("2026-07-01"),
        r"row 34: the row repeats the month, area, offence and measure",
    ),
    "another release": (row("2026-07-01", subgroup="x", refreshed="2026-10-02"), r"on 2 days"),
    "cut cells": ("2026-07-01,Borough,Camden", r"'' is not"),
    "more cells": (row("2026-07-01") + ",more", r"cannot be read as CSV"),
    "a borough gone": (row("2026-06-01"), r"in June 2026 there is no row of Barking and Dagenham"),
}


@pytest.mark.parametrize(("bad", "sentence"), BAD.values(), ids=BAD)
def test_a_row_that_is_not_sound_is_refused(bad: str, sentence: str, write: Write):
    with pytest.raises(SourceError, match=sentence):
        registry.read([write(*SOUND, bad)])


def test_a_file_that_is_cut_off_is_refused(write: Write):
    path = write(*SOUND)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(SourceError, match="no end of line, so it may be cut off"):
        registry.read([path])


def test_files_of_two_releases_and_months_given_twice_are_refused(write: Write):
    one = write(*SOUND, name="a.csv")
    later = write(*whole("2026-08-01", refreshed="2026-10-02"), name="b.csv")
    with pytest.raises(SourceError, match=r"refreshed on 2 October 2026 and a\.csv on 2 September"):
        registry.read([one, later])
    with pytest.raises(
        SourceError, match=r"c\.csv, .*it holds July 2026, and so does a\.csv|c\.csv"
    ):
        registry.read([one, write(*SOUND, name="c.csv")])
    both = registry.read([one, write(*whole("2026-08-01"), name="d.csv")])
    assert (both.first_period, both.last_period) == ("2026-07", "2026-08")
