"""What people and programs put into a column of answers: every row comes out, in order.

`folkmoot themes` has the same cases in `test_themes.py`.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from folkmoot.cli.main import app

runner = CliRunner()
MANY = 200_000
ODD = {
    "one answer": ["More officers on foot in the park"],
    "all alike": ["More officers on foot in the park"] * 40,
    "nothing written": [""] * MANY,
    "other languages": [
        "Więcej policji na ulicach wieczorem proszę",
        "我们社区需要更多的巡逻警察",
        "نريد المزيد من رجال الشرطة في الشارع",
    ],
    "mark-up": ["<p class='x'>More <b>police</b></p><script>alert(1)</script>", "a < b & c > d"],
    "a megabyte": ["police in the park " * 55_000],
    "a formula": ["=HYPERLINK(1)", "+44 is a country", "-1", "@ noon"],
    "lines and quotes": ['two\nlines, and "quotes"', "a; semicolon", "\ttab"],
}
CODED = [
    (f"{said} by number {at}", code)
    for at in range(14)
    for said, code in (
        ("police officers on foot in the park", "Patrols"),
        ("it is too loud at night in the square", "noise"),
        ("no street lamp and no police in the lane", "Lights; patrols"),
    )
]


def write(path: Path, rows: list[tuple[str, str]]) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("answer", "codes"), *rows])
    return path


def read(path: Path) -> list[dict[str, str]]:
    csv.field_size_limit(10_000_000)
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("odd", list(ODD.values()), ids=list(ODD))
def test_redaction_keeps_every_row_in_its_place(tmp_path: Path, odd: list[str]) -> None:
    named = [*odd, "I am Wiremu Tane"]
    path = write(tmp_path / "a.csv", [(answer, str(row)) for row, answer in enumerate(named)])
    out = tmp_path / "out.csv"
    result = runner.invoke(app, ["redact", str(path), "--text", "answer", "--out", str(out)])
    assert result.exit_code == 0, result.output
    rows = read(out)
    assert [row["codes"] for row in rows] == [str(row) for row in range(len(named))]
    assert [row["answer"].removeprefix("'") for row in rows] == [*odd, "I am [name removed]"]


@pytest.mark.parametrize("odd", list(ODD.values()), ids=list(ODD))
def test_coding_keeps_every_row_and_says_how_each_stands(tmp_path: Path, odd: list[str]) -> None:
    path = write(tmp_path / "a.csv", [*CODED, *((answer, "") for answer in odd)])
    out = tmp_path / "out.csv"
    command = ["code", str(path), "--text", "answer", "--codes", "codes", "--out", str(out)]
    result = runner.invoke(app, command)
    assert result.exit_code == 0, result.output
    rows = read(out)
    assert [row["answer"].removeprefix("'") for row in rows] == [
        *(answer for answer, _ in CODED),
        *odd,
    ]
    assert {row["coding_status"] for row in rows[: len(CODED)]} == {"coded"}
    for row in rows[len(CODED) :]:
        is_suggested = row["coding_status"] == "suggested"
        assert bool(row["suggested_codes"]) == is_suggested
        assert is_suggested or row["coding_status"] in ("empty", "cannot tell")
    assert "“Patrols” and “patrols” are treated as one code" in result.stderr
