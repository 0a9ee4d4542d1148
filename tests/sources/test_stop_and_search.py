"""Stop and search: counted by the force and month that the name of the file tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from folkmoot.sources import registry
from folkmoot.sources.errors import SourceError
from folkmoot.sources.stop_and_search import COLUMNS
from folkmoot.sources.tables import ReleaseTable

MET = "metropolitan-police-service"


def search(
    *,
    day: str = "2024-10-05T13:00:00+00:00",
    seen: str = "White",
    item: str = "Controlled drugs",
    outcome: str = "Arrest",
) -> str:
    return (
        f"Person search,{day},False,,51.5,-0.1,Male,18-24,Not stated,{seen},"
        f"Misuse of Drugs Act 1971 (section 23),{item},{outcome},True,False"
    )


def write(path: Path, *rows: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n")
    return path


def name(month: str = "2024-10", force: str = "metropolitan") -> str:
    return f"{month}-{force}-stop-and-search.csv"


def value(table: ReleaseTable, series: str, month: str, code: str = MET) -> float | None:
    found = table.observations.filter(series=series, period=month, area_code=code)
    return found[0, "value"] if found.height else None


def test_searches_are_counted_by_outcome_object_and_the_group_that_was_seen(tmp_path: Path) -> None:
    path = write(
        tmp_path / name(),
        search(),
        search(outcome="A no further action disposal", seen="Black"),
        search(outcome="Suspect arrested", item="Offensive weapons", seen="Black"),
        search(outcome="", item="Stolen goods", seen=""),
    )
    table = registry.read([path])
    assert table.source.key == "police-uk-stop-and-search"
    assert [(area.code, area.name) for area in table.areas] == [
        (MET, "Metropolitan Police Service")
    ]
    for series, expected in {
        "stop-and-search": 4,
        "stop-and-search-arrests": 2,
        "stop-and-search-no-further-action": 1,
        "stop-and-search-drugs": 2,
        "stop-and-search-weapons": 1,
        "stop-and-search-stolen-goods": 1,
        "stop-and-search-seen-as-black": 2,
        "stop-and-search-seen-as-white": 1,
        "stop-and-search-seen-as-mixed": 0,
    }.items():
        assert value(table, series, "2024-10") == expected, series
    assert any("1 of 4 searches have no outcome" in note for note in table.notes)
    assert any("1 of 4 searches have no officer-defined ethnicity" in n for n in table.notes)


def test_months_and_forces_come_from_names_in_folders_too(tmp_path: Path) -> None:
    write(tmp_path / "all/2024-10" / name(), search())
    write(tmp_path / "all/2024-12" / name("2024-12"), search(day="2024-12-01T00:00:00+00:00"))
    write(tmp_path / "all/2024-10" / name(force="city-of-london"), search())
    write(tmp_path / "all/2024-11" / name("2024-11"))
    table = registry.read([tmp_path / "all"])
    assert value(table, "stop-and-search", "2024-11") is None
    assert value(table, "stop-and-search", "2024-12") == 1
    assert value(table, "stop-and-search", "2024-10", "E09000001") == 1
    notes = " ".join(table.notes)
    assert "Metropolitan Police Service has no file for November 2024" in notes
    assert "Files without a search give no figure" in notes


def test_the_last_hour_of_the_month_before_is_of_the_file_and_another_day_is_told(
    tmp_path: Path,
) -> None:
    path = write(
        tmp_path / name(),
        search(day="2024-09-30T23:30:00+00:00"),
        search(day="2024-08-12T10:00:00+00:00"),
    )
    table = registry.read([path])
    assert value(table, "stop-and-search", "2024-10") == 2
    assert any("1 searches bear a date of another month" in note for note in table.notes)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("searches.csv", "its name does not tell force and month, and no row does; keep the name"),
        (name(force="gotham"), "'gotham' in its name is not a force that Folkmoot knows"),
        (name("2024-13"), "its name does not tell force and month"),
    ],
)
def test_a_name_that_tells_no_force_or_month_is_refused(
    given: str, sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match=sentence):
        registry.read([write(tmp_path / given, search())])


def test_rows_and_files_that_are_not_sound_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"row 3, column Date: 'soon' is not a date"):
        registry.read([write(tmp_path / name(), search(), search(day="soon"))])
    path = write(tmp_path / name(), search())
    path.write_text(path.read_text().replace("Gender", "Sex"))
    with pytest.raises(SourceError, match="column 7 is named 'Sex' where stop and search files"):
        registry.read([path])
    with pytest.raises(SourceError, match="no file holds a search"):
        registry.read([write(tmp_path / name())])


def test_a_month_of_a_force_given_twice_is_refused(tmp_path: Path) -> None:
    paths = [write(tmp_path / folder / name(), search()) for folder in ("a", "b")]
    with pytest.raises(SourceError, match="it holds October 2024 of Metropolitan Police Service"):
        registry.read(paths)
