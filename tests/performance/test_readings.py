"""Figures as known on a day, for an area, without a gap."""

from __future__ import annotations

from datetime import date

import pytest
from tests.factories import (
    make_area,
    make_measure,
    make_observations,
    make_plan,
    make_release,
)

from folkmoot.core.periods import Month
from folkmoot.core.readings import Tone
from folkmoot.performance.readings import MONTHS_SHOWN, figures_of

STEADY = [100, 104, 97, 101, 99, 103, 98, 102, 100, 105, 96, 101, 99, 102]
RISING = [*STEADY, 150, 152, 155]

pytestmark = pytest.mark.django_db


def test_a_later_release_does_not_reach_back_to_an_earlier_day() -> None:
    measure, area = make_measure(make_plan()), make_area()
    make_observations(make_release(date(2021, 3, 5)), "personal-robbery", Month(2020, 1), STEADY)
    make_observations(make_release(date(2021, 9, 5)), "personal-robbery", Month(2020, 1), RISING)
    (then,) = figures_of([measure], area, date(2021, 6, 1))
    (now,) = figures_of([measure], area, date(2021, 12, 1))
    assert then.observed is not None
    assert then.observed.values == tuple(STEADY)
    assert then.reading is not None
    assert then.reading.tone is Tone.COMMON
    assert now.observed is not None
    assert now.observed.values == tuple(RISING)
    assert now.reading is not None
    assert now.reading.tone is Tone.CONCERN
    assert now.reading.since == Month(2021, 3)


def test_nothing_is_known_before_the_first_release() -> None:
    measure, area = make_measure(make_plan()), make_area()
    make_observations(make_release(date(2021, 3, 5)), "personal-robbery", Month(2020, 1), STEADY)
    (figures,) = figures_of([measure], area, date(2021, 3, 4))
    assert figures.observed is None
    assert figures.reading is None


def test_a_missing_month_ends_the_series_instead_of_counting_as_zero() -> None:
    measure, area = make_measure(make_plan()), make_area()
    values = [*STEADY, None, *STEADY]
    make_observations(make_release(date(2023, 3, 5)), "personal-robbery", Month(2020, 1), values)
    (figures,) = figures_of([measure], area, date(2023, 6, 1))
    assert figures.observed is not None
    assert figures.observed.months[0] == Month(2020, 1).shift(len(STEADY) + 1)
    assert min(figures.observed.values) > 0


def test_no_more_than_five_years_are_read() -> None:
    measure, area = make_measure(make_plan()), make_area()
    values = [100 + place % 7 for place in range(90)]
    make_observations(make_release(date(2023, 3, 5)), "personal-robbery", Month(2015, 1), values)
    (figures,) = figures_of([measure], area, date(2023, 6, 1))
    assert figures.observed is not None
    assert len(figures.observed.months) == MONTHS_SHOWN
    assert figures.chart is not None
    assert len(figures.chart.points) == MONTHS_SHOWN


def test_figures_up_to_a_month_leave_out_later_ones() -> None:
    measure, area = make_measure(make_plan()), make_area()
    make_observations(make_release(date(2023, 3, 5)), "personal-robbery", Month(2020, 1), RISING)
    (figures,) = figures_of([measure], area, date(2023, 6, 1), Month(2021, 2))
    assert figures.observed is not None
    assert figures.observed.months[-1] == Month(2021, 2)


def test_a_survey_never_stands_on_a_control_chart() -> None:
    plan, area = make_plan(), make_area()
    measure = make_measure(plan, series="good-job-local", better="increase")
    release = make_release(date(2023, 3, 5), source="public-attitude-survey")
    make_observations(
        release, "good-job-local", Month(2019, 12), [0.6] * 12 + [0.5], step=3, base=3200
    )
    (figures,) = figures_of([measure], area, date(2023, 6, 1))
    assert figures.chart is None
    assert figures.reading is not None
    assert figures.reading.tone is Tone.CONCERN
    assert "more than chance" in figures.reading.sentence


def test_the_questions_are_as_many_for_ten_measures_as_for_one(
    django_assert_num_queries,
) -> None:
    plan, area = make_plan(), make_area()
    make_observations(make_release(date(2021, 3, 5)), "personal-robbery", Month(2020, 1), STEADY)
    measures = [make_measure(plan) for _ in range(10)]
    for some in (measures[:1], measures):
        with django_assert_num_queries(2):
            figures_of(some, area, date(2021, 6, 1))
