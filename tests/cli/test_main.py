"""The command as a person types it."""

from __future__ import annotations

import socket

from typer.testing import CliRunner

from folkmoot.cli.main import app

runner = CliRunner()


def test_version_is_that_of_the_package() -> None:
    result = runner.invoke(app, ["version"])
    assert result.exit_code == 0
    assert result.stdout.strip().split(".")[0].isdigit()


def test_help_lists_the_commands() -> None:
    shown = runner.invoke(app, ["--help"]).stdout
    for command in ("demo", "serve", "migrate", "worker", "jobs", "version", "data", "report"):
        assert command in shown


def test_taken_port_is_said_in_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = runner.invoke(app, ["demo", "--port", str(port)])
    assert result.exit_code == 1
    said = result.stderr.strip()
    assert said.startswith(f"folkmoot: Port {port} is taken by another program:")
    assert f"PORT={port + 1 if port < 65535 else 8000}" in said
    assert "Traceback" not in said


def test_day_that_is_no_date_is_said_in_one_sentence(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("FOLKMOOT_VAR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'db.sqlite3'}")
    monkeypatch.setenv("FOLKMOOT_AT", "")
    monkeypatch.setenv("FOLKMOOT_DEMONSTRATION", "")
    from django.conf import settings

    monkeypatch.setattr(settings, "FOLKMOOT_AT", "1 December")
    result = runner.invoke(app, ["demo", "--at", "1 December", "--load-only"])
    assert result.exit_code == 1
    assert "'1 December' is not a date: write it like 2021-12-01." in result.stderr
