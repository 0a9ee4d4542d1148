"""Population by borough, and what is refused of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from folkmoot.sources import registry
from folkmoot.sources.errors import SourceError
from folkmoot.sources.london_boroughs import BOROUGHS

YEARS = (2020, 2021, 2022)


def lines() -> list[str]:
    header = ",".join(
        ["Code", "Area name", "Inner/ Outer London", *(f"{y}_Population" for y in YEARS)]
    )
    return [
        header,
        *(
            f"{area.code},{area.name},Inner,{','.join(str(1000 * place + year) for year in YEARS)}"
            for place, area in enumerate(BOROUGHS, start=1)
        ),
    ]


def write(path: Path, rows: list[str], mark: str = "\ufeff") -> Path:
    path.write_text(mark + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_residents_are_dated_by_the_middle_of_their_year(tmp_path: Path) -> None:
    table = registry.read([write(tmp_path / "population.csv", lines())])
    assert table.source.key == "population"
    assert (table.first_period, table.last_period) == ("2020-06", "2022-06")
    barnet = table.observations.filter(area_name="Barnet", period="2021-06")
    assert barnet["value"].to_list() == [3000 + 2021]
    london = table.observations.filter(area_name="London", period="2022-06")
    assert london["value"].to_list() == [sum(1000 * place + 2022 for place in range(1, 34))]
    notes = " ".join(table.notes)
    assert "After 2022 none is available" in notes
    assert "City of London and Westminster" in notes


def test_figures_that_the_census_does_not_bear_out_are_told(shared_data: Path) -> None:
    path = shared_data / "population" / "borough-population-2011-2022.csv"
    notes = " ".join(registry.read([path]).notes)
    assert "London in 2021 is 9,298,024 here, 5.7% above the 8,799,731" in notes


def test_figures_near_the_census_are_not_told_apart_from_it(tmp_path: Path) -> None:
    rows = lines()
    # All of London in its first borough, but for a few in each of the others.
    cells = rows[1].split(",")
    cells[-2] = str(8_799_731 - sum(1000 * place + 2021 for place in range(2, 34)))
    rows[1] = ",".join(cells)
    notes = " ".join(registry.read([write(tmp_path / "population.csv", rows)]).notes)
    assert "whom the census" not in notes


def test_a_file_without_a_byte_order_mark_is_the_same(tmp_path: Path) -> None:
    marked = registry.read([write(tmp_path / "a.csv", lines())])
    plain = registry.read([write(tmp_path / "b.csv", lines(), mark="")])
    assert marked.observations.equals(plain.observations)


CHANGES = {
    "a year missing": (
        lambda rows: [r.replace("2021_", "2023_") for r in rows],
        "2023 follows 2020",
    ),
    "a column renamed": (
        lambda rows: [rows[0].replace("2022_Population", "2022"), *rows[1:]],
        "'2022' is not a year",
    ),
    "a negative": (
        lambda rows: [*rows[:-1], rows[-1].replace("35022", "-35022")],
        "'-35022' is not a number",
    ),
    "thousands": (
        lambda rows: [*rows[:-1], rows[-1].replace("35022", '"35,022"')],
        "'35,022' is not a number",
    ),
    "a part": (
        lambda rows: [*rows[:-1], rows[-1].replace("35022", "35022.5")],
        "'35022.5' is not a number",
    ),
    "nobody": (lambda rows: [*rows[:-1], rows[-1].replace("35022", "0")], "'0' is not a number"),
    "an empty cell": (
        lambda rows: [*rows[:-1], rows[-1].replace("35022", "")],
        "the cell is empty",
    ),
    "a borough missing": (lambda rows: rows[:-1], "no row for Westminster"),
    "a borough twice": (lambda rows: [*rows, rows[-1]], "Westminster is there twice"),
    "another place": (
        lambda rows: [*rows, rows[-1].replace("E09000033", "E06000001")],
        "'E06000001' is not",
    ),
    "a row cut off": (lambda rows: [*rows[:-1], "E09000033,West"], "cut off here"),
}


@pytest.mark.parametrize(("change", "sentence"), CHANGES.values(), ids=CHANGES)
def test_a_file_that_is_not_sound_is_refused(change, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=sentence):
        registry.read([write(tmp_path / "population.csv", change(lines()))])


def test_a_second_file_is_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path / name, lines()) for name in ("a.csv", "b.csv")]
    with pytest.raises(SourceError, match="this is the second"):
        registry.read(paths)


NOMIS = '"DATE_NAME","GEOGRAPHY_NAME","GEOGRAPHY_CODE","OBS_VALUE"'


def tall() -> list[str]:
    """Return the same figures as Nomis gives them: a row for each borough and year."""
    return [
        NOMIS,
        *(
            f'{year},"{area.name}","{area.code}",{1000 * place + year}'
            for year in YEARS
            for place, area in enumerate(BOROUGHS, start=1)
        ),
    ]


def test_the_rows_of_nomis_give_the_same_figures(tmp_path: Path) -> None:
    wide = registry.read([write(tmp_path / "wide.csv", lines())])
    rows = [*tall(), '2022,"London","E12000007",1']
    assert registry.read([write(tmp_path / "tall.csv", rows, "")]).observations.equals(
        wide.observations
    )


TALL_CHANGES = {
    "a year missing": (lambda rows: [r for r in rows if "2021," not in r[:5]], "2022 follows 2020"),
    "no year": (lambda rows: [*rows, rows[1].replace("2020", "mid", 1)], "'mid' is not a year"),
    "twice": (lambda rows: [*rows, rows[1]], "City of London in 2020 is there twice"),
    "cut off": (lambda rows: rows[:-1], "there is no row for Westminster in 2022"),
    "elsewhere": (
        lambda rows: [*rows, '2022,"Leeds","E08000035",5'],
        "'E08000035' is not the code",
    ),
    "nothing": (lambda rows: rows[:1], "there is no row for City of London in any year"),
    "no number": (lambda rows: [*rows[:-1], rows[-1] + ".5"], "is not a number of residents"),
}


@pytest.mark.parametrize(("change", "sentence"), TALL_CHANGES.values(), ids=TALL_CHANGES)
def test_rows_of_nomis_that_are_not_whole_are_refused(change, sentence, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=sentence):
        registry.read([write(tmp_path / "tall.csv", change(tall()), "")])
