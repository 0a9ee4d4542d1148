"""Published files into the database and back, as a person types it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.factories import make_area, make_observations, make_release
from typer.testing import CliRunner

from folkmoot.cli.main import app
from folkmoot.core.periods import Month
from folkmoot.performance.models import Area, Observation, Release
from folkmoot.sources import registry
from folkmoot.sources.street_crime import COLUMNS

runner = CliRunner()
STREET = [
    ",".join(COLUMNS),
    "a,2024-01,Kent Police,Kent Police,1,51,On or near A,E0,Dover 001A,Burglary,,",
    "a,2024-01,Kent Police,Kent Police,2,51,On or near B,E0,Dover 001A,Burglary,,",
    "b,2024-01,Kent Police,Kent Police,1,51,On or near A,E0,Dover 001A,Robbery,,",
]
DESCRIPTION = """\
source: fire-service
title: Calls to the fire service
publisher: Exampleshire Fire and Rescue
licence: Open Government Licence v3.0
status: management information
total: Exampleshire
columns: {period: Month, value: Calls}
series: [{key: fire-calls, title: Fires, unit: calls}]
"""


@pytest.fixture
def street(tmp_path: Path) -> Path:
    path = tmp_path / "2024-01-kent-street.csv"
    path.write_text("\n".join(STREET) + "\n")
    return path


@pytest.fixture(autouse=True)
def _own_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a source that one test describes out of the next."""
    monkeypatch.setattr(registry, "_DESCRIBED", {})
    monkeypatch.setattr(registry, "_SERIES", dict(registry._SERIES))


def data(*words: str) -> Any:
    return runner.invoke(app, ["data", *words])


def test_inspecting_says_what_a_file_is_and_what_is_odd_about_it(street: Path) -> None:
    result = data("inspect", str(street))
    assert result.exit_code == 0, result.output
    assert "Source: Street-level crime (police-uk-street-crime), data.police.uk" in result.stdout
    assert "File: 2024-01-kent-street.csv, 3 rows, SHA-256 " in result.stdout
    assert "Period: January 2024 to January 2024" in result.stdout
    assert "Areas: 1 (1 force)" in result.stdout
    assert "Odd: 1 thing\n- 1 of 3 rows repeat the number of a crime" in result.stdout


def test_inspecting_what_is_not_sound_says_where(street: Path) -> None:
    street.write_text(street.read_text().replace("Robbery", "Piracy"))
    result = data("inspect", str(street))
    assert result.exit_code == 1
    assert "2024-01-kent-street.csv, row 4, column Crime type: 'Piracy' is not a type" in (
        result.stderr
    )


def test_sources_are_listed_with_their_series() -> None:
    result = data("sources")
    for source in registry.sources():
        assert f"{source.key}: {source.title}" in result.stdout
        assert all(f"  {series.key}: " in result.stdout for series in source.series)


def test_one_source_is_listed_with_how_it_comes() -> None:
    result = data("sources", "mps-ward-crime")
    assert result.stdout.splitlines()[:3] == [
        "mps-ward-crime: MPS Ward Level Crime (Metropolitan Police Service)",
        "    monthly, by ward; official statistics, not accredited; can be pulled",
        "  ward-all-recorded-crime: All recorded crime (wards)",
    ]
    assert "mps-borough-crime:" not in result.stdout
    assert "there is no source of that name" in data("sources", "weather").stderr


