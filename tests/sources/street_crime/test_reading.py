"""Street-level crime: counted once, by force and month, and never guessed."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest
from tests.street_files import KENT, crime, write

from folkmoot.sources import registry
from folkmoot.sources.errors import SourceError
from folkmoot.sources.street_crime import COLUMNS, SERIES
from folkmoot.sources.tables import ReleaseTable


def value(table: ReleaseTable, series: str, month: str, code: str = "E09000001") -> float | None:
    found = table.observations.filter(series=series, period=month, area_code=code)
    return found[0, "value"] if found.height else None


def test_crimes_are_counted_by_force_month_and_type(tmp_path: Path) -> None:
    january = write(
        tmp_path / "2024-01-city-of-london-street.csv",
        crime("a"),
        crime("b", "Robbery"),
        crime("", "Anti-social behaviour"),
    )
    february = write(tmp_path / "2024-02-kent-street.csv", crime("c", month="2024-02", force=KENT))
    table = registry.read([january, february])
    assert table.source.key == "police-uk-street-crime"
    assert value(table, "street-crime", "2024-01") == 2
    assert value(table, "street-robbery", "2024-01") == 1
    assert value(table, "street-anti-social-behaviour", "2024-01") == 1
    assert value(table, "street-crime", "2024-02", "kent-police") == 1
    assert [(area.code, area.kind) for area in table.areas] == [
        ("E09000001", "borough"),
        ("kent-police", "force"),
    ]
    assert any("1 rows have no number" in note for note in table.notes)


def test_a_month_with_a_file_is_zero_and_one_without_is_not_available(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / f"{month}.csv", crime(month, month=month))
        for month in ("2024-01", "2024-04")
    ]
    table = registry.read([*paths, write(tmp_path / "2024-03.csv")])
    assert value(table, "street-robbery", "2024-01") == 0
    for month in ("2024-02", "2024-03"):
        assert value(table, "street-robbery", month) is None
    assert any(
        "no file for February 2024 to March 2024: not available, which is not zero" in note
        for note in table.notes
    )
    assert any("2024-03.csv" in note for note in table.notes)


def test_a_crime_that_stands_in_several_rows_is_counted_once_and_reported(tmp_path: Path) -> None:
    january = write(tmp_path / "1.csv", crime("a"), crime("a", longitude="-0.08"), crime("b"))
    february = write(tmp_path / "2.csv", *(crime(n, month="2024-02") for n in "bc"))
    table = registry.read([february, january])
    assert value(table, "street-crime", "2024-01") == 2
    assert value(table, "street-crime", "2024-02") == 1
    assert any("2 of 5 rows repeat the number of a crime" in note for note in table.notes)


def test_incidents_without_a_number_are_all_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "1.csv", *[crime("", "Anti-social behaviour")] * 3, crime("a"))
    table = registry.read([path])
    assert value(table, "street-anti-social-behaviour", "2024-01") == 3
    assert value(table, "street-crime", "2024-01") == 1


def test_rows_without_a_place_and_in_other_districts_count_for_their_force(tmp_path: Path) -> None:
    path = write(
        tmp_path / "1.csv",
        crime("a", longitude="", lsoa=""),
        crime("b", lsoa="Tower Hamlets 015B"),
        crime("c"),
    )
    table = registry.read([path])
    assert value(table, "street-crime", "2024-01") == 3
    notes = " ".join(table.notes)
    assert "1 rows have no place" in notes
    assert "1 rows of City of London Police lie in another district" in notes
    assert "Tower Hamlets" in notes


def test_a_crime_twice_in_one_month_counts_for_the_first_force_and_type_by_name(
    tmp_path: Path,
) -> None:
    rows = [crime("a", "Robbery"), crime("a", "Drugs", force=KENT), crime("a", "Drugs")]
    tables = [
        registry.read([write(tmp_path / f"{place}.csv", *given)])
        for place, given in enumerate((rows, rows[::-1]))
    ]
    assert tables[0].observations.equals(tables[1].observations)
    assert value(tables[0], "street-drugs", "2024-01") == 1
    assert value(tables[0], "street-crime", "2024-01") == 1
    assert value(tables[0], "street-crime", "2024-01", "kent-police") == 0


def test_a_force_that_no_list_knows_is_counted_even_far_down_a_file(tmp_path: Path) -> None:
    rows = [crime(f"{place:064}") for place in range(1000)]
    far = crime("z", force="Borsetshire Constabulary", location="On or near " + "A" * 9000)
    table = registry.read([write(tmp_path / "1.csv", *rows, far, *rows[:500])])
    assert value(table, "street-crime", "2024-01") == 1000
    assert value(table, "street-crime", "2024-01", "borsetshire-constabulary") == 1


def test_ends_of_lines_names_with_accents_and_a_byte_order_mark_change_nothing(
    tmp_path: Path,
) -> None:
    rows = [crime("a", location="On or near Stryd y Tŵr"), crime("b", month="2024-02")]
    plain = registry.read([write(tmp_path / "plain.csv", *rows)])
    other = write(tmp_path / "other.csv", *rows, end="\r\n")
    other.write_bytes(b"\xef\xbb\xbf" + other.read_bytes())
    assert registry.read([other]).observations.equals(plain.observations)
    assert plain.observations["value"].sum() == 4


def test_nothing_is_left_in_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    with zipfile.ZipFile(tmp_path / "months.zip", "w") as archive:
        archive.write(write(tmp_path / "1.csv", crime("a")), "1-street.csv")
        archive.write(write(tmp_path / "2.csv", crime("b", "Piracy")), "2-street.csv")
    with pytest.raises(SourceError, match=r"2-street\.csv, row 2, column Crime type: 'Piracy'"):
        registry.read([tmp_path / "months.zip"])
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_folder_and_a_zip_of_months_give_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "months"
    for month in ("2024-01", "2024-02"):
        write(folder / month / f"{month}-city-of-london-street.csv", crime(month, month=month))
    with zipfile.ZipFile(tmp_path / "months.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*.csv")):
            archive.write(path, path.relative_to(folder))
    unpacked, packed = registry.read([folder]), registry.read([tmp_path / "months.zip"])
    assert unpacked.observations.equals(packed.observations)
    assert [file.name for file in packed.files] == [file.name for file in unpacked.files]
    assert unpacked.observations.height == 2 * len(SERIES)


def test_a_month_of_a_force_given_twice_is_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, crime(name[0])) for name in ("a.csv", "b.csv")]
    with pytest.raises(SourceError, match=r"b\.csv: it holds January 2024 of City of London Pol.*"):
        registry.read(paths)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (crime("a", month="2024-13"), r"row 3, column Month: '2024-13' is not a month"),
        (crime("a", "Piracy"), r"row 3, column Crime type: 'Piracy' is not a type"),
        (crime("a", force=""), r"row 3, column Falls within: '' is no force"),
        ("a,2024-01,City", r"row 3, column Falls within"),
        (crime("a") + ",more,cells", r"row 3: the row has 14 cells where the header has 12"),
    ],
)
def test_a_row_that_is_not_sound_is_refused(row: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=sentence):
        registry.read([write(tmp_path / "1.csv", crime("z"), row)])


HEADER = ",".join(COLUMNS).encode()
BROKEN = {
    "cut off": (lambda whole: whole[:-1], "no end of line, so it may be cut off"),
    "empty": (lambda _: b"", "the file is empty"),
    "another encoding": (lambda whole: whole.replace(b"near A", b"near \xe9"), "is not UTF-8"),
    "another header": (lambda whole: whole.replace(b"Crime type", b"Offence"), "not that of a"),
    "a column renamed": (lambda whole: whole.replace(b"Latitude", b"Lat"), "6 is named 'Lat'"),
    "no crime": (lambda _: HEADER + b"\n", "no file holds a crime"),
}


@pytest.mark.parametrize(("change", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_not_sound_is_refused(change, sentence: str, tmp_path: Path) -> None:
    path = write(tmp_path / "1.csv", crime("a"), crime("b"))
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(SourceError, match=sentence):
        registry.read([path])
