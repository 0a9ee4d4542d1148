"""Which source a file is, and which source yields a series."""

from __future__ import annotations

from pathlib import Path

import pytest

from folkmoot.sources import registry
from folkmoot.sources.errors import SourceError

CRIME = [
    "all-recorded-crime",
    "homicide",
    "violence-with-injury",
    "robbery",
    "personal-robbery",
    "burglary",
    "criminal-damage",
    "theft-from-the-person",
    "theft-of-a-motor-vehicle",
    "theft-from-a-motor-vehicle",
    "weapons-offences",
    "rape",
    "other-sexual-offences",
    "race-or-religious-public-fear",
]
SURVEY = [
    "good-job-local",
    "trust-in-the-police",
    "treat-everyone-fairly",
    "listen-to-concerns",
    "relied-on-to-be-there",
    "understand-issues",
    "informed-locally",
    "contact-ward-officer",
]
STREET = [
    "street-crime",
    "street-anti-social-behaviour",
    "street-bicycle-theft",
    "street-burglary",
    "street-criminal-damage-and-arson",
    "street-drugs",
    "street-other-crime",
    "street-other-theft",
    "street-possession-of-weapons",
    "street-public-order",
    "street-robbery",
    "street-shoplifting",
    "street-theft-from-the-person",
    "street-vehicle-crime",
    "street-violence-and-sexual-offences",
]
# Wards have every series of boroughs, LSOAs those that tell of nobody.
WARD = [f"ward-{key}" for key in CRIME]
LSOA = [f"lsoa-{key}" for key in CRIME if key not in ("homicide", "rape", "other-sexual-offences")]
DASHBOARD = [
    f"dashboard-{measure}{group}"
    for measure in ("offences", "outcomes")
    for group in (
        "",
        "-arson-and-criminal-damage",
        "-burglary",
        "-drug-offences",
        "-miscellaneous-crimes-against-society",
        "-possession-of-weapons",
        "-public-order-offences",
        "-robbery",
        "-sexual-offences",
        "-theft",
        "-vehicle-offences",
        "-violence-against-the-person",
    )
]
OUTCOMES = [
    "outcomes",
    "outcomes-charged",
    "outcomes-out-of-court",
    "outcomes-no-suspect",
    "outcomes-unable-to-prosecute",
    "outcomes-not-in-public-interest",
    "outcomes-another-organisation",
    "outcomes-court",
    "outcomes-open",
]
SEARCHES = [
    "stop-and-search",
    "stop-and-search-arrests",
    "stop-and-search-no-further-action",
    "stop-and-search-drugs",
    "stop-and-search-weapons",
    "stop-and-search-stolen-goods",
    *(
        f"stop-and-search-seen-as-{group}"
        for group in ("asian", "black", "mixed", "other", "white")
    ),
]
RESIDENTS = [
    "residents-asian",
    "residents-black",
    "residents-mixed",
    "residents-white-british",
    "residents-white-other",
    "residents-other",
]

CENSUS = [
    *("census-sex-female", "census-sex-male", "census-age-aged-4-years-and-under"),
    *(f"census-age-aged-{first}-to-{first + 4}-years" for first in range(5, 85, 5)),
    "census-age-aged-85-years-and-over",
    "census-ethnic-group-asian-asian-british-or-asian-welsh",
    "census-ethnic-group-black-black-british-black-welsh-caribbean-or-african",
    "census-ethnic-group-mixed-or-multiple-ethnic-groups",
    "census-ethnic-group-white",
    "census-ethnic-group-other-ethnic-group",
    *(
        f"census-religion-{answer}"
        for answer in (
            *("no-religion", "christian", "buddhist", "hindu", "jewish", "muslim", "sikh"),
            *("other-religion", "not-answered"),
        )
    ),
]


def test_every_promised_series_has_one_source():
    keys = [series.key for source in registry.sources() for series in source.series]
    force = [*CRIME, *WARD, *LSOA, *DASHBOARD, *SURVEY]
    others = [*STREET, *OUTCOMES, *SEARCHES, "population", *RESIDENTS, *CENSUS]
    assert {*force, *others} == set(keys)
    assert len(keys) == len(set(keys))
    for key in keys:
        assert registry.source_of_series(key).key == registry.series_named(key).source
    assert registry.series_named("piracy") is None
    assert registry.source_of_series("piracy") is None


def test_files_are_recognised_by_their_header(crime_file, survey_file):
    assert registry.recognise([crime_file(["202401"], old=True).write()]).key == "mps-borough-crime"
    assert registry.recognise([survey_file().write()]).key == "public-attitude-survey"


@pytest.mark.parametrize("header", ["a,b,c", "MajorText;MinorText;BoroughName;202401"])
def test_an_unknown_header_is_refused(tmp_path, header):
    path = tmp_path / "other.csv"
    path.write_text(f"{header}\n1,2,3\n")
    with pytest.raises(SourceError, match=r"other\.csv, row 1: the header .* is not that of"):
        registry.read([path])


def test_lines_may_end_in_any_way(crime_file, tmp_path):
    path = crime_file(["202401"]).write()
    other = tmp_path / "other.csv"
    for end in (b"\r\n", b"\r"):
        other.write_bytes(path.read_bytes().replace(b"\n", end))
        assert registry.read([other]).observations.equals(registry.read([path]).observations)


def test_a_file_that_is_no_text_is_refused_before_its_header_is_asked_for(tmp_path):
    path = tmp_path / "book.csv"
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(SourceError, match="a spreadsheet"):
        registry.recognise([path])


def test_a_header_that_is_not_utf_8_is_refused_with_its_byte(tmp_path):
    path = tmp_path / "noise.csv"
    path.write_bytes(b"\x95\x00\x13,b\n")
    with pytest.raises(SourceError, match=r"noise\.csv, row 1: byte 1 of the file"):
        registry.recognise([path])


def test_files_of_two_sources_are_refused(crime_file, survey_file):
    with pytest.raises(SourceError, match="by itself"):
        registry.read([crime_file(["202401"]).write(), survey_file().write()])


def test_a_source_that_does_not_fit_the_file_is_refused(survey_file):
    with pytest.raises(SourceError, match=r"survey\.csv, row 1, column Date"):
        registry.read([survey_file().write()], "mps-borough-crime")


def test_an_unknown_source_and_no_files_are_refused(survey_file):
    with pytest.raises(SourceError, match="there is no source of that name"):
        registry.read([survey_file().write()], "weather")
    with pytest.raises(SourceError, match="nothing was given to read"):
        registry.read([])


def test_every_source_series_and_category_is_documented():
    page = (Path(__file__).resolve().parents[2] / "docs/reference/sources.md").read_text()
    for source in registry.sources():
        assert f"`{source.key}`" in page
        assert source.status in page
        assert " ".join(source.caveat.split()) in " ".join(page.replace("\n> ", " ").split())
        for series in source.series:
            # Wards and LSOAs have the series of boroughs, which are told once.
            key = series.key.removeprefix("ward-").removeprefix("lsoa-")
            row = next(line for line in page.splitlines() if line.startswith(f"| `{key}`"))
            assert series.definition in row
            assert all(category in row for category in series.categories)
            assert all(mark.month.label in page for mark in series.breaks)
