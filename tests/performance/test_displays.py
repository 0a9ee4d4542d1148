"""Figures against the same months, over twelve months, and by residents."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import make_area, make_measure, make_observations, make_plan, make_release

from folkmoot.core.periods import Month
from folkmoot.core.spc import ChartKind
from folkmoot.performance.asked import Display
from folkmoot.performance.displays import (
    NoRateError,
    displays_of,
    footfall_caveat,
    rates,
    rolling_year,
    same_months,
)
from folkmoot.performance.models import Area
from folkmoot.performance.readings import MeasureFigures, figures_of

KNOWN = date(2024, 6, 1)
FIRST = Month(2020, 1)
# A summer of its own in each of four years.
SUMMERS = [100 + 60 * (place % 12 in (5, 6, 7)) + place % 5 for place in range(48)]

pytestmark = pytest.mark.django_db


def figures(values: list[float], area: Area | None = None, **measured: object) -> MeasureFigures:
    area = area or make_area()
    measure = make_measure(make_plan(), **measured)
    make_observations(make_release(date(2024, 3, 5)), "personal-robbery", FIRST, values, area=area)
    return figures_of([measure], area, KNOWN)[0]


def residents(area: Area, **by_year: int) -> None:
    release = make_release(date(2024, 1, 5), source="population")
    for year, people in by_year.items():
        make_observations(release, "population", Month(int(year[1:]), 6), [people], area=area)


def test_a_busy_summer_is_no_signal_against_other_summers() -> None:
    seasonal = same_months(figures(SUMMERS))
    assert seasonal is not None
    assert seasonal.chart is not None
    assert seasonal.chart.kind is ChartKind.SEASONAL
    assert not any(point.side for point in seasonal.chart.points)


def test_less_than_three_years_have_no_seasons() -> None:
    assert same_months(figures(SUMMERS[:35])) is None


def test_rare_events_have_no_seasons() -> None:
    assert same_months(figures([0, 1, 0] * 16)) is None


def test_a_year_of_counts_is_summed() -> None:
    found = rolling_year(figures(SUMMERS))
    assert found is not None
    assert found.sums[-1] == (Month(2023, 12), sum(SUMMERS[-12:]))
    assert rolling_year(figures(SUMMERS[:11], make_area("Barnet", "borough"))) is None


def test_a_survey_is_shown_in_one_way_only() -> None:
    measure = make_measure(make_plan(), series="good-job-local", better="increase")
    release = make_release(date(2023, 3, 5), source="public-attitude-survey")
    make_observations(
        release, "good-job-local", Month(2019, 12), [0.6] * 12 + [0.5], step=3, base=3200
    )
    (found,) = figures_of([measure], make_area(), KNOWN)
    assert displays_of(found) == [Display.MONTHLY]
    assert same_months(found) is None
    assert rolling_year(found) is None
    with pytest.raises(NoRateError, match="no count"):
        rates(found, KNOWN)


def test_a_rate_is_counted_among_the_residents_of_its_own_year() -> None:
    barnet = make_area("Barnet", "borough")
    residents(barnet, y2019=1, y2020=100_000, y2021=200_000)
    found = rates(figures(SUMMERS, barnet), KNOWN)
    assert found.per == 1_000
    assert found.rates[0].value == pytest.approx(SUMMERS[0] / 100)
    assert found.rates[12].value == pytest.approx(SUMMERS[12] / 200)
    assert found.rates[0].population.is_matched
    assert not found.rates[-1].population.is_matched
    assert found.figures.reading is not None
    assert "per 1,000 residents" in found.figures.reading.sentence


def test_rare_counts_are_given_among_more_residents() -> None:
    barnet = make_area("Barnet", "borough")
    residents(barnet, y2020=400_000)
    assert rates(figures([3, 4, 2] * 10, barnet), KNOWN).per == 100_000


def test_months_before_the_first_residents_have_no_rate() -> None:
    barnet = make_area("Barnet", "borough")
    residents(barnet, y2022=100_000)
    found = rates(figures(SUMMERS, barnet), KNOWN)
    assert found.figures.observed is not None
    assert found.figures.observed.months[0] == Month(2022, 1)


def test_what_is_no_place_has_no_rate() -> None:
    unknown = make_area("Unknown", "pseudo")
    residents(unknown, y2020=1)
    with pytest.raises(NoRateError, match="no place with residents"):
        rates(figures(SUMMERS, unknown), KNOWN)


def test_without_residents_or_with_later_ones_alone_there_is_no_rate() -> None:
    barnet = make_area("Barnet", "borough")
    found = figures(SUMMERS, barnet)
    with pytest.raises(NoRateError, match="No figure of the residents of Barnet"):
        rates(found, KNOWN)
    residents(barnet, y2030=1)
    with pytest.raises(NoRateError, match="would be a guess"):
        rates(found, KNOWN)


@pytest.mark.parametrize("name", ["City of London", "Westminster"])
def test_central_london_has_a_rate_with_its_caveat_only(name: str) -> None:
    area = make_area(name, "borough")
    residents(area, y2020=10_000)
    found = rates(figures(SUMMERS, area), KNOWN)
    assert name in found.caveat
    assert all(each.caveat == found.caveat for each in found.rates)


def test_other_boroughs_need_no_caveat() -> None:
    assert footfall_caveat(make_area("Barnet", "borough")) == ""


def test_a_total_that_counts_what_happened_at_no_place_says_so() -> None:
    london = make_area()
    residents(london, y2020=9_000_000)
    assert "such as an airport" in rates(figures(SUMMERS, london), KNOWN).caveat
