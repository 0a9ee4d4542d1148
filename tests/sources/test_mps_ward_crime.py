"""Crime by ward: read as published, and never added up."""

from __future__ import annotations

import pytest

from folkmoot.sources import registry
from folkmoot.sources.errors import SourceError
from folkmoot.sources.mps_categories import SERIES as BOROUGH_SERIES
from folkmoot.sources.mps_ward_crime import SERIES
from folkmoot.sources.tables import ReleaseTable

MONTHS = ["202501", "202502"]
# Abbey in Barking and Dagenham, and Abbey in Barnet.
ABBEY, OTHER_ABBEY = "E05009000", "E05009002"


def value(table: ReleaseTable, series: str, month: str, code: str = ABBEY) -> float | None:
    found = table.observations.filter(series=series, period=month, area_code=code)
    return found[0, "value"] if found.height else None


def set_counts(file, code: str, minor: str, *cells: str) -> int:
    place = file.place(code, minor)
    keys = file.lines[place].split(",")[: -len(cells)]
    file.lines[place] = ",".join([*keys, *cells])
    return place + 1


@pytest.mark.parametrize("heads", ["MajorText,MinorText", "Group,SubGroup"])
def test_wards_are_read_in_both_wordings_of_the_header(ward_file, heads):
    file = ward_file(MONTHS, heads=heads)
    set_counts(file, ABBEY, "ROBBERY OF PERSONAL PROPERTY", "7", "8")
    set_counts(file, ABBEY, "ROBBERY OF BUSINESS PROPERTY", "1", "0")
    table = registry.read([file.write()])
    assert table.source.key == "mps-ward-crime"
    assert value(table, "ward-robbery", "2025-01") == 8
    assert value(table, "ward-robbery", "2025-02") == 8
    assert value(table, "ward-personal-robbery", "2025-01") == 7
    assert (table.first_period, table.last_period) == ("2025-01", "2025-02")


def test_burglary_of_homes_counts_under_its_newest_names(ward_file):
    file = ward_file(["202501"])
    for number, minor in enumerate(
        (
            "RES BURGLARY OF A HOME",
            "RES BURGLARY OF UNCONNECTED BUILDING",
            "BURGLARY BUSINESS AND COMMUNITY",
        ),
        start=1,
    ):
        set_counts(file, ABBEY, minor, str(10**number))
    assert value(registry.read([file.write()]), "ward-burglary", "2025-01") == 1110


def test_there_is_no_borough_and_no_total(ward_file):
    table = registry.read([ward_file(MONTHS).write()])
    assert {area.kind for area in table.areas} == {"ward"}
    assert len(table.areas) == 64
    assert set(table.observations["area_code"]) == {area.code for area in table.areas}
    assert any("never added up" in note for note in table.notes)


def test_wards_of_one_name_are_told_apart_by_their_borough(ward_file):
    table = registry.read([ward_file(MONTHS).write()])
    names = {area.code: area.name for area in table.areas}
    assert names[ABBEY] == "Abbey, Barking and Dagenham"
    assert names[OTHER_ABBEY] == "Abbey, Barnet"


def test_a_category_without_a_row_is_zero_and_a_ward_without_one_has_no_figure(ward_file):
    older = ward_file(["202501"], name="older.csv")
    older.lines = [line for line in older.lines if f",{ABBEY}," not in line]
    newer = ward_file(["202502"], name="newer.csv")
    del newer.lines[newer.place(ABBEY, "RAPE")]
    table = registry.read([older.write(), newer.write()])
    assert value(table, "ward-rape", "2025-01") is None
    assert value(table, "ward-rape", "2025-02") == 0
    assert value(table, "ward-rape", "2025-01", OTHER_ABBEY) is not None
    assert any("1 places are in one of the files only" in note for note in table.notes)


def test_a_month_of_nothing_but_zeros_was_not_counted(ward_file):
    file = ward_file(["202412", *MONTHS])
    file.lines[1:] = [
        ",".join([*line.split(",")[:5], "0", *line.split(",")[6:]]) for line in file.lines[1:]
    ]
    table = registry.read([file.write()])
    assert value(table, "ward-all-recorded-crime", "2024-12") is None
    assert table.first_period == "2025-01"
    assert any("anywhere in December 2024: not available" in note for note in table.notes)


def test_a_ward_under_two_boroughs_counts_as_one_place(ward_file):
    file = ward_file(["202501"])
    set_counts(file, ABBEY, "RAPE", "2")
    file.lines.append(f"SEXUAL OFFENCES,RAPE,Abbey,{ABBEY},Aviation Security (SO18),3")
    table = registry.read([file.write()])
    assert value(table, "ward-rape", "2025-01") == 5
    assert any("stands under two boroughs" in note for note in table.notes)


def test_offences_without_a_ward_are_left_out_and_told(ward_file):
    file = ward_file(["202501"])
    file.lines.append("THEFT,OTHER THEFT,Unknown,-1,Unknown,40")
    table = registry.read([file.write()])
    assert len(table.areas) == 64
    assert any("wards.csv: 40 offences have no code of a place" in note for note in table.notes)


def test_files_of_two_releases_are_refused_with_the_hole_named(ward_file):
    paths = [
        ward_file(months, name=name).write()
        for months, name in ((["202410"], "a.csv"), (["202501"], "b.csv"))
    ]
    with pytest.raises(
        SourceError,
        match=r"b\.csv, row 1, column 202501: it begins in January 2025 "
        r"and a\.csv ends in October 2024, so November 2024 to December 2024 are",
    ):
        registry.read(paths)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda f: set_counts(f, ABBEY, "RAPE", "1", "-2"), r"column 202502: '-2' is not a count"),
        (lambda f: set_counts(f, ABBEY, "RAPE", "1", ""), r"column 202502: the count is empty"),
        (lambda f: f.lines.append(f.lines[1]), "repeats row 2"),
        (lambda f: f.lines.append(f.lines[1].replace("ARSON,Ab", "PIRACY,Ab")), "PIRACY' is not a"),
        (
            lambda f: f.lines.__delitem__(slice(len(f.lines) - 60, None)),
            r"without a row for violence with injury in Westminster, so rows are missing",
        ),
        (
            lambda f: f.lines.__setitem__(0, f.lines[0].replace("WardName", "Ward")),
            "is named 'Ward'",
        ),
        (
            lambda f: f.lines.__setitem__(0, f.lines[0].replace("202502", "202503")),
            "March 2025 follows January 2025, so February 2025 is missing",
        ),
    ],
)
def test_a_file_that_is_not_sound_is_refused(ward_file, change, sentence):
    file = ward_file(MONTHS)
    change(file)
    with pytest.raises(SourceError, match=sentence):
        registry.read([file.write()])


def test_a_last_number_that_may_be_cut_is_refused(ward_file):
    path = ward_file(MONTHS).write()
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(SourceError, match="its last number may be cut off"):
        registry.read([path])


def test_series_are_those_of_boroughs_and_never_the_same():
    assert [one.key for one in SERIES] == [f"ward-{one.key}" for one in BOROUGH_SERIES]
    assert [one.breaks for one in SERIES] == [one.breaks for one in BOROUGH_SERIES]
