"""Crime by small area of the census: what is published of it, and nothing added up."""

from __future__ import annotations

import pytest

from folkmoot.sources import registry
from folkmoot.sources.errors import SourceError
from folkmoot.sources.mps_lsoa_crime import SERIES

MONTHS = ["202501", "202502"]
FIRST = "E01000006"


def value(table, series: str, month: str) -> float | None:
    found = table.observations.filter(series=series, period=month, area_code=FIRST)
    return found[0, "value"] if found.height else None


HEADS = {
    "of 2025": "LSOA Code,LSOA Name,Borough,Major Category,Minor Category",
    "of 2026": "LSOA Code,LSOA Name,Borough,Group,SubGroup",
    "without names": "LSOA Code,Borough,Major Category,Minor Category",
}


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS)
def test_lsoas_are_read_in_every_wording_of_the_header(lsoa_file, heads):
    file = lsoa_file(MONTHS, heads=heads)
    place = file.place(FIRST, "OTHER THEFT")
    file.lines[place] = ",".join([*file.lines[place].split(",")[:-2], "3", "0"])
    table = registry.read([file.write()])
    assert table.source.key == "mps-lsoa-crime"
    assert {area.kind for area in table.areas} == {"lsoa"}
    assert len(table.areas) == 64
    assert value(table, "lsoa-criminal-damage", "2025-01") is not None
    name = next(area.name for area in table.areas if area.code == FIRST)
    assert name == ("Barking and Dagenham 001A" if "LSOA Name" in heads else FIRST)
    total = sum(int(line.split(",")[-2]) for line in file.lines[1:] if line.startswith(f"{FIRST},"))
    assert value(table, "lsoa-all-recorded-crime", "2025-01") == total


def test_what_could_tell_of_one_person_has_no_series():
    keys = {one.key for one in SERIES}
    assert not {"lsoa-homicide", "lsoa-rape", "lsoa-other-sexual-offences"} & keys
    assert len(keys) == 11


def test_a_file_that_ends_early_is_refused(lsoa_file):
    file = lsoa_file(MONTHS)
    del file.lines[-50:]
    with pytest.raises(SourceError, match=r"lsoas\.csv, row \d+: the file ends without a row for "):
        registry.read([file.write()])
