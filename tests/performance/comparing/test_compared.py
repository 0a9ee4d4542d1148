"""What is compared, and what is not: rates of 12 months, shares with intervals, counts alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.factories import (
    make_area,
    make_measure,
    make_observations,
    make_plan,
    make_release,
)

from folkmoot.core.periods import Month
from folkmoot.performance.comparing.compared import Comparison, compare
from folkmoot.performance.models import Area, Release
from folkmoot.plans.models import Measure

pytestmark = pytest.mark.django_db

FIRST, LAST = Month(2022, 1), Month(2023, 12)
RELEASED, TODAY = date(2024, 2, 1), date(2024, 4, 1)
# Counts in each of 24 months, and residents.
BOROUGHS = {
    "Barnet": (30, 100_000),
    "Bexley": (32, 100_000),
    "Brent": (31, 104_000),
    "Bromley": (29, 96_000),
    "Ealing": (30, 100_000),
    "Enfield": (31, 100_000),
    "Hackney": (30, 100_000),
    "Harrow": (32, 100_000),
    "Havering": (29, 100_000),
    "Hounslow": (30, 100_000),
    "Camden": (60, 100_000),
    "Westminster": (900, 100_000),
}


def observe(release: Release, name: str, values: Any, kind: str = "borough") -> Area:
    area = make_area(name, kind)
    make_observations(release, "personal-robbery", FIRST, values, area=area)
    return area


def robbery(**fields: Any) -> Measure:
    return make_measure(make_plan(), **fields)


def count_people(months: tuple[Month, ...] = (Month(2022, 6), Month(2023, 6))) -> None:
    release = make_release(date(2023, 11, 23), "population", title="Mid-year population")
    for name, (_, people) in BOROUGHS.items():
        for month in months:
            make_observations(
                release, "population", month, [people], area=make_area(name, "borough")
            )


def observe_all() -> Release:
    release = make_release(RELEASED)
    observe(release, "London", [1264] * 24, "total")
    for name, (count, _) in BOROUGHS.items():
        observe(release, name, [count] * 24)
    return release


def compared(measure: Measure, up_to: Month | None = None, on: date = TODAY) -> Comparison:
    found = compare(measure, make_area(), on, up_to)
    assert found is not None
    return found


def test_a_rate_is_of_12_months_among_the_residents_of_their_year() -> None:
    observe_all()
    count_people()
    found = compared(robbery())
    assert (found.first, found.last) == (Month(2023, 1), LAST)
    rows = {row.area.name: row for row in found.rows}
    assert rows["Barnet"].count == 360
    assert rows["Barnet"].value == pytest.approx(3.6)
    assert rows["Barnet"].interval.holds(3.6)
    assert rows["Brent"].value == pytest.approx(31 * 12 / 104)
    assert found.population is not None
    assert (found.population.month, found.population.is_matched) == (Month(2023, 6), True)


def test_areas_stand_in_the_order_of_their_rates_with_every_place_they_could_have() -> None:
    observe_all()
    count_people()
    rows = compared(robbery()).rows
    assert [row.area.name for row in rows][:2] == ["Westminster", "Camden"]
    values = [row.value for row in rows]
    assert values == sorted(values, reverse=True)
    assert str(rows[1].placed) == "2"
    assert str(rows[-1].placed) == "3 to 12"


def test_only_what_chance_does_not_explain_is_outside() -> None:
    observe_all()
    count_people()
    found = compared(robbery())
    assert [row.area.name for row in found.on_side(1)] == ["Westminster", "Camden"]
    assert found.on_side(-1) == []


def test_where_far_more_people_are_than_live_the_caveat_stands_and_the_line_does_not_move() -> None:
    observe_all()
    count_people()
    found = compared(robbery())
    westminster = found.rows[0]
    assert "Far more people are there than live there" in westminster.caveat
    assert [row.area.name for row in found.rows if row.caveat] == ["Westminster"]
    others = [BOROUGHS[name] for name in BOROUGHS if name != "Westminster"]
    line = sum(count for count, _ in others) * 12 / sum(people for _, people in others) * 1000
    assert found.line == pytest.approx(line)


def test_what_is_no_place_has_a_count_and_no_rate() -> None:
    release = observe_all()
    observe(release, "Unknown", [7] * 24, "pseudo")
    count_people()
    row = compared(robbery()).rows[-1]
    assert row.area.name == "Unknown"
    assert (row.count, row.value) == (84, None)
    assert row.missing == "[z] no place with residents, so no rate"


def test_a_missing_month_is_not_a_zero() -> None:
    release = make_release(RELEASED)
    for name, (count, _) in BOROUGHS.items():
        values: list[int | None] = [count] * 24
        if name == "Brent":
            values[15] = None
        observe(release, name, values)
    count_people()
    rows = {row.area.name: row for row in compared(robbery()).rows}
    assert rows["Brent"].count is None
    assert rows["Brent"].value is None
    assert rows["Brent"].missing.startswith("[x]")
    assert rows["Barnet"].count == 360


def test_an_area_whose_figures_end_earlier_is_not_compared_over_another_period() -> None:
    release = observe_all()
    observe(release, "Merton", [30] * 23)
    count_people()
    rows = {row.area.name: row for row in compared(robbery()).rows}
    assert rows["Merton"].count is None


def test_an_area_of_which_nothing_is_known_stands_there_as_not_available() -> None:
    observe_all()
    make_area("City of London", "borough")
    count_people()
    rows = {row.area.name: row for row in compared(robbery()).rows}
    assert rows["City of London"].value is None
    assert rows["City of London"].missing.startswith("[x]")


def test_without_a_population_there_are_counts_by_name_and_no_line() -> None:
    observe_all()
    found = compared(robbery())
    assert (found.line, found.funnel, found.population) == (None, None, None)
    assert [row.area.name for row in found.rows] == sorted(BOROUGHS)
    assert all(row.missing == "[x] no population known, so no rate" for row in found.rows)
    assert found.rows[0].count == 360


def test_a_population_of_later_years_is_no_population() -> None:
    observe_all()
    count_people((Month(2024, 6),))
    assert compared(robbery()).funnel is None


def test_an_older_population_is_used_and_named() -> None:
    observe_all()
    count_people((Month(2021, 6),))
    population = compared(robbery()).population
    assert population is not None
    assert not population.is_matched


def test_rare_events_are_given_for_more_people() -> None:
    release = make_release(RELEASED)
    for name in BOROUGHS:
        observe(release, name, [0, 1] * 2 + [0] * 20)
    count_people()
    found = compared(robbery(), up_to=Month(2022, 12))
    assert found.per == 100_000
    assert found.rows[-1].value == pytest.approx(2 / 96_000 * 100_000, rel=0.1)


def test_figures_are_of_the_month_and_of_the_day_that_was_asked_for() -> None:
    observe_all()
    later = make_release(date(2024, 3, 1))
    for name in BOROUGHS:
        observe(later, name, [50] * 24)
    count_people()
    measure = robbery()
    before = compared(measure, up_to=Month(2023, 6), on=date(2024, 2, 10))
    assert before.last == Month(2023, 6)
    assert {row.count for row in before.rows if row.area.name == "Barnet"} == {360}
    after = compared(measure)
    assert {row.count for row in after.rows} == {600}


def test_a_measure_that_is_given_for_some_areas_is_compared_among_them() -> None:
    observe_all()
    count_people()
    found = compared(robbery(areas="London\nBarnet\nBexley"))
    assert {row.area.name for row in found.rows} == {"Barnet", "Bexley"}


def test_forces_are_compared_where_no_borough_has_figures_and_never_with_boroughs() -> None:
    release = make_release(RELEASED)
    observe(release, "Essex Police", [30] * 24, "force")
    make_area("Barnet", "borough")
    assert [row.area.name for row in compared(robbery()).rows] == ["Essex Police"]
    observe(release, "Bexley", [30] * 24)
    names = {row.area.name for row in compared(robbery()).rows}
    assert names == {"Barnet", "Bexley"}


def test_without_figures_there_is_nothing_to_compare() -> None:
    make_area("Barnet", "borough")
    assert compare(robbery(), make_area(), TODAY, None) is None


SURVEYED = {"Barnet": 0.60, "Bexley": 0.47, "Brent": 0.50, "Camden": 0.38}


def trust(shares: dict[str, float], base: float | None = 400) -> Comparison:
    release = make_release(RELEASED, "public-attitude-survey", title="Public Attitude Survey")
    for name, share in {"London": 0.48, **shares}.items():
        make_observations(
            release,
            "good-job-local",
            Month(2022, 3),
            [share] * 8,
            area=make_area(name, "total" if name == "London" else "borough"),
            step=3,
            base=3200 if name == "London" else base,
        )
    return compared(robbery(series="good-job-local", better=Measure.Better.HIGHER))


def test_shares_are_not_ranked_but_held_against_the_whole() -> None:
    found = trust(SURVEYED)
    assert [(row.area.name, row.side) for row in found.rows] == [
        ("Barnet", 1),
        ("Bexley", 0),
        ("Brent", 0),
        ("Camden", -1),
    ]
    assert found.rows[1].verdict == "About the same as London"
    assert found.rows[0].verdict == "Higher than London, by more than chance"
    assert (found.funnel, found.population) == (None, None)
    assert all(row.placed is None for row in found.rows)


def test_an_interval_is_of_the_effective_number_of_interviews() -> None:
    row = trust(SURVEYED).rows[0]
    # 400 interviews tell as much as 267 independent ones.
    assert row.interval.upper - row.interval.lower == pytest.approx(0.117, abs=0.002)


def test_a_share_whose_interviews_are_not_known_is_not_compared() -> None:
    found = trust(SURVEYED, base=None)
    assert all(row.value is None and row.missing.startswith("[x] inter") for row in found.rows)
