"""Borough crime: the definition of each series, and what is refused."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.sources.errors import SourceError
from folkmoot.sources.mps_categories import SERIES
from folkmoot.sources.registry import read

LONDON = "E12000007"
WESTMINSTER = "E09000033"


def slow_sums(paths: list[Path]) -> dict[tuple[str, str, str], float]:
    """Return London's figure of each series and month by plain addition of cells."""
    sums: dict[tuple[str, str, str], float] = defaultdict(float)
    for path in paths:
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for series in SERIES:
                    wanted = {name.upper() for name in series.categories}
                    if wanted and row["MinorText"].upper() not in wanted:
                        continue
                    for column, cell in row.items():
                        if column.isdigit():
                            sums[series.key, LONDON, f"{column[:4]}-{column[4:]}"] += int(cell)
    return dict(sums)


def london(observations: pl.DataFrame) -> dict[tuple[str, str, str], float]:
    rows = observations.filter(pl.col("area_code") == LONDON)
    return {(row[0], row[1], row[3]): row[4] for row in rows.iter_rows()}


def value(observations: pl.DataFrame, series: str, code: str, period: str) -> float | None:
    cell = observations.filter(
        (pl.col("series") == series) & (pl.col("area_code") == code) & (pl.col("period") == period)
    )
    return cell["value"].item() if cell.height else None


def refused(*paths: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(list(paths))
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert sentence.startswith(caught.value.file)
    return caught.value


@pytest.mark.parametrize("old", [True, False])
def test_both_files_of_a_release_are_spliced(crime_file, old):
    first = crime_file(["202211", "202212"], old=old, name="history.csv").write()
    second = crime_file(["202301"], old=old, name="recent.csv").write()
    table = read([second, first])
    assert (table.first_period, table.last_period) == ("2022-11", "2023-01")
    assert [file.name for file in table.files] == ["history.csv", "recent.csv"]
    assert london(table.observations) == slow_sums([first, second])
    assert table.observations["value"].null_count() == 0


def test_each_area_of_a_series_adds_up_to_london(crime_file):
    table = read([crime_file(["202501", "202502"]).write()])
    areas = table.observations.filter(pl.col("area_code") != LONDON)
    sums = areas.group_by("series", "period").agg(pl.col("value").sum()).iter_rows()
    assert {(series, LONDON, period): total for series, period, total in sums} == london(
        table.observations
    )
    assert {area.kind for area in table.areas} == {"total", "borough", "pseudo"}
    assert sum(area.kind == "borough" for area in table.areas) == 32


def test_burglary_counts_old_and_new_wording_of_homes(crime_file):
    file = crime_file(["202402"])
    for minor, count in {
        "BURGLARY - RESIDENTIAL": 193,
        "BURGLARY IN A DWELLING": 2789,
        "BURGLARY BUSINESS AND COMMUNITY": 1433,
    }.items():
        file.set("Westminster", minor, 0, str(count))
    observations = read([file.write()]).observations
    assert value(observations, "burglary", WESTMINSTER, "2024-02") == 193 + 2789 + 1433


def test_arson_is_not_criminal_damage_and_business_robbery_is_not_personal(crime_file):
    file = crime_file(["202402"])
    file.set("Westminster", "ARSON", 0, "7")
    file.set("Westminster", "CRIMINAL DAMAGE", 0, "11")
    file.set("Westminster", "ROBBERY OF PERSONAL PROPERTY", 0, "13")
    file.set("Westminster", "ROBBERY OF BUSINESS PROPERTY", 0, "17")
    observations = read([file.write()]).observations
    assert value(observations, "criminal-damage", WESTMINSTER, "2024-02") == 11
    assert value(observations, "personal-robbery", WESTMINSTER, "2024-02") == 13
    assert value(observations, "robbery", WESTMINSTER, "2024-02") == 30


def test_a_category_left_out_for_an_area_is_zero(crime_file):
    file = crime_file(["202401", "202402"])
    del file.lines[file.row("Westminster", "HOMICIDE")]
    observations = read([file.write()]).observations
    assert value(observations, "homicide", WESTMINSTER, "2024-01") == 0


def test_a_month_that_was_not_published_has_no_figure(crime_file):
    observations = read([crime_file(["202401"]).write()]).observations
    assert value(observations, "homicide", WESTMINSTER, "2024-02") is None


def test_an_area_that_a_file_leaves_out_has_no_figure_in_its_months(crime_file):
    history = crime_file(["202401"], name="history.csv")
    history.lines = [line for line in history.lines if ",Unknown," not in line]
    recent = crime_file(["202402"], name="recent.csv")
    observations = read([history.write(), recent.write()]).observations
    assert value(observations, "burglary", "unknown", "2024-01") is None
    assert value(observations, "burglary", "unknown", "2024-02") is not None


def test_spellings_of_boroughs_are_one(crime_file):
    file = crime_file(["202401"])
    text = [
        line.replace(",Westminster,", ",City of Westminster,").replace(
            ",Richmond upon Thames,", ",Richmond Upon Thames,"
        )
        for line in file.lines
    ]
    plain = read([file.write()]).observations
    file.lines = text
    assert read([file.write()]).observations.equals(plain)


def test_a_gap_between_two_releases_is_named(crime_file):
    history = crime_file(["202201"], old=True, name="history.csv").write()
    recent = crime_file(["202303"], name="recent.csv").write()
    error = refused(history, recent)
    assert "February 2022 to February 2023 are missing" in str(error)
    assert (error.file, error.row, error.column) == ("recent.csv", 1, "202303")


def test_an_overlap_of_two_releases_is_named(crime_file):
    history = crime_file(["202301", "202302", "202303"], name="history.csv").write()
    recent = crime_file(["202302", "202303", "202304"], name="recent.csv").write()
    assert "February 2023 to March 2023 are there twice" in str(refused(history, recent))


def test_a_single_month_of_gap_or_overlap_is_named(crime_file):
    history = crime_file(["202301"], name="history.csv").write()
    after = crime_file(["202303"], name="after.csv").write()
    assert "February 2023 is missing" in str(refused(history, after))
    same = crime_file(["202301", "202302"], name="same.csv").write()
    assert "January 2023 is there twice" in str(refused(history, same))


def test_neighbouring_files_of_different_releases_are_refused(crime_file):
    history = crime_file(["202301"], old=True, name="history.csv").write()
    recent = crime_file(["202302"], name="recent.csv").write()
    error = refused(history, recent)
    assert (error.file, error.row, error.column) == ("recent.csv", 1, "BoroughName")
    assert "different releases" in error.problem


def test_a_third_file_is_refused(crime_file):
    files = [
        crime_file([month], name=f"{month}.csv").write() for month in ("202301", "202302", "202303")
    ]
    assert refused(*files).file == "202303.csv"


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("-4", "the count -4 is negative"),
        ("4.5", "the count 4.5 is not a whole number"),
        ('"4,5"', "the count 4,5 is not a whole number"),
        ('"1,204"', "the count 1,204 has a thousands separator"),
        ("1 204", "the count 1 204 has a thousands separator"),
        ("", "the count is empty"),
        ("n/a", "'n/a' is not a count"),
        ("٣", "'٣' is not a count"),
    ],
)
def test_a_bad_count_is_refused_with_its_place(crime_file, cell, problem):
    file = crime_file(["202401", "202402"])
    line = file.set("Camden", "RAPE", 1, cell)
    error = refused(file.write())
    assert (error.problem, error.row, error.column) == (problem, line, "202402")


