"""Weighting as a person types it."""

from __future__ import annotations

import csv
import io
import json

import polars as pl
import pytest
from typer.testing import CliRunner

from folkmoot.cli.main import app
from folkmoot.cli.tables import read_table

runner = CliRunner()
SAMPLE = "id,age,sex,w\n" + "".join(
    f"{at},{age},{sex},{1 + at % 2}\n"
    for at, (age, sex) in enumerate(
        [("16-34", "f")] * 2 + [("16-34", "m")] * 3 + [("35+", "f")] * 9 + [("35+", "m")] * 6
    )
)
TARGETS = "variable,level,target\nage,16-34,40%\nage,35+,60%\nsex,f,51\nsex,m,49\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "sample.csv").write_text(SAMPLE)
    (tmp_path / "targets.csv").write_text(TARGETS)
    return tmp_path


def weigh(files, *more: str):
    return runner.invoke(
        app,
        ["weigh", str(files / "sample.csv"), "--targets", str(files / "targets.csv"), *more],
    )


def test_the_sample_comes_back_with_weights_that_meet_the_margins(files):
    out = files / "out.csv"
    result = weigh(files, "--out", str(out))
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    assert [row["id"] for row in rows] == [str(at) for at in range(20)]
    weights = [float(row["weight"]) for row in rows]
    assert sum(weights) == pytest.approx(20)
    young = sum(w for w, row in zip(weights, rows, strict=True) if row["age"] == "16-34")
    women = sum(w for w, row in zip(weights, rows, strict=True) if row["sex"] == "f")
    assert (young, women) == pytest.approx((8, 10.2))
    assert "all margins are met" in result.stdout
    assert "Design effect 1." in result.stdout
    assert result.stderr == f"{out} written: 20 rows.\n"


def test_json_is_one_object_and_nothing_else(files):
    result = weigh(
        files, "--json", "--design-weight", "w", "--cap", "5", "--out", str(files / "o.xlsx")
    )
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert found["rows"] == 20
    assert found["converged"] is True
    assert found["unmatched"] == []
    assert 20 / found["effective_sample_size"] == pytest.approx(found["design_effect"])
    age = found["variables"][0]
    assert (age["variable"], age["targets_read_as"], age["unknown"]) == ("age", "percentages", 0)
    assert [level["level"] for level in age["levels"]] == ["16-34", "35+"]
    assert age["levels"][0]["weighted_share"] == pytest.approx(0.4)
    assert read_table(files / "o.xlsx").height == 20


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet", ".tsv"])
def test_every_format_gives_the_same_weights(files, suffix):
    weigh(files, "--out", str(files / "one.csv"))
    sample = files / f"sample{suffix}"
    assert weigh(files, "--column", "v", "--out", str(sample)).exit_code == 0
    again = runner.invoke(
        app,
        [
            "weigh",
            str(sample),
            "--targets",
            str(files / "targets.csv"),
            "--out",
            str(files / "b.csv"),
        ],
    )
    assert again.exit_code == 0, again.output
    assert read_table(files / "b.csv")["weight"].equals(read_table(files / "one.csv")["weight"])


def test_numbers_in_a_typed_file_match_levels_that_are_text(files):
    pl.DataFrame({"age": [16.0, 35.0, 35.0]}).write_parquet(files / "typed.parquet")
    (files / "t.csv").write_text('Variable,Level,Target\nage,16,"4,000"\nage,35,"6,000"\n')
    result = runner.invoke(
        app, ["weigh", str(files / "typed.parquet"), "--targets", str(files / "t.csv"), "--json"]
    )
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["variables"][0]["targets_read_as"] == "counts"


def test_what_cannot_be_matched_is_said_and_marked(files):
    result = weigh(files, "--cap", "1.2", "--json")
    assert result.exit_code == 0
    assert "Not matched: “age”, “16-34” has" in result.stderr
    assert "as 5 respondents cannot reach it under the cap." in result.stderr
    found = json.loads(result.stdout)
    assert found["converged"] is False
    assert found["unmatched"][0]["level"] == "16-34"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (TARGETS + "age,80+,0.1\n", "No respondent has “80+” of “age”, whose target is 0.1"),
        (TARGETS.replace("age,35+,60%\n", ""), "without a target: “35+” (15)"),
        (TARGETS.replace("60%", "50%"), "The targets of “age” sum to 90"),
        (TARGETS.replace("60%", "many"), "row 3: the target “many” is no number"),
        (TARGETS + "age,35+,60\n", "row 6: “age”, “35+” has a target already"),
        (TARGETS.replace("sex", "gender"), "no column “gender”: the columns are id, age, sex, w"),
        ("variable,target\nage,1\n", "has no column “level”: targets are a table"),
        ("", "“targets.csv” is empty"),
    ],
)
def test_targets_that_do_not_fit_are_one_sentence_and_no_file(files, changed, said):
    (files / "targets.csv").write_text(changed)
    result = weigh(files, "--json", "--out", str(files / "out.csv"))
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
    assert not (files / "out.csv").exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--design-weight", "none"), "There is no column “none”"),
        (("--design-weight", "age"), "Row 2 of the sample: the design weight “16-34” is no number"),
        (("--column", "id"), "has a column “id” already: name another with --column"),
        (("--cap", "1"), "not above 1, the mean weight"),
        (("--out", "nowhere/out.csv"), "There is no folder"),
        (("--out", "out.ods"), "does not end in .csv"),
    ],
)
def test_options_that_cannot_be_are_one_sentence(files, more, said):
    result = weigh(files, *more)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""


def test_empty_cells_are_levels_that_are_not_known(files):
    (files / "sample.csv").write_text(SAMPLE + "20,,f,1\n")
    result = weigh(files, "--json")
    found = json.loads(result.stdout)
    assert (found["rows"], found["variables"][0]["unknown"]) == (21, 1)
    assert "“age” is not known of 1 of 21 respondents" in result.stderr
