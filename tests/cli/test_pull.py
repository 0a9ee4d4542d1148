"""`folkmoot data pull`: from a publisher's server to files, and on to observations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.publisher import Publisher, published
from typer.testing import CliRunner

from folkmoot.cli.main import app
from folkmoot.performance.models import Release
from folkmoot.sources import registry

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
CALLS = b"Month,Calls\n2024-01,30\n2024-02,31\n"


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with published() as offering:
        offering.files["/calls.csv"] = CALLS
        offering.headers["Last-Modified"] = "Fri, 01 Mar 2024 09:00:00 GMT"
        yield offering


@pytest.fixture
def described(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FOLKMOOT_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(registry, "_DESCRIBED", {})
    monkeypatch.setattr(registry, "_SERIES", dict(registry._SERIES))
    path = tmp_path / "fire.yaml"
    path.write_text(DESCRIPTION)
    return path


def data(*words: str) -> Any:
    return CliRunner().invoke(app, ["data", *words])


def test_a_pull_prints_the_path_and_how_to_import_it(
    publisher: Publisher, described: Path, tmp_path: Path
) -> None:
    result = data("pull", str(described), "--from", publisher.url("/calls.csv"))
    assert result.exit_code == 0, result.output
    path = Path(result.stdout.strip())
    assert path.is_relative_to(tmp_path / "var/pulled/fire-service")
    assert path.read_bytes() == CALLS
    assert "calls.csv is here: 34 bytes, SHA-256 " in result.stderr
    assert f"To import: folkmoot data import {path} --as {described} --released 2024-03-01" in (
        result.stderr
    )
    again = data("pull", str(described), "--from", publisher.url("/calls.csv"))
    assert "calls.csv has not changed since it was pulled" in again.stderr
    assert again.stdout == result.stdout


@pytest.mark.django_db
def test_a_pull_may_go_on_to_the_import_under_the_publishers_day(
    publisher: Publisher, described: Path, tmp_path: Path, settings: Any
) -> None:
    settings.VAR = tmp_path / "var"
    given = ("--from", publisher.url("/calls.csv"), "--out", str(tmp_path / "here"), "--import")
    result = data("pull", str(described), *given)
    assert result.exit_code == 0, result.output
    assert "2 observations imported" in result.stderr
    assert [f"{release.released_on}" for release in Release.objects.all()] == ["2024-03-01"]
    found = json.loads(data("query", "fire-calls", "--json").stdout)
    assert [each["value"] for each in found] == [30, 31]
    assert "Nothing changed" in data("pull", str(described), *given).stderr


@pytest.mark.django_db
def test_a_day_that_is_given_stands_before_that_of_the_server(
    publisher: Publisher, described: Path, tmp_path: Path, settings: Any
) -> None:
    settings.VAR = tmp_path / "var"
    data(
        *("pull", str(described), "--from", publisher.url("/calls.csv")),
        *("--import", "--released", "2024-02-20"),
    )
    assert [f"{release.released_on}" for release in Release.objects.all()] == ["2024-02-20"]


def test_what_cannot_be_pulled_is_told_in_a_sentence_and_leaves_nothing(
    publisher: Publisher, described: Path, tmp_path: Path
) -> None:
    result = data("pull", str(described), "--from", publisher.url("/gone.csv"))
    assert result.exit_code == 1
    assert "There is nothing at " in result.stderr
    assert result.stdout == ""
    assert [*(tmp_path / "var").rglob("*.csv*")] == []
    refused = data(
        *("pull", str(described), "--from", publisher.url("/calls.csv"), "--sha256", "0" * 64)
    )
    assert refused.exit_code == 1
    assert "was asked for: nothing is kept" in refused.stderr
    assert [*(tmp_path / "var").rglob("*.csv*")] == []


@pytest.mark.usefixtures("described")
def test_a_source_that_nobody_offers_or_knows_is_told() -> None:
    assert "choose one of mps-borough-crime" in data("pull", "weather").stderr


def test_a_description_may_say_where_its_file_is(described: Path) -> None:
    described.write_text(DESCRIPTION + "download: ftp://example.org/calls.csv\n")
    assert "is no address to download from" in data("pull", str(described)).stderr
    unoffered = DESCRIPTION + "url: https://example.org/calls\n"
    described.write_text(unoffered)
    result = data("pull", str(described))
    assert "download it from https://example.org/calls by hand" in result.stderr
