"""Redaction as a person types it."""

from __future__ import annotations

import csv
import json

import polars as pl
import pytest
from typer.testing import CliRunner

from folkmoot.cli.main import app

runner = CliRunner()
ANSWERS = (
    "id,answer,note\n"
    '7,"Ring me on 07700 900123, I am Wiremu Tane.",07700 900123\n'
    "8,,empty\n"
    '9,"More lights in the park, please.",\n'
)
HIDDEN = "Ring me on [phone number removed], I am [name removed]."


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "answers.csv"
    path.write_text(ANSWERS)
    return path


def redact(file, *more: str):
    return runner.invoke(app, ["redact", str(file), "--text", "answer", *more])


def test_the_table_comes_back_with_marks_and_every_row(file, tmp_path):
    out = tmp_path / "out.csv"
    result = redact(file, "--out", str(out))
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(out.open()))
    assert [row["id"] for row in rows] == ["7", "8", "9"]
    assert [row["answer"] for row in rows] == [HIDDEN, "", "More lights in the park, please."]
    assert rows[0]["note"] == "07700 900123"
    assert "2 personal details in 1 of 3 rows." in result.stdout
    assert "Only “answer” is redacted" in result.stderr
    assert "Wiremu" not in result.output


def test_json_says_where_and_not_what(file):
    result = redact(file, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["rows"] == 3
    assert found["kinds"] == {"name": 1, "phone number": 1}
    assert found["findings"][0] == {"row": 1, "kind": "phone number", "start": 11, "end": 23}
    assert "07700" not in result.stdout


def test_what_was_found_goes_to_a_file_of_its_own_when_asked(file, tmp_path):
    findings = tmp_path / "found.csv"
    result = redact(file, "--findings", str(findings))
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(findings.open()))
    assert [row["kind"] for row in rows] == ["phone number", "name"]
    assert [row["text"].removeprefix("'") for row in rows] == ["07700 900123", "Wiremu Tane"]
    assert "Keep it under lock" in result.stderr


def test_missing_answers_of_a_parquet_file_stay_missing(tmp_path):
    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pl.DataFrame({"answer": [None, "PC Shah came"], "n": [1, 2]}).write_parquet(path)
    assert redact(path, "--out", str(out)).exit_code == 0
    assert pl.read_parquet(out).to_dicts() == [
        {"answer": None, "n": 1},
        {"answer": "[name removed] came", "n": 2},
    ]


def test_wrong_columns_and_files_are_said_in_one_sentence(file, tmp_path):
    wrong = runner.invoke(app, ["redact", str(file), "--text", "reply"])
    assert wrong.exit_code == 1
    assert "There is no column “reply”: the columns are id, answer, note." in wrong.stderr
    same = redact(file, "--findings", str(file))
    assert same.exit_code == 1
    assert "needs a file of its own" in same.stderr
    assert file.read_text() == ANSWERS
    (tmp_path / "empty.csv").write_text("")
    empty = runner.invoke(app, ["redact", str(tmp_path / "empty.csv"), "--text", "a"])
    assert empty.exit_code == 1
    assert len(empty.stderr.strip().splitlines()) == 1
