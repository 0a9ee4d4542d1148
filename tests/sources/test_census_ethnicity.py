"""Residents by ethnic group, and what is refused of the census table."""

from __future__ import annotations

from pathlib import Path

import pytest

from folkmoot.sources import registry
from folkmoot.sources.census_ethnicity import COLUMNS
from folkmoot.sources.errors import SourceError
from folkmoot.sources.london_boroughs import BOROUGHS

GROUPS = {
    **{"-8": "Does not apply", "1": "Asian", "2": "Black", "3": "Mixed", "4": "White British"},
    **{"5": "White Other", "6": "White Other", "7": "Other"},
}


def lines() -> list[str]:
    places = [("E06000058", '"Bournemouth, Christchurch & Poole"')]
    places += [(area.code, area.name) for area in BOROUGHS]
    return [
        ",".join(COLUMNS),
        *(
            f"{code},{name},{group},{title},{0 if group == '-8' else 100 + int(group)}"
            for code, name in places
            for group, title in GROUPS.items()
        ),
    ]


def write(path: Path, rows: list[str]) -> Path:
    path.write_text("\n".join(rows) + "\n")
    return path


def test_residents_are_counted_by_group_and_borough(tmp_path: Path) -> None:
    table = registry.read([write(tmp_path / "census.csv", lines())])
    assert table.source.key == "census-2021-ethnicity"
    camden = table.observations.filter(area_name="Camden")
    counts = dict(zip(camden["series"], camden["value"], strict=True))
    assert counts["residents-asian"] == 101
    # Two codes of one name: 105 and 106.
    assert counts["residents-white-other"] == 211
    london = table.observations.filter(area_name="London", series="residents-black")
    assert london["value"].to_list() == [102 * 33]
    notes = " ".join(table.notes)
    assert "1 authorities outside London are left out: E06000058" in notes
    assert "5 and 6 are both named White Other" in notes
    assert "-8 means that the question does not apply" in notes


CHANGES = {
    "a group unknown": (
        lambda rows: [*rows[:-1], rows[-1].replace("Other", "Martian")],
        "'Martian' is not",
    ),
    "a negative": (
        lambda rows: [*rows[:-1], rows[-1].replace("107", "-107")],
        "'-107' is not a number",
    ),
    "thousands": (
        lambda rows: [*rows[:-1], rows[-1].replace(",107", ',"1,107"')],
        "'1,107' is not",
    ),
    "an empty cell": (lambda rows: [*rows[:-1], rows[-1].replace("107", "")], "the cell is empty"),
    "a row twice": (lambda rows: [*rows, rows[-1]], "the row repeats row"),
    "rows missing": (lambda rows: rows[:-1], "no row for Other in Westminster"),
    "people of no group": (
        lambda rows: [r.replace("Does not apply,0", "Does not apply,9") for r in rows],
        "does not apply to 9",
    ),
    "a header changed": (
        lambda rows: [rows[0].replace("Observation", "Count"), *rows[1:]],
        "the header is not",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), CHANGES.values(), ids=CHANGES)
def test_a_table_that_is_not_sound_is_refused(change, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=sentence):
        registry.read([write(tmp_path / "census.csv", change(lines()))])
