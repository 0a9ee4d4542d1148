"""One expression on two engines, and how one of them is chosen."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.street_files import CITY, KENT, crime, write

from folkmoot.sources import registry
from folkmoot.sources.engine import connected
from folkmoot.sources.errors import SourceError


@pytest.fixture
def _spark(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count on Spark. Skipped with one loud line without it; with it, CI=true asks for Java."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("NOT TESTED ON SPARK: it is not installed; 'make spark' installs and tests it.")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        missing = "Java is missing; 'apt install default-jre-headless' brings it."
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(f"Spark cannot run: {missing}")
        pytest.skip(f"NOT TESTED ON SPARK: {missing}")
    monkeypatch.setenv("FOLKMOOT_ENGINE", "spark")
    monkeypatch.setenv("FOLKMOOT_SPARK_MASTER", "local[2]")


def a_year_of_two_forces(folder: Path) -> Path:
    """Write files with everything that real ones have: each count is made by one line of it."""
    months = [f"2023-{month:02}" for month in range(1, 13)]
    for place, month in enumerate(months):
        for force, word in ((CITY, "city-of-london"), (KENT, "kent")):
            if (place, force) == (5, KENT):
                continue
            rows = [
                crime("", "Anti-social behaviour", month=month, force=force, longitude=""),
                crime("", "Anti-social behaviour", month=month, force=force),
                crime(f"{word}{place}a", "Robbery", month=month, force=force),
                crime(f"{word}{place}a", "Robbery", month=month, force=force, longitude="1"),
                crime(f"{word}{place}b", month=month, force=force, lsoa="Camden 001A"),
                crime(f"{word}{place}b", "Drugs", month=month, force=force, lsoa=""),
                crime(f"{word}{place - 1}b", "Vehicle crime", month=month, force=force),
                crime(f"both{place}", month=month, force=force, location="On or near Tŵr"),
                crime(f'"{word}{place}c"', "Other theft", month=month, force=force, lsoa="Tŵr 1B"),
            ]
            end = "\r\n" if place % 2 else "\n"
            write(folder / month / f"{month}-{word}-street.csv", *rows[: 9 - place % 3], end=end)
    write(folder / "2024-01" / "2024-01-kent-street.csv")
    return folder


def test_duckdb_counts_in_this_process_unless_another_is_named() -> None:
    for environment in ({}, {"FOLKMOOT_ENGINE": ""}, {"FOLKMOOT_ENGINE": " DuckDB "}):
        with connected(environment) as engine:
            assert engine.name == "duckdb"


def test_an_engine_that_there_is_none_of_is_refused() -> None:
    with (
        pytest.raises(SourceError, match=r"FOLKMOOT_ENGINE: there is no engine 'sparc'; set it to"),
        connected({"FOLKMOOT_ENGINE": "sparc"}),
    ):
        pass


def test_spark_that_is_not_installed_is_told_with_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with (
        pytest.raises(SourceError, match=r"Spark is not installed; install folkmoot\[spark\]"),
        connected({"FOLKMOOT_ENGINE": "spark"}),
    ):
        pass


def test_both_engines_give_the_same_in_every_cell(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = a_year_of_two_forces(tmp_path)
    on_duckdb = registry.read([folder])
    request.getfixturevalue("_spark")
    on_spark = registry.read([folder])
    assert on_duckdb.observations.height == 23 * 15
    assert on_spark.observations.equals(on_duckdb.observations)
    empty = on_duckdb.observations.clear()
    assert replace(on_spark, observations=empty) == replace(on_duckdb, observations=empty)


def test_both_engines_give_the_same_of_real_files(
    shared_data: Path, request: pytest.FixtureRequest
) -> None:
    folder = shared_data / "police-uk-street"
    on_duckdb = registry.read([folder])
    request.getfixturevalue("_spark")
    on_spark = registry.read([folder])
    assert on_spark.observations.equals(on_duckdb.observations)
    assert on_spark.notes == on_duckdb.notes


@pytest.mark.parametrize(
    "row",
    [
        crime("a", month="2024-13"),
        crime("a", "Piracy"),
        crime("a", force=""),
        "a,2024-01,City",
        crime("a") + ",more,cells",
    ],
)
def test_both_engines_refuse_the_same_with_the_same_words(
    row: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = write(tmp_path / "1.csv", crime("z"), row)
    with pytest.raises(SourceError) as on_duckdb:
        registry.read([path])
    request.getfixturevalue("_spark")
    with pytest.raises(SourceError) as on_spark:
        registry.read([path])
    assert str(on_spark.value) == str(on_duckdb.value)
    assert on_spark.value.row == 3
