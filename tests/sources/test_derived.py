"""The compact table: the same observations back, the source in its first line."""

from __future__ import annotations

import shlex
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.sources.derived import derive
from folkmoot.sources.errors import SourceError
from folkmoot.sources.registry import read, recognise
from folkmoot.sources.tables import ReleaseTable

FIGURES = Path(str(files("folkmoot"))) / "demo" / "london" / "figures"


def same(one: ReleaseTable, other: ReleaseTable) -> bool:
    return (
        one.observations.equals(other.observations)
        and one.areas == other.areas
        and one.files == other.files
        and one.source is other.source
    )


@pytest.fixture
def crime(crime_file):
    history = crime_file(["202401"], name="history.csv")
    history.lines = [line for line in history.lines if ",Unknown," not in line]
    return [history.write(), crime_file(["202402", "202403"], name="recent.csv").write()]


def test_reading_a_table_gives_back_what_it_was_derived_from(crime, survey_file, tmp_path):
    for paths, released in ((crime, date(2024, 4, 12)), ([survey_file().write()], None)):
        out = tmp_path / "table.csv"
        derive(paths, released, out)
        again = read([out])
        assert same(again, read(paths))
        assert again.released_on == released
        assert recognise([out]) is again.source


def test_first_line_says_where_the_figures_come_from(crime, tmp_path):
    out = tmp_path / "table.csv"
    derive(crime, date(2025, 3, 1), out)
    first = out.read_text().split("\n")[0]
    for wanted in (
        "MPS Borough Level Crime (mps-borough-crime)",
        "publisher: Metropolitan Police Service",
        "release: March 2025 (2025-03-01)",
        "Open Government Licence v3.0",
        "derived by: folkmoot data derive history.csv recent.csv --released 2025-03-01 "
        "--out table.csv",
        *(file.sha256 for file in read(crime).files),
    ):
        assert wanted in first
    assert str(tmp_path) not in out.read_text()


def test_the_same_release_gives_the_same_bytes(crime, tmp_path):
    one, other = tmp_path / "one" / "table.csv", tmp_path / "other" / "table.csv"
    for out, paths in ((one, crime), (other, crime[::-1])):
        out.parent.mkdir()
        derive(paths, None, out)
    assert one.read_bytes() == other.read_bytes()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(share=st.floats(min_value=0, max_value=1, exclude_max=True))
def test_a_table_cut_off_anywhere_is_refused(crime, tmp_path, share):
    out = tmp_path / "table.csv"
    derive(crime, None, out)
    whole = out.read_bytes()
    out.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(SourceError):
        read([out])


def test_a_changed_table_is_refused(crime, tmp_path):
    out = tmp_path / "table.csv"
    derive(crime, None, out)
    text = out.read_text()
    out.write_text(text[:-2] + ("0" if text[-2] != "0" else "1") + "\n")
    with pytest.raises(SourceError, match="changed or cut off"):
        read([out])


def test_two_tables_at_once_and_a_wrong_source_are_refused(crime, tmp_path):
    out = tmp_path / "table.csv"
    derive(crime, None, out)
    with pytest.raises(SourceError, match="second file"):
        read([out, out])
    with pytest.raises(SourceError, match="not of Public Attitude Survey"):
        read([out], "public-attitude-survey")


def test_a_refused_file_leaves_nothing_behind(crime, tmp_path):
    out = tmp_path / "table.csv"
    crime[0].write_bytes(crime[0].read_bytes()[:-20])
    with pytest.raises(SourceError):
        derive(crime, None, out)
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("census-2021-ethnic-group.csv", "census"),
        ("mps-borough-crime-2024-02.csv", "mps-borough-crime/2024-02"),
        ("mps-borough-crime-2025-03.csv", "mps-borough-crime/2025-03"),
        ("public-attitude-survey-2023-12.csv", "public-attitude-survey"),
    ],
)
def test_committed_table_is_what_the_command_derives(name, source, shared_data, tmp_path):
    table = FIGURES / name
    first = table.read_text().split("\n")[0]
    command = shlex.split(first.split("derived by: ")[1])
    paths = [shared_data / source / word for word in command if word.endswith(".csv")][:-1]
    derive(paths, read([table]).released_on, tmp_path / name)
    assert (tmp_path / name).read_bytes() == table.read_bytes()


def test_committed_tables_are_small():
    assert sum(path.stat().st_size for path in FIGURES.glob("*.csv")) < 800_000
