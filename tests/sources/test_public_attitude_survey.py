"""The attitude survey: shares, quarters, London's figure, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.sources.errors import SourceError
from folkmoot.sources.public_attitude_survey import SERIES
from folkmoot.sources.registry import read

LONDON = "E12000007"


def refused(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read([path])
    return caught.value


def test_shares_are_read_for_boroughs_and_london(survey_file):
    file = survey_file()
    place = next(
        place for place, line in enumerate(file.lines) if "30/9/2023,PAS,Camden,Trust" in line
    )
    file.lines[place] = file.lines[place].replace('"0,36"', '"0,94"')
    table = read([file.write()])
    trust = table.observations.filter(
        (pl.col("series") == "trust-in-the-police") & (pl.col("period") == "2023-09")
    )
    shares = {
        name: (share, base)
        for name, share, base in trust.select("area_name", "value", "base").rows()
    }
    assert shares["Camden"] == (0.94, 400.0)
    assert shares["London"] == (0.41, 3200.0)
    assert "Westminster" in shares
    assert len(shares) == 33
    assert (table.first_period, table.last_period) == ("2023-09", "2023-12")
    assert all(series.is_rolling for series in table.source.series)


def test_a_decimal_point_and_whole_shares_are_read(survey_file):
    file = survey_file()
    plain = read([file.write()]).observations
    file.lines = [
        line.replace('"0,', "0.").replace('",', ",") if '""' not in line else line
        for line in file.lines
    ]
    assert read([file.write()]).observations.equals(plain)


def test_a_stray_note_in_an_unnamed_column_is_left_alone(survey_file):
    file = survey_file()
    plain = read([file.write()]).observations
    file.lines[5] = file.lines[5][: -len(",,")] + ',Trust,"0,71"'
    assert read([file.write()]).observations.equals(plain)


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("Date", "12/31/2023", "'12/31/2023' is not the last day of a quarter"),
        ("Date", "2023-12-31", "'2023-12-31' is not the last day of a quarter"),
        ("Date", "30/11/2023", "'30/11/2023' is not the last day of a quarter"),
        ("Survey", "USS", "'USS' is another survey than PAS"),
        ("Borough", "Croydn", "'Croydn' is not a borough that the survey covers"),
        ("Borough", "City of London", "'City of London' is not a borough that the survey covers"),
        ("Measure", "Courtesy", "'Courtesy' is not a measure that Folkmoot knows"),
        ("Proportion", "56", "'56' is not a share between 0 and 1"),
        ("Proportion", '"1,2"', "'1,2' is not a share between 0 and 1"),
        ("Proportion", '"-0,2"', "'-0,2' is not a share between 0 and 1"),
        ("Proportion", "", "the share is empty"),
        ("MPS", "x", "'x' is not a share between 0 and 1"),
    ],
)
def test_a_bad_cell_is_refused_with_its_place(survey_file, column, cell, problem):
    file = survey_file()
    cells = ["31/12/2023", "PAS", "Camden", "Trust MPS", '"0,5"', '"0,41"', "", "", "", ""]
    cells[["Date", "Survey", "Borough", "Measure", "Proportion", "MPS"].index(column)] = cell
    place = next(i for i, line in enumerate(file.lines) if "31/12/2023,PAS,Camden,Trust" in line)
    file.lines[place] = ",".join(cells)
    error = refused(file.write())
    assert (error.problem, error.row, error.column) == (problem, place + 1, column)


def test_an_unquoted_decimal_comma_is_refused(survey_file):
    file = survey_file()
    file.lines[5] = file.lines[5].replace('"', "")
    error = refused(file.write())
    assert error.row == 6


def test_a_repeated_row_is_refused(survey_file):
    file = survey_file()
    file.lines.append(file.lines[5])
    error = refused(file.write())
    assert error.row == len(file.lines)
    assert "is there twice" in error.problem


def test_two_figures_for_london_are_refused(survey_file):
    file = survey_file()
    file.lines[5] = file.lines[5].replace('"0,40"', '"0,44"')
    error = refused(file.write())
    assert (error.row, error.column) == (6, "MPS")


def test_a_missing_borough_is_refused(survey_file):
    file = survey_file()
    del file.lines[5]
    assert "no row for" in refused(file.write()).problem


def test_a_missing_quarter_is_refused(survey_file):
    error = refused(survey_file(["31/3/2023", "30/6/2023", "31/12/2023"]).write())
    assert "for the quarter to September 2023" in error.problem


@pytest.mark.parametrize("name", ["Share", "Percent"])
def test_a_renamed_column_is_refused(survey_file, name):
    file = survey_file()
    file.lines[0] = file.lines[0].replace("Proportion", name)
    error = refused(file.write())
    assert (error.row, error.column) == (1, name)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(min_value=0, max_value=1, exclude_max=True))
def test_a_file_cut_off_anywhere_is_refused(survey_file, tmp_path, share):
    whole = survey_file().write().read_bytes()
    cut = tmp_path / "cut.csv"
    cut.write_bytes(whole[: int(len(whole) * share)])
    assert refused(cut).file == "cut.csv"


def test_real_survey_gives_every_cell_of_the_file(shared_data):
    path = shared_data / "public-attitude-survey" / "PAS_Dashboard_Borough.csv"
    table = read([path])
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    boroughs = table.observations.filter(pl.col("area_code") != LONDON)
    assert boroughs.height == len(rows) == 9312
    assert sorted(boroughs["value"]) == sorted(float(row[4].replace(",", ".")) for row in rows)
    key_of = {series.categories[0]: series.key for series in SERIES}
    totals = {}
    for day, _, _, measure, _, share, *_ in rows:
        _, month, year = day.split("/")
        totals[key_of[measure], f"{year}-{int(month):02}"] = float(share.replace(",", "."))
    london = table.observations.filter(pl.col("area_code") == LONDON)
    assert {(row[0], row[3]): row[4] for row in london.iter_rows()} == totals
    assert (table.first_period, table.last_period) == ("2014-12", "2023-12")


def test_real_trust_begins_five_quarters_later(shared_data):
    table = read([shared_data / "public-attitude-survey" / "PAS_Dashboard_Borough.csv"])
    trust = table.observations.filter(pl.col("series") == "trust-in-the-police")
    assert trust["period"].min() == "2016-03"


def test_what_is_odd_about_a_sound_file_is_told(survey_file):
    file = survey_file()
    place = next(at for at, line in enumerate(file.lines) if ",Camden," in line)
    file.lines[place] = file.lines[place].removesuffix(",,,,") + ",,look again,,"
    file.lines[1] = file.lines[1].replace('"0,30"', "0.30")
    table = read([file.write()])
    notes = "\n".join(table.notes)
    assert f"Decimals are written with a comma in {len(file.lines) - 1:,} rows" in notes
    assert "and with a point in 1, and read as such" in notes
    assert "4 columns without a name follow the last" in notes
    assert f"Row {place + 1} has a note in a column without a name, left alone: “look again”." in (
        notes
    )
    assert "Westminster is written “City of Westminster”." in notes
    assert "400 a borough and 3,200 for London" in notes
    assert "give --released" in notes


def test_a_measure_that_begins_later_is_told(survey_file):
    file = survey_file(("30/6/2023", "30/9/2023"))
    file.lines = [
        line for line in file.lines if not ("Trust MPS" in line and line.startswith("30/6"))
    ]
    notes = "\n".join(read([file.write()]).notes)
    assert "Trust in the police begins in September 2023, and the file in June 2023" in notes
