"""Outcomes of crimes: in the month they were given, once each, by force."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from folkmoot.sources import registry
from folkmoot.sources.crime_outcomes import COLUMNS, SERIES
from folkmoot.sources.errors import SourceError
from folkmoot.sources.street_crime import COLUMNS as STREET_COLUMNS
from folkmoot.sources.tables import ReleaseTable

CITY, KENT = "City of London Police", "Kent Police"
NO_SUSPECT = "Investigation complete; no suspect identified"


def outcome(number: str, kind: str = NO_SUSPECT, month: str = "2024-01", force: str = KENT) -> str:
    return f"{number},{month},{force},{force},1.1,51.2,On or near A,E01,Dover 001A,{kind}"


def write(path: Path, *rows: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n")
    return path


def value(table: ReleaseTable, series: str, month: str, code: str = "kent-police") -> float | None:
    found = table.observations.filter(series=series, period=month, area_code=code)
    return found[0, "value"] if found.height else None


def test_outcomes_are_counted_by_force_month_and_kind(tmp_path: Path) -> None:
    path = write(
        tmp_path / "2024-01-kent-outcomes.csv",
        outcome("a"),
        outcome("b", "Suspect charged"),
        outcome("c", "Suspect charged as part of another case"),
        outcome("d", "Local resolution"),
    )
    city = write(tmp_path / "2024-01-city-of-london-outcomes.csv", outcome("e", force=CITY))
    table = registry.read([path, city])
    assert table.source.key == "police-uk-outcomes"
    assert value(table, "outcomes", "2024-01") == 4
    assert value(table, "outcomes-charged", "2024-01") == 2
    assert value(table, "outcomes-no-suspect", "2024-01") == 1
    assert value(table, "outcomes-out-of-court", "2024-01") == 1
    assert value(table, "outcomes-court", "2024-01") == 0
    assert value(table, "outcomes", "2024-01", "E09000001") == 1
    assert [area.kind for area in table.areas] == ["borough", "force"]


def test_the_same_outcome_of_a_crime_counts_once_and_another_counts_too(tmp_path: Path) -> None:
    rows = [outcome("a"), outcome("a"), outcome("a", "Suspect charged"), outcome(""), outcome("")]
    table = registry.read([write(tmp_path / "2024-01-kent-outcomes.csv", *rows)])
    assert value(table, "outcomes", "2024-01") == 4
    assert any("1 of 5 rows repeat the outcome of a crime" in note for note in table.notes)
    assert any("never make a rate with the crimes of the same month" in n for n in table.notes)


def test_a_month_without_a_file_is_not_available(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / f"{month}-kent-outcomes.csv", outcome("a", month=month))
        for month in ("2024-01", "2024-03")
    ]
    table = registry.read([*paths, write(tmp_path / "2024-02-kent-outcomes.csv")])
    assert value(table, "outcomes", "2024-02") is None
    assert any("Kent Police has no file for February 2024" in note for note in table.notes)
    assert any("2024-02-kent-outcomes.csv" in note for note in table.notes)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (outcome("a", month="2024-13"), r"row 3, column Month: '2024-13' is not a month"),
        (outcome("a", "Forgiven"), r"row 3, column Outcome type: 'Forgiven' is not an outcome"),
        (outcome("a", force=""), r"row 3, column Falls within: '' is no force"),
        (outcome("a") + ",more", "cannot be read as CSV"),
    ],
)
def test_a_row_that_is_not_sound_is_refused(row: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=sentence):
        registry.read([write(tmp_path / "1.csv", outcome("z"), row)])


def test_a_month_of_a_force_given_twice_and_a_cut_file_are_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, outcome(name[0])) for name in ("a.csv", "b.csv")]
    with pytest.raises(SourceError, match=r"b\.csv: it holds January 2024 of Kent Police, and so"):
        registry.read(paths)
    paths[0].write_bytes(paths[0].read_bytes()[:-1])
    with pytest.raises(SourceError, match="no end of line"):
        registry.read(paths[:1])
    with pytest.raises(SourceError, match="no file holds an outcome"):
        registry.read([write(tmp_path / "c.csv")])


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive as data.police.uk packs it: three kinds of files for each force and month."""
    street = f"a,2024-01,{KENT},{KENT},1,51,On or near A,E01,Dover 001A,Burglary,,"
    path = tmp_path / "latest.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "2024-01/2024-01-kent-street.csv", f"{','.join(STREET_COLUMNS)}\n{street}\n"
        )
        packed.writestr(
            "2024-01/2024-01-kent-outcomes.csv", f"{','.join(COLUMNS)}\n{outcome('a')}\n"
        )
    return path


def test_of_an_archive_of_several_sources_one_has_to_be_named(archive: Path) -> None:
    with pytest.raises(
        SourceError,
        match=r"latest\.zip: it holds files of Street-level crime and "
        r"Outcomes of crimes; say which to read, such as --as police-uk-street-cr",
    ):
        registry.read([archive])


@pytest.mark.parametrize(
    ("key", "series"),
    [("police-uk-outcomes", "outcomes"), ("police-uk-street-crime", "street-crime")],
)
def test_the_files_of_other_sources_in_an_archive_are_left_out(
    key: str, series: str, archive: Path
) -> None:
    table = registry.read([archive], key)
    assert value(table, series, "2024-01") == 1
    assert len(table.files) == 1
    assert "1 files are of other sources or areas, and are left out." in table.notes


def test_every_kind_of_outcome_is_in_one_series() -> None:
    kinds = [category for one in SERIES for category in one.categories]
    assert len(kinds) == len(set(kinds)) == 29
