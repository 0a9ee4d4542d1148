"""Any tidy CSV by its description, and what is refused of both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from folkmoot.sources import registry
from folkmoot.sources.described import read_description
from folkmoot.sources.errors import SourceError
from folkmoot.sources.tables import ReleaseTable

DESCRIPTION = """\
source: fire-service
title: Calls to the fire service
publisher: Exampleshire Fire and Rescue
licence: Open Government Licence v3.0
status: management information
caveat: False alarms are counted.
total: Exampleshire
columns:
  period: Month
  area: District
  area_code: Code
  series: Kind
  value: Calls
series:
  - key: fire-calls
    title: Fires
    unit: calls
    category: FIRE
    breaks:
      - month: 2024-02
        label: New call system
        note: Calls are counted by a new system.
  - key: fire-answered
    title: Answered in time
    unit: share
    category: ANSWERED
    kind: share
"""
ROWS = """\
Month,District,Code,Kind,Calls
2024-01,Exampleshire,X0,FIRE,30
2024-01,North,X1,FIRE,10
2024-02,North,X1,FIRE,12
2024-01,North,X1,ANSWERED,0.95
"""


def read(folder: Path, rows: str = ROWS, description: str = DESCRIPTION) -> ReleaseTable:
    (folder / "fire.yaml").write_text(description)
    (folder / "fire.csv").write_text(rows)
    source = read_description(folder / "fire.yaml")
    return registry.read([folder / "fire.csv"], source)


def test_a_described_file_gives_observations(tmp_path: Path) -> None:
    table = read(tmp_path)
    assert (table.source.key, table.source.publisher) == (
        "fire-service",
        "Exampleshire Fire and Rescue",
    )
    assert [(area.code, area.name, area.kind) for area in table.areas] == [
        ("X0", "Exampleshire", "total"),
        ("X1", "North", "borough"),
    ]
    cells = table.observations.select("series", "area_code", "period", "value").rows()
    assert cells == [
        ("fire-calls", "X0", "2024-01", 30),
        ("fire-calls", "X1", "2024-01", 10),
        ("fire-calls", "X1", "2024-02", 12),
        ("fire-answered", "X1", "2024-01", 0.95),
    ]
    assert [mark.label for mark in table.source.series[0].breaks] == ["New call system"]


def test_decimal_commas_and_semicolons_are_read_where_they_are_described(tmp_path: Path) -> None:
    description = DESCRIPTION + "separator: ';'\ndecimal: ','\n"
    rows = ROWS.replace(",", ";").replace("0.95", "0,95")
    assert read(tmp_path, rows, description).observations[-1, "value"] == 0.95


def test_what_has_no_area_is_for_the_whole(tmp_path: Path) -> None:
    description = DESCRIPTION.replace("  area: District\n  area_code: Code\n", "")
    rows = "Month,Kind,Calls\n2024-01,FIRE,30\n"
    table = read(tmp_path, rows, description)
    assert [(area.name, area.kind) for area in table.areas] == [("Exampleshire", "total")]


@pytest.mark.parametrize(
    ("written", "period"),
    [("2024-Q1", "2024-03"), ("2024", "2024-12"), ("2023/24", "2024-03"), ("Jan 2024", "2024-01")],
)
def test_other_periods_are_kept_under_their_last_month(
    written: str, period: str, tmp_path: Path
) -> None:
    rows = f"Month,District,Code,Kind,Calls\n{written},North,X1,FIRE,10\n"
    assert read(tmp_path, rows).observations[0, "period"] == period


def test_what_is_not_there_is_not_available_and_said(tmp_path: Path) -> None:
    rows = ROWS + "2024-03,North,X1,FIRE,\n2024-05,North,X1,FIRE,[x]\n2024-06,North,X1,FIRE,9\n"
    table = read(tmp_path, rows)
    assert table.observations.filter(area_code="X1", series="fire-calls").height == 3
    notes = " ".join(table.notes)
    assert "2 cells are empty or in shorthand" in notes
    assert "Fires, North: no figure for March 2024 to May 2024. It is not available" in notes


def changed(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


BAD_ROWS = {
    "a header changed": (changed("Calls", "Number"), "row 1, column Calls: there is no column"),
    "a negative count": (changed(",12", ",-12"), "row 4, column Calls: '-12' is negative"),
    "a part of a count": (changed(",12", ",1.5"), "row 4, column Calls: '1.5' is no whole count"),
    "thousands": (changed(",12", ',"1,234"'), "'1,234' has a separator of thousands"),
    "a decimal comma": (changed("0.95", '"0,95"'), "'0,95' has ',' before its decimals"),
    "a percentage": (changed("0.95", "95"), "'95' is no share of 0 to 1"),
    "text": (changed(",12", ",many"), "'many' is no number"),
    "a kind unknown": (changed("ANSWERED", "OTHER"), "column Kind: 'OTHER' is no series"),
    "a row twice": (lambda rows: rows + rows.splitlines()[1] + "\n", "is there twice"),
    "no month": (changed("2024-02", "soon"), "row 4, column Month: “soon” is no period"),
    "days": (
        lambda _: "Month,District,Code,Kind,Calls\n2024-01-01,N,X,FIRE,1\n2024-01-02,N,X,FIRE,1\n",
        "1 January 2024 is no month",
    ),
    "empty": (lambda _: "", "the file is empty"),
    "a header alone": (lambda rows: rows.splitlines()[0] + "\n", "no row below the header"),
    "no figure": (lambda _: "Month,District,Code,Kind,Calls\n2024-01,N,X,FIRE,\n", "no figure in"),
    "cut off": (lambda rows: rows + "2024-03,North", "cut off here"),
}


@pytest.mark.parametrize(("change", "sentence"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_file_that_is_not_as_described_is_refused(change, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        read(tmp_path, change(ROWS))
    assert sentence in str(refused.value)


BAD_DESCRIPTIONS = {
    "no YAML": (lambda _: "a: [", "fire.yaml, row 1: this is no YAML"),
    "nothing": (lambda _: "", "it describes nothing"),
    "a list": (lambda _: "- a\n- b\n", "it describes nothing"),
    "no title": (changed("title: Calls to the fire service\n", ""), "there is no title"),
    "no total": (changed("total: Exampleshire\n", ""), "there is no total"),
    "a bad key": (changed("source: fire-service", "source: Fire Service"), "is no source"),
    "no columns": (changed("columns:", "fields:"), "there are no columns"),
    "no value column": (changed("  value: Calls\n", ""), "columns: there is no value"),
    "no series column": (changed("  series: Kind\n", ""), "no column that tells them apart"),
    "series that are no list": (
        lambda text: text.split("series:\n  -")[0] + "series: x\n",
        "no list",
    ),
    "a series without a unit": (changed("    unit: calls\n", ""), "series 1: there is no unit"),
    "a bad kind": (changed("kind: share", "kind: guess"), "series 2: 'guess' is no kind"),
    "one key twice": (changed("fire-answered", "fire-calls"), "two series have one key"),
    "a bad break": (changed("month: 2024-02", "month: soon"), "'soon' is not a month"),
    "a bad separator": (lambda text: text + "separator: x\n", "not one that is read"),
}


@pytest.mark.parametrize(("change", "sentence"), BAD_DESCRIPTIONS.values(), ids=BAD_DESCRIPTIONS)
def test_a_description_that_is_not_sound_is_refused(change, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        read(tmp_path, description=change(DESCRIPTION))
    assert sentence in str(refused.value)


def test_a_description_that_is_not_there_or_far_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        read_description(tmp_path / "none.yaml")
    (tmp_path / "long.yaml").write_text("#" * 1_000_001)
    with pytest.raises(SourceError, match="a page of text"):
        read_description(tmp_path / "long.yaml")


def test_a_registered_description_is_a_source_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_DESCRIBED", {})
    monkeypatch.setattr(registry, "_SERIES", dict(registry._SERIES))
    read(tmp_path)
    source = read_description(tmp_path / "fire.yaml")
    registry.register(source)
    registry.register(source)
    assert source in registry.sources()
    assert registry.series_named("fire-calls") == source.series[0]
    assert registry.source_of_series("fire-calls") is source
    assert registry.read([tmp_path / "fire.csv"], "fire-service").observations.height == 4


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("source: fire-service", "source: population", "that of a source built in"),
        ("key: fire-calls", "key: homicide", "the series homicide is in mps-borough-crime already"),
    ],
)
def test_a_name_that_is_taken_is_refused(old: str, new: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "fire.yaml").write_text(DESCRIPTION.replace(old, new))
    with pytest.raises(SourceError, match=sentence):
        registry.register(read_description(tmp_path / "fire.yaml"))
