"""Control charts as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from tests.core.spc.published import (
    ASSURANCE,
    LIMITS,
    MARKED_IN_NHSPY,
    TREND,
    LimitsCase,
)
from typer.testing import CliRunner

from folkmoot.cli.main import app
from folkmoot.core.periods import Month, month_range

runner = CliRunner()
QUIET = [100, 120] * 10


FIRST = Month(2022, 1)


def months(number: int) -> list[str]:
    return [str(month) for month in month_range(FIRST, FIRST.shift(number - 1))]


def written(folder: Path, values: list[object], name: str = "figures.csv") -> Path:
    path = folder / name
    lines = [f'{month},"{value}"' for month, value in zip(months(len(values)), values, strict=True)]
    path.write_text("\n".join(["month,thefts", *lines]) + "\n")
    return path


def spc(path: Path, *more: str):
    return runner.invoke(app, ["spc", str(path), "--period", "month", "--value", "thefts", *more])


def result_of(path: Path, *more: str) -> dict:
    result = spc(path, "--json", *more)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("case", LIMITS, ids=lambda case: case.name)
def test_every_published_case_of_limits_comes_out(case: LimitsCase, tmp_path: Path) -> None:
    screen = "--screen" if case.screened else "--no-screen"
    found = result_of(written(tmp_path, list(case.values)), screen)
    (segment,) = found["segments"]
    assert segment["mean"] == pytest.approx(case.mean, abs=case.tolerance)
    assert segment["lower"] == pytest.approx(case.lower, abs=case.tolerance)
    assert segment["upper"] == pytest.approx(case.upper, abs=case.tolerance)
    assert (segment["first"], segment["last"]) == ("2022-01", months(len(case.values))[-1])
    if case.name == "nhspy demo":
        marked = [place for place, point in enumerate(found["points"]) if point["signals"]]
        assert marked == list(MARKED_IN_NHSPY)


def test_every_published_trend_comes_out(tmp_path: Path) -> None:
    for values, marks in TREND:
        if len(values) > 1:
            points = result_of(written(tmp_path, list(values)))["points"]
            trend = [
                place for place, each in enumerate(points) if "seven_point_trend" in each["signals"]
            ]
            assert bool(trend) == any(marks)


@pytest.mark.parametrize(("lower", "upper", "target", "increase", "decrease"), ASSURANCE)
def test_every_published_case_of_assurance_comes_out(
    lower: float, upper: float, target: float, increase: str, decrease: str, tmp_path: Path
) -> None:
    # Two values whose limits are those: the mean and 2.66 times their distance.
    mean, half = (lower + upper) / 2, (upper - lower) / 2 / 2.66 / 2
    path = written(tmp_path, [mean - half, mean + half])
    for improvement, expected in (
        ("increase", increase),
        ("decrease", decrease),
        ("neutral", None),
    ):
        found = result_of(path, "--target", str(target), "--improvement", improvement)
        assert found["segments"][0]["lower"] == pytest.approx(lower)
        assert found["assurance"] == expected


def test_the_reading_stands_below_a_readable_table(tmp_path: Path) -> None:
    result = spc(written(tmp_path, [*QUIET, 400]), "--improvement", "decrease", "--target", "90")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["Period", "thefts", "Lower", "Average", "Upper", "Reading"]
    assert lines[-3].split()[:5] == ["2023-09", "400", "37", "124", "211"]
    assert lines[-1] == (
        "Thefts: 400 in September 2023. Above its usual range of 37 to 211, this month alone: "
        "a real change for the worse, not chance. The target of 90 was missed in September 2023, "
        "and at its usual level would be met only by luck."
    )
    assert result.stderr == ""


def test_json_has_segments_points_and_assurance(tmp_path: Path) -> None:
    found = result_of(
        written(tmp_path, [*[100, 300] * 10, 900]), "--improvement", "decrease", "--target", "900"
    )
    assert found["assurance"] == "consistent_pass"
    assert found["points"][0] == {
        "period": "2022-01",
        "value": 100,
        "mean": pytest.approx(4900 / 21),
        "lower": pytest.approx(4900 / 21 - 2.66 * 220),
        "upper": pytest.approx(4900 / 21 + 2.66 * 220),
        "signals": [],
        "side": None,
        "variation": "common_cause",
    }
    last = found["points"][-1]
    assert (last["signals"], last["side"], last["variation"]) == (
        ["outside_limits"],
        "high",
        "concern",
    )
    assert found["reading"].startswith("Thefts: 900 in September 2023.")


@pytest.mark.parametrize(
    "options",
    [
        ["--rebase", "2022-07", "--rebase", "2023-01"],
        ["--rebase", "2022-07", "2023-01"],
        ["--rebase", "July 2022", "--rebase", "2023/01"],
    ],
)
def test_limits_are_counted_anew_where_it_is_said(options: list[str], tmp_path: Path) -> None:
    found = result_of(written(tmp_path, [10, 12] * 3 + [50, 52] * 3 + [90, 92] * 6), *options)
    assert [(each["first"], each["last"], each["mean"]) for each in found["segments"]] == [
        ("2022-01", "2022-06", 11),
        ("2022-07", "2022-12", 51),
        ("2023-01", "2023-12", 91),
    ]
    assert "The usual range is counted anew from January 2023." in found["reading"]


def test_a_baseline_gives_the_limits(tmp_path: Path) -> None:
    found = result_of(written(tmp_path, [10, 12] * 6 + [50] * 3), "--baseline", "12")
    assert found["segments"][0]["mean"] == 11
    assert found["points"][-1]["signals"] == ["outside_limits"]


def test_workbooks_and_parquet_are_read_as_csv_is(tmp_path: Path) -> None:
    expected = result_of(written(tmp_path, QUIET))
    book = openpyxl.Workbook()
    book.active.append(["month", "thefts"])
    days = [month.first_day for month in month_range(Month(2022, 1), Month(2023, 8))]
    for day, value in zip(days, QUIET, strict=True):
        book.active.append([day, value])
    book.save(tmp_path / "figures.xlsx")
    frame = pl.DataFrame({"month": days, "thefts": QUIET})
    frame.write_parquet(tmp_path / "figures.parquet")
    for name in ("figures.xlsx", "figures.parquet"):
        found = result_of(tmp_path / name)
        assert found["reading"] == expected["reading"]
        assert [each["value"] for each in found["points"]] == QUIET


def test_rows_in_any_order_are_read_in_that_of_their_periods(tmp_path: Path) -> None:
    path = written(tmp_path, QUIET)
    header, *lines = path.read_text().splitlines()
    path.write_text("\n".join([header, *reversed(lines)]))
    found = result_of(path)
    assert [each["period"] for each in found["points"]] == months(20)
    assert "in the order of their periods" in found["notes"][0]


def test_figures_keep_their_decimals(tmp_path: Path) -> None:
    result = spc(written(tmp_path, [10.5, "11.25"] * 7))
    assert (
        "Thefts: 11.25 in February 2023. Within its usual range of 8.88 to 12.87" in result.stdout
    )


def test_figures_below_zero_are_read_and_said(tmp_path: Path) -> None:
    result = spc(written(tmp_path, [-1, 2] * 7))
    assert result.exit_code == 0
    assert "7 of 14 figures are below zero: if they are counts, the table is wrong." in (
        result.stderr
    )
    assert "usual range of \N{MINUS SIGN}7 to 8" in result.stdout


def test_periods_without_a_figure_at_the_ends_are_left_out_and_said(tmp_path: Path) -> None:
    found = result_of(written(tmp_path, ["", *QUIET, ""]))
    assert len(found["points"]) == 20
    assert found["notes"] == ["Left out, as there is no figure at the end: 2022-01, 2023-10."]


def test_a_target_for_a_neutral_measure_is_said_to_be_unused(tmp_path: Path) -> None:
    result = spc(written(tmp_path, QUIET), "--target", "100")
    assert result.exit_code == 0
    assert "give --improvement increase or decrease" in result.stderr


BAD_CELLS = {
    "many": "is no number",
    "1,234": "has a separator of thousands, or a decimal comma",
    "1 234": "has a separator of thousands",
    "12,5": "has a decimal comma: write 12.5.",
    "12%": "is no number",
    "inf": "is no number",
    "nan": "is no number",
    "[x]": "is no number",
}


@pytest.mark.parametrize(("cell", "sentence"), BAD_CELLS.items())
def test_a_cell_that_is_no_figure_is_refused_with_its_row(
    cell: str, sentence: str, tmp_path: Path
) -> None:
    result = spc(written(tmp_path, [10, 11, cell, 12]))
    assert result.exit_code == 1
    assert f"Row 4, column “thefts”: “{cell}” {sentence}" in result.stderr
    assert result.stdout == ""


def changed(folder: Path, change) -> Path:
    path = written(folder, QUIET)
    lines = path.read_text().splitlines()
    change(lines)
    path.write_text("\n".join(lines))
    return path


CHANGES = {
    "a missing month": (
        lambda lines: lines.pop(5),
        "Between “2022-04” (row 5) and “2022-06” (row 6) a month is missing",
    ),
    "missing months": (
        lambda lines: lines.__delitem__(slice(5, 8)),
        "Between “2022-04” (row 5) and “2022-08” (row 6) 3 months are missing",
    ),
    "a month without a figure": (
        lambda lines: lines.__setitem__(5, "2022-05,"),
        "Row 6: there is no figure for “2022-05”, and what is missing is not zero",
    ),
    "a month twice": (
        lambda lines: lines.append("May 2022,7"),
        "“May 2022” stands in row 6 and in row 22",
    ),
    "a month misspelt": (
        lambda lines: lines.__setitem__(5, "Mai 2022,7"),
        "Row 6, column “month”: “Mai 2022” is no period",
    ),
    "a month not named": (
        lambda lines: lines.__setitem__(5, ",7"),
        "Row 6: the column “month” is empty",
    ),
    "one point": (lambda lines: lines.__delitem__(slice(2, None)), "There is one figure"),
    "no figure": (
        lambda lines: lines.__setitem__(slice(1, None), ["2022-01,"]),
        "There is no figure",
    ),
    "a header alone": (lambda lines: lines.__delitem__(slice(1, None)), "has a header and no rows"),
    "a row cut off": (lambda lines: lines.append("2023-09"), "the row has 1 cells"),
    "a mark of quotation left open": (
        lambda lines: lines.__setitem__(9, '2022-09,"100'),
        "figures.csv",
    ),
}


@pytest.mark.parametrize(("change", "sentence"), CHANGES.values(), ids=CHANGES)
def test_a_table_that_is_not_sound_is_refused_in_a_sentence(change, sentence, tmp_path) -> None:
    result = spc(changed(tmp_path, change))
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--rebase", "2031-01"], "There is no period “2031-01” to rebase at: name one from"),
        (["--rebase", "soon"], "There is no period “soon” to rebase at"),
        (["--rebase", "2023-08"], "counted anew from “2023-08” would rest on one figure"),
        (["--rebase", "2022-05", "--rebase", "2022-06"], "anew from “2022-05” would rest on one"),
        (["--baseline", "30"], "first 30 periods, and there are 20"),
        (["--target", "nan"], "The target is no number"),
        (["other.csv"], "“other.csv” is a second"),
    ],
)
def test_options_that_do_not_fit_the_table_are_refused(
    options: list[str], sentence: str, tmp_path: Path
) -> None:
    result = spc(written(tmp_path, QUIET), *options)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("none.csv", None, "is not there"),
        ("empty.csv", b"", "is empty"),
        ("cut.parquet", b"PAR1\x15\x04\x15", "broken, cut short"),
        ("cut.xlsx", b"PK\x03\x04\x14\x00", "cut.xlsx"),
        ("page.pdf", b"%PDF-1.7", "does not end in .csv"),
    ],
)
def test_files_that_are_no_table_are_refused(
    name: str, content: bytes | None, sentence: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    result = spc(path)
    assert result.exit_code == 1
    assert sentence in result.stderr


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    path = written(tmp_path, QUIET)
    for option in ("--period", "--value"):
        result = spc(path, option, "year")
        assert result.exit_code == 1
        assert "There is no column “year”: the columns are month, thefts." in result.stderr