@pytest.mark.django_db
def test_a_described_source_is_derived_and_read_back(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR = tmp_path / "var"
    monkeypatch.setenv("FOLKMOOT_VAR", str(tmp_path / "var"))
    (tmp_path / "fire.csv").write_text("Month,Calls\n2024-01,30\n2024-02,31\n")
    (tmp_path / "fire.yaml").write_text(DESCRIPTION)
    described = ("--as", str(tmp_path / "fire.yaml"))
    table = tmp_path / "table.csv"
    given = (*described, "--released", "2024-03-10", "--out", str(table))
    assert data("derive", str(tmp_path / "fire.csv"), *given).exit_code == 0
    assert "source: Calls to the fire service (fire-service)" in table.read_text()
    assert "derive fire.csv --as fire-service.yaml --released 2024-03-10" in table.read_text()
    assert "2 observations imported" in data("import", str(table), *described).stderr
    assert Release.objects.get().released_on == date(2024, 3, 10)
    known = data("sources", "fire-service")
    assert known.stdout.startswith("fire-service: Calls to the fire service (Exampleshire Fire")


@pytest.mark.django_db
def test_an_import_says_what_was_odd_and_comes_back(street: Path) -> None:
    result = data("import", str(street), "--released", "2024-03-01")
    assert result.exit_code == 0, result.output
    assert "each crime is counted once" in result.stderr
    assert "15 observations imported" in result.stderr
    found = json.loads(data("query", "street-crime", "--json").stdout)
    assert found == [
        {
            "measure": "street-crime",
            "area": "Kent Police",
            "period": "2024-01",
            "value": 2,
            "release": "2024-03-01",
            "status": "management information",
        }
    ]
    again = data("import", str(street), "--released", "2024-03-01")
    assert "Nothing changed" in again.stderr
    assert Release.objects.count() == 1


@pytest.mark.django_db
def test_a_refused_import_leaves_nothing(street: Path) -> None:
    street.write_text(street.read_text()[:-1])
    result = data("import", str(street))
    assert result.exit_code == 1
    assert "no end of line, so it may be cut off" in result.stderr
    assert not Release.objects.exists()
    assert not Observation.objects.exists()


@pytest.mark.django_db
def test_a_described_file_is_imported_and_its_description_kept(
    tmp_path: Path, settings: Any
) -> None:
    settings.VAR = tmp_path / "var"
    (tmp_path / "fire.csv").write_text("Month,Calls\n2024-01,30\n2024-02,\n2024-03,31\n")
    (tmp_path / "fire.yaml").write_text(DESCRIPTION)
    described = ("--as", str(tmp_path / "fire.yaml"))
    inspected = data("inspect", str(tmp_path / "fire.csv"), *described)
    assert "no figure for February 2024. It is not available, which is not zero." in (
        inspected.stdout
    )
    result = data("import", str(tmp_path / "fire.csv"), *described, "--released", "2024-05-01")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "var/sources/fire-service.yaml").read_text() == DESCRIPTION
    found = json.loads(data("query", "fire-calls", "--area", "exampleshire", "--json").stdout)
    assert [(each["period"], each["value"]) for each in found] == [("2024-01", 30), ("2024-03", 31)]


@pytest.fixture
def two_releases(db: None) -> None:
    london = make_area()
    camden = make_area("Camden", Area.Kind.BOROUGH, code="E09000007")
    for day, values in ((date(2024, 2, 1), [10, 11, 12]), (date(2025, 3, 1), [10, 12, 12, 13])):
        release = make_release(day)
        make_observations(release, "personal-robbery", Month(2023, 10), values, area=london)
        make_observations(release, "personal-robbery", Month(2023, 10), values[:1], area=camden)


def asked(*words: str) -> list[tuple[str, str, float, str]]:
    result = data("query", "personal-robbery", "--json", *words)
    assert result.exit_code == 0, result.output
    return [
        (each["area"], each["period"], each["value"], each["release"])
        for each in json.loads(result.stdout)
    ]


@pytest.mark.usefixtures("two_releases")
def test_the_latest_release_is_asked_unless_another_is_named() -> None:
    london = Area.objects.get(kind=Area.Kind.TOTAL).name
    month = ("--area", london, "--from", "2023-11", "--to", "2023-11")
    assert asked(*month) == [(london, "2023-11", 12, "2025-03-01")]
    assert asked(*month, "--release", "2024-02-01") == [(london, "2023-11", 11, "2024-02-01")]
    assert [each[1] for each in asked("--area", london, "--from", "2023-12")] == [
        "2023-12",
        "2024-01",
    ]
    assert asked("--area", "E09000007") == asked("--area", "camden")
    assert len(asked()) == 5
    plain = data("query", "personal-robbery", "--area", "camden")
    assert plain.stdout == "Camden  2023-10  10  2025-03-01\n"


@pytest.mark.usefixtures("two_releases")
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["piracy"], "There is no measure “piracy”: choose one of all-recorded-crime"),
        (["personal-robbery", "--area", "Mars"], "There is no area “Mars”: choose one of "),
        (["personal-robbery", "--from", "soon"], "'soon' is not a month: write it like 2024-10."),
        (
            ["personal-robbery", "--release", "2020-01-01"],
            "no release of MPS Borough Level Crime of 2020-01-01: there are 2024-02-01, 2025-03-01",
        ),
        (["good-job-local"], "No release of Public Attitude Survey by borough is imported"),
        (["personal-robbery", "--from", "2031-01"], "There is no figure for that area"),
    ],
)
def test_a_question_without_an_answer_is_told_in_a_sentence(
    words: list[str], sentence: str
) -> None:
    result = data("query", *words)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stdout == ""


@pytest.mark.usefixtures("two_releases")
def test_no_figure_is_an_empty_list_for_a_program() -> None:
    assert asked("--from", "2031-01") == []