def test_an_unquoted_thousands_separator_is_refused(crime_file):
    file = crime_file(["202401", "202402"])
    line = file.set("Camden", "RAPE", 0, "1,204")
    error = refused(file.write())
    assert error.row == line
    assert "thousands separators" in error.remedy


def test_an_unknown_borough_is_refused(crime_file):
    file = crime_file(["202401"])
    place = file.row("Camden", "RAPE")
    file.lines[place] = file.lines[place].replace("Camden", "Camdem")
    error = refused(file.write())
    assert (error.row, error.column) == (place + 1, "BoroughName")
    assert "'Camdem' is not a borough" in error.problem


@pytest.mark.parametrize(
    ("before", "after", "column"),
    [
        ("SEXUAL OFFENCES,RAPE", "SEXUAL OFFENCES,PIRACY", "MinorText"),
        ("SEXUAL OFFENCES,RAPE", "THEFT,RAPE", "MinorText"),
        ("SEXUAL OFFENCES,RAPE", "PIRACY,RAPE", "MajorText"),
    ],
)
def test_an_unknown_category_is_refused(crime_file, before, after, column):
    file = crime_file(["202401"])
    place = file.row("Camden", "RAPE")
    file.lines[place] = file.lines[place].replace(before, after)
    error = refused(file.write())
    assert (error.row, error.column) == (place + 1, column)


def test_a_repeated_row_is_refused(crime_file):
    file = crime_file(["202401"])
    place = file.row("Camden", "RAPE")
    file.lines.append(file.lines[place])
    error = refused(file.write())
    assert error.row == len(file.lines)
    assert f"repeats row {place + 1}" in error.problem


def test_a_month_missing_in_the_middle_is_refused(crime_file):
    error = refused(crime_file(["202401", "202403"]).write())
    assert (error.row, error.column) == (1, "202403")
    assert "February 2024 is missing" in error.problem


@pytest.mark.parametrize("header", ["2024-01", "202413", "Total", ""])
def test_a_column_that_is_no_month_is_refused(crime_file, header):
    file = crime_file(["202401"])
    file.lines[0] = f"MajorText,MinorText,BoroughName,{header}"
    assert refused(file.write()).row == 1


def test_a_ward_file_is_never_read_as_boroughs(ward_file):
    path = ward_file(["202401"]).write()
    with pytest.raises(SourceError, match=r"column WardName: .* do not add up to boroughs"):
        read([path], "mps-borough-crime")


