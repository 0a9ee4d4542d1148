"""Assisted coding as a person types it."""

from __future__ import annotations

import csv
import json

import pytest
from typer.testing import CliRunner

from folkmoot.cli.main import app

runner = CliRunner()
SAYINGS = {
    "Patrols": "police officers on foot in the {}",
    "Noise": "it is too loud at night in the {}",
    "Lights; Patrols": "street lamps are broken and no police in the {}",
}
PLACES = ["park", "square", "lane", "market", "station", "estate", "yard", "school"]


def table(coded: int = 40, spare: int = 8) -> list[tuple[str, str, str]]:
    """Return rows of id, answer and codes, the last of which nobody coded."""
    kinds = list(SAYINGS)
    rows = []
    for at in range(coded + spare):
        kind = kinds[at % 3]
        answer = SAYINGS[kind].format(f"{PLACES[at % 8]} by number {at}")
        rows.append((str(at + 100), answer, kind if at < coded else ""))
    return rows


def write(path, rows):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("id", "answer", "codes"), *rows])
    return path


@pytest.fixture
def file(tmp_path):
    rows = table()
    rows[3] = (*rows[3][:2], "patrols")
    rows[-1] = ("147", "", "")
    return write(tmp_path / "answers.csv", rows)


def code(file, *more: str):
    return runner.invoke(app, ["code", str(file), "--text", "answer", "--codes", "codes", *more])


def test_suggestions_stand_in_columns_of_their_own_and_every_row_comes_back(file, tmp_path):
    out = tmp_path / "out.csv"
    result = code(file, "--out", str(out))
    assert result.exit_code == 0, result.output
    before, after = list(csv.DictReader(file.open())), list(csv.DictReader(out.open()))
    kept = [{name: row[name] for name in ("id", "answer", "codes")} for row in after]
    assert kept == before
    assert [row["coding_status"] for row in after] == (
        ["coded"] * 40 + ["suggested"] * 7 + ["empty"]
    )
    assert {row["suggested_codes"] for row in after[:40]} == {""}
    assert after[40]["suggested_codes"] == "Noise"
    assert set(after[41]["suggested_codes"].split("; ")) == {"Lights", "Patrols"}
    assert 0.5 < float(after[40]["suggested_probabilities"]) <= 1
    assert after[40]["suggested_because"].startswith("Noise: “")
    assert "like rows " in after[40]["suggested_because"]
    assert "“Patrols” and “patrols” are treated as one code." in result.stderr
    assert "Nothing is accepted" in result.stderr
    assert "F1 by answer" in result.stdout


def test_json_is_one_object_and_says_how_good_the_suggestions_are(file):
    result = code(file, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["rows"], found["coded"], found["suggested"], found["empty"]) == (48, 40, 7, 1)
    assert {each["name"]: each["answers"] for each in found["codes"]} == {
        "Patrols": 27,
        "Noise": 13,
        "Lights": 13,
    }
    quality = found["quality"]
    assert quality["samples_f1"]["lower"] <= quality["samples_f1"]["value"]
    assert quality["reliability"]
    first = found["suggestions"][0]
    assert (first["row"], first["status"]) == (41, "suggested")
    assert all(near <= 40 for near in first["codes"][0]["nearest"])


def test_the_same_file_gives_the_same_bytes(file, tmp_path):
    outs = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for out in outs:
        assert code(file, "--out", str(out)).exit_code == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()


def nobody_coded(rows):
    return [(*row[:2], "") for row in rows]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (nobody_coded(table()), "No row is coded"),
        (table(coded=12), "Only 12 rows are coded"),
        (table(spare=0), "Every row has codes in “codes” already"),
        ([(*row[:2], "Noise") for row in table()], "Only one code is used, “Noise”"),
    ],
    ids=["no row coded", "too few", "everything coded", "one code"],
)
def test_what_cannot_be_learnt_is_said_in_one_sentence(tmp_path, rows, says):
    out = tmp_path / "out.csv"
    result = code(write(tmp_path / "answers.csv", rows), "--out", str(out))
    assert result.exit_code == 1
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert not out.exists()


def test_columns_that_are_not_there_or_in_the_way_are_named(file, tmp_path):
    wrong = runner.invoke(app, ["code", str(file), "--text", "reply", "--codes", "codes"])
    assert wrong.exit_code == 1
    assert "There is no column “reply”: the columns are id, answer, codes." in wrong.stderr
    out = tmp_path / "out.csv"
    assert code(file, "--out", str(out)).exit_code == 0
    again = code(out)
    assert again.exit_code == 1
    assert "has a column “coding_status” already" in again.stderr
    (tmp_path / "empty.csv").write_text("")
    empty = code(tmp_path / "empty.csv")
    assert empty.exit_code == 1
    assert "empty" in empty.stderr
