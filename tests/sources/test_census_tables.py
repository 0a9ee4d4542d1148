"""Census tables of Nomis: the outer answers by borough, from the file of local authorities."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from folkmoot.sources import registry
from folkmoot.sources.census_tables import SERIES, TABLES
from folkmoot.sources.errors import SourceError
from folkmoot.sources.london_boroughs import BOROUGHS, LONDON
from folkmoot.sources.tables import ReleaseTable

SEX = (
    "date,geography,geography code,Sex: All persons; measures: Value,Sex: Female; measures: Value,"
)
RELIGIONS = ("No religion", "Christian", "Buddhist", "Hindu", "Jewish", "Muslim", "Sikh")


def sex(place: int) -> tuple[int, int]:
    return 100 + place, 90 + place


def sex_table() -> list[str]:
    """Return a table in the layout of Nomis, with figures made here and one town elsewhere."""
    rows = [f"{SEX}Sex: Male; measures: Value", "2021,Leeds,E08000035,9,5,4"]
    for place, area in enumerate(BOROUGHS):
        female, male = sex(place)
        rows.append(f"2021,{area.name},{area.code},{female + male},{female},{male}")
    return rows


def ethnic_table() -> list[str]:
    table = TABLES[2]
    within = "Ethnic group: Asian, Asian British or Asian Welsh: Indian"
    headings = [f"Ethnic group: {table.total}", within, *table.columns]
    quoted = ",".join(f'"{each}"' for each in headings)
    return [
        f"date,geography,geography code,{quoted}",
        *(f"2021,{area.name},{area.code},150,7,10,20,30,40,50" for area in BOROUGHS),
    ]


def write(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(rows) + "\n")
    return path


def value(table: ReleaseTable, series: str, code: str) -> float:
    return table.observations.filter(series=series, period="2021-03", area_code=code)[0, "value"]


def test_answers_are_read_by_borough_and_london_is_their_sum(tmp_path: Path) -> None:
    table = registry.read([write(tmp_path / "census2021-ts008-ltla.csv", sex_table())])
    assert table.source.key == "census-2021-tables"
    assert value(table, "census-sex-female", "E09000001") == 100
    assert value(table, "census-sex-male", "E09000003") == 92
    assert value(table, "census-sex-female", LONDON.code) == sum(100 + n for n in range(33))
    assert "1 rows are of authorities outside London, and are left out." in table.notes


def test_answers_within_answers_are_not_counted_twice(tmp_path: Path) -> None:
    table = registry.read([write(tmp_path / "a-ltla.csv", ethnic_table())])
    assert value(table, "census-ethnic-group-white", "E09000001") == 40
    assert table.observations["series"].n_unique() == 5


def test_an_archive_gives_its_file_of_authorities_alone(tmp_path: Path) -> None:
    packed = tmp_path / "census2021-ts008.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for kind in ("ctry", "ltla", "msoa"):
            rows = sex_table() if kind == "ltla" else [sex_table()[0], "2021,England,E9,9,5,4"]
            archive.writestr(f"census2021-ts008-{kind}.csv", "\n".join(rows) + "\n")
    table = registry.read([packed, write(tmp_path / "census2021-ts021-ltla.csv", ethnic_table())])
    assert [file.name for file in table.files] == [
        "census2021-ts008-ltla.csv",
        "census2021-ts021-ltla.csv",
    ]
    assert "Tables read: TS008 and TS021." in table.notes
    assert "2 files are of other sources or areas, and are left out." in table.notes


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda rows: rows[:-1],
            r"no row for Westminster, so the file is of other areas or was cut",
        ),
        (lambda rows: [*rows, rows[-1]], "Westminster is there twice"),
        (lambda rows: [*rows[:2], rows[2].replace(",100,", ",,"), *rows[3:]], "the cell is empty"),
        (
            lambda rows: [*rows[:2], rows[2].replace(",100,", ",500,"), *rows[3:]],
            r"row 3, column Sex: All.* the answers add up to 590 and the total is 190",
        ),
        (
            lambda rows: [rows[0].replace("Sex: Male", "Sex: Men"), *rows[1:]],
            "there is no column 'Sex: Male', which table TS008 has",
        ),
    ],
)
def test_a_table_that_is_not_sound_is_refused(change, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=sentence):
        registry.read([write(tmp_path / "a-ltla.csv", change(sex_table()))])


def test_a_table_given_twice_is_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path / f"{name}-ltla.csv", sex_table()) for name in "ab"]
    with pytest.raises(SourceError, match=r"b-ltla\.csv: this is table TS008, and so is a-ltla"):
        registry.read(paths)


def test_every_answer_has_a_series_of_its_own() -> None:
    keys = [one.key for one in SERIES]
    assert len(keys) == len(set(keys)) == 2 + 18 + 5 + 9
    assert "census-age-aged-85-years-and-over" in keys
    assert {f"census-religion-{name.lower().replace(' ', '-')}" for name in RELIGIONS} <= {*keys}
