"""Who lives in an area: mid-year estimates where there are any, else the census."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import make_area, make_observations, make_release

from folkmoot.core.periods import Month
from folkmoot.performance.querysets import latest_releases
from folkmoot.performance.residents import residents
from folkmoot.sources import census_ethnicity

pytestmark = pytest.mark.django_db
TODAY = date(2025, 4, 1)
CENSUS_DAY = Month(2021, 3)


def count_at_census(people: float) -> None:
    release = make_release(date(2022, 11, 29), census_ethnicity.KEY)
    for series in census_ethnicity.SERIES:
        make_observations(
            release, series.key, CENSUS_DAY, [people], area=make_area("Barnet", "borough")
        )


def test_everybody_of_the_census_is_the_sum_of_its_groups() -> None:
    count_at_census(10_000)
    found = residents([make_area("Barnet", "borough")], latest_releases(TODAY))
    assert found.by_area == {"barnet": {CENSUS_DAY: 60_000}}
    assert found.release is not None
    assert found.release.source == census_ethnicity.KEY


def test_a_census_that_lacks_a_group_is_not_everybody() -> None:
    release = make_release(date(2022, 11, 29), census_ethnicity.KEY)
    barnet = make_area("Barnet", "borough")
    for series in census_ethnicity.SERIES[1:]:
        make_observations(release, series.key, CENSUS_DAY, [10_000], area=barnet)
    assert residents([barnet], latest_releases(TODAY)).by_area == {}


def test_estimates_of_every_year_come_before_the_census() -> None:
    count_at_census(10_000)
    release = make_release(date(2023, 11, 23), "population")
    barnet = make_area("Barnet", "borough")
    make_observations(release, "population", Month(2021, 6), [61_000, 62_000], area=barnet, step=12)
    found = residents([barnet], latest_releases(TODAY))
    assert found.by_area == {"barnet": {Month(2021, 6): 61_000, Month(2022, 6): 62_000}}
    assert found.release == release


def test_a_count_that_was_not_out_yet_is_not_known() -> None:
    count_at_census(10_000)
    found = residents([make_area("Barnet", "borough")], latest_releases(date(2022, 1, 1)))
    assert (found.release, found.by_area) == (None, {})