def test_the_newest_names_of_columns_and_categories_are_read(crime_file):
    file = crime_file(["202501"])
    file.lines[0] = "Group,SubGroup,BoroughName,202501"
    file.lines = [
        line.replace("BURGLARY IN A DWELLING", "RES BURGLARY OF A HOME")
        .replace("BURGLARY - RESIDENTIAL", "RES BURGLARY OF UNCONNECTED BUILDING")
        .replace("London Heathrow and London City Airports", "Aviation Policing")
        for line in file.lines
    ]
    table = read([file.write()])
    named = table.observations.filter(series="burglary", area_name="Camden")
    parts = ("RES BURGLARY OF A HOME", "RES BURGLARY OF UNCONNECTED", "BUSINESS AND COMMUNITY")
    rows = [
        line
        for line in file.lines
        if ",Camden," in line and "BURGLARY" in line and any(part in line for part in parts)
    ]
    assert named[0, "value"] == sum(int(row.rsplit(",", 1)[1]) for row in rows)
    assert {area.name for area in table.areas if area.kind == "pseudo"} == {
        "Aviation Policing",
        "Unknown",
    }


def test_a_borough_without_a_common_offence_means_a_cut_file(crime_file):
    file = crime_file(["202401"])
    del file.lines[file.row("Camden", "SHOPLIFTING")]
    error = refused(file.write())
    assert error.problem.startswith("the file ends without a row for shoplifting in Camden")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(min_value=0, max_value=1, exclude_max=True))
def test_a_file_cut_off_anywhere_is_refused(crime_file, tmp_path, share):
    whole = crime_file(["202401", "202402"]).write().read_bytes()
    cut = tmp_path / "cut.csv"
    cut.write_bytes(whole[: int(len(whole) * share)])
    refused(cut)


def test_a_file_cut_within_its_last_number_is_refused(crime_file):
    path = crime_file(["202401", "202402"]).write()
    path.write_bytes(path.read_bytes()[:-2])
    error = refused(path)
    assert error.column == "202402"
    assert "may be cut off" in error.problem


RELEASES = {"2024-02": (166, 82_404), "2025-03": (179, 82_471)}


@pytest.fixture(scope="module", params=RELEASES)
def release(request, shared_data):
    paths = sorted((shared_data / "mps-borough-crime" / request.param).glob("*.csv"))
    return request.param, paths, read(paths)


def test_real_release_gives_the_published_total(release):
    name, paths, table = release
    months, total = RELEASES[name]
    assert value(table.observations, "all-recorded-crime", LONDON, "2023-10") == total
    assert table.observations["period"].n_unique() == months
    assert london(table.observations) == slow_sums(paths)


def test_real_release_has_no_hole(release):
    name, _, table = release
    months, _ = RELEASES[name]
    counts = table.observations.group_by("series", "area_code").len()
    assert set(counts["len"]) == {months}
    assert counts.height == len(SERIES) * len(table.areas)
    totals = table.observations.filter(
        (pl.col("area_code") == LONDON) & (pl.col("series") != "homicide")
    )
    assert totals["value"].min() > 0


def test_no_series_steps_where_the_two_files_meet(release):
    """A category forgotten on one side of the splice would halve or double a series there."""
    _, paths, table = release
    start = paths[1].open().readline().split(",")[3]
    period = f"{start[:4]}-{start[4:]}"
    periods = sorted(table.observations["period"].unique())
    place = periods.index(period)
    for series in SERIES:
        if series.key == "homicide":
            continue
        before, after = (
            sum(value(table.observations, series.key, LONDON, month) or 0 for month in months)
            for months in (periods[place - 6 : place], periods[place : place + 6])
        )
        assert 0.7 < after / before < 1.4, series.key


def test_first_quarter_of_2013_is_near_the_table_of_april_2013(shared_data):
    """Less robbery, burglary and violence than a year before, and more theft from the person."""
    paths = sorted((shared_data / "mps-borough-crime" / "2024-02").glob("*.csv"))
    observations = read(paths).observations

    def quarter(series: str, year: int) -> float:
        months = (f"{year}-01", f"{year}-02", f"{year}-03")
        return sum(value(observations, series, LONDON, month) or 0 for month in months)

    cells = {
        "violence-with-injury": (12_997, 14_062),
        "robbery": (7_803, 9_336),
        "burglary": (23_912, 25_072),
        "theft-from-the-person": (12_322, 11_210),
    }
    for series, expected in cells.items():
        assert (quarter(series, 2013), quarter(series, 2012)) == expected


def test_files_of_two_real_releases_are_refused(shared_data):
    folder = shared_data / "mps-borough-crime"
    history = next((folder / "2024-02").glob("*Historical*"))
    recent = next((folder / "2025-03").glob("*recent*"))
    assert "February 2022 to February 2023 are missing" in str(refused(history, recent))
    history = next((folder / "2025-03").glob("*Historical*"))
    recent = next((folder / "2024-02").glob("*recent*"))
    assert re.search(
        "February 2022 to February 2023 are there twice", str(refused(history, recent))
    )
