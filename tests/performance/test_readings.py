"""Figures as known on a day, for an area, without a gap."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from tests.factories import (
    make_area,
    make_measure,
    make_observations,
    make_plan,
    make_release,
    make_user,
)

from folkmoot.core.periods import Month
from folkmoot.core.readings import Tone
from folkmoot.core.spc import Assurance
from folkmoot.performance.acts import rebase, withdraw_rebasing
from folkmoot.performance.readings import MONTHS_SHOWN, MeasureFigures, figures_in, figures_of
from folkmoot.plans.models import Measure

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
        with django_assert_num_queries(3):
            figures_of(some, area, date(2021, 6, 1))


LOWER = [place % 5 + 60 for place in range(14)]
AT = datetime(2022, 6, 1, 12, tzinfo=UTC)
START = Month(2020, 1)


def charted(values: list[Any], first: Month = START, **fields: Any) -> MeasureFigures:
    """Return the figures of a measure with these values, as known long after."""
    measure = make_measure(make_plan(), **fields)
    make_observations(make_release(date(2030, 1, 1)), "personal-robbery", first, values)
    return figures_of([measure], make_area(), date(2030, 1, 1))[0]


def rebased(measure: Measure, month: Month, at: datetime = AT, **more: Any) -> Any:
    by = make_user("performance.add_rebasing")
    reason = "The patrols began for good"
    area = more.pop("area", None)
    return rebase(measure, area, month, reason, at.date(), "The panel", at=at, by=by)


def test_limits_begin_anew_at_a_break_that_the_source_tells_of() -> None:
    figures = charted([*STEADY, *LOWER], first=Month(2023, 1))
    assert figures.chart is not None
    _, second = figures.chart.segments
    assert second.first == 14
    assert second.rebase is not None
    assert second.rebase.is_break
    assert second.limits.mean == pytest.approx(sum(LOWER) / 14)
    assert figures.reading is not None
    assert "counted anew from March 2024: new recording system" in figures.reading.sentence


def test_a_single_month_before_a_break_is_left_out() -> None:
    figures = charted([500, *STEADY], first=Month(2024, 2))
    assert figures.observed is not None
    assert figures.observed.months[0] == Month(2024, 3)
    assert figures.chart is not None
    assert len(figures.chart.segments) == 1


def test_limits_begin_anew_where_somebody_decided_it_from_the_day_it_was_kept() -> None:
    measure = make_measure(make_plan())
    make_observations(
        make_release(date(2022, 5, 1)), "personal-robbery", Month(2020, 1), [*STEADY, *LOWER]
    )
    kept = rebased(measure, Month(2021, 3))
    (before,) = figures_of([measure], make_area(), date(2022, 5, 31))
    (after,) = figures_of([measure], make_area(), AT.date())
    assert before.chart is not None
    assert len(before.chart.segments) == 1
    assert after.chart is not None
    assert after.chart.segments[1].rebase is not None
    assert after.chart.segments[1].rebase.decided_on == AT.date()
    assert after.reading is not None
    assert "March 2021: The patrols began for good" in after.reading.sentence
    later = AT.replace(month=8)
    withdraw_rebasing(kept, "Wrong month", at=later, by=make_user("performance.add_rebasing"))
    (gone,) = figures_of([measure], make_area(), later.date())
    (then,) = figures_of([measure], make_area(), AT.date())
    assert gone.chart is not None
    assert len(gone.chart.segments) == 1
    assert then.chart == after.chart


def test_a_decision_for_one_area_leaves_the_others_alone() -> None:
    measure, barnet = make_measure(make_plan()), make_area("Barnet", "borough")
    release = make_release(date(2022, 5, 1))
    for area in (make_area(), barnet):
        make_observations(release, "personal-robbery", Month(2020, 1), [*STEADY, *LOWER], area=area)
    rebased(measure, Month(2021, 3), area=barnet)
    whole, part = figures_in([measure], [make_area(), barnet], AT.date())
    assert whole.chart is not None
    assert part.chart is not None
    assert (len(whole.chart.segments), len(part.chart.segments)) == (1, 2)


def test_a_decision_of_the_last_month_waits_for_a_second_figure() -> None:
    measure = make_measure(make_plan())
    make_observations(make_release(date(2022, 5, 1)), "personal-robbery", Month(2020, 1), STEADY)
    rebased(measure, Month(2021, 2))
    (figures,) = figures_of([measure], make_area(), AT.date())
    assert figures.chart is not None
    assert len(figures.chart.segments) == 1


def test_limits_come_from_a_fixed_baseline_and_the_chart_begins_with_it() -> None:
    values = [*([200] * 3), *STEADY[:12], *([300] * 58)]
    figures = charted(
        values,
        first=Month(2013, 1),
        baseline_from=date(2013, 4, 1),
        baseline_to=date(2014, 3, 1),
    )
    assert figures.observed is not None
    assert figures.observed.months[0] == Month(2013, 4)
    assert len(figures.observed.months) > MONTHS_SHOWN
    assert figures.chart is not None
    assert figures.chart.limits.mean == pytest.approx(sum(STEADY[:12]) / 12)
    assert figures.reading is not None
    # The last month of the baseline lies above its average, as all since then do.
    assert figures.reading.since == Month(2014, 3)


def test_a_baseline_that_no_figures_reach_back_to_changes_nothing() -> None:
    figures = charted(
        STEADY, first=Month(2021, 1), baseline_from=date(2013, 4, 1), baseline_to=date(2014, 3, 1)
    )
    assert figures.chart is not None
    assert figures.chart.limits.mean == pytest.approx(sum(STEADY) / 14)


def test_a_target_is_held_against_the_last_segment() -> None:
    figures = charted([*STEADY, *LOWER], first=Month(2023, 1), target=80, better="decrease")
    assert figures.chart is not None
    assert figures.chart.assurance is Assurance.CONSISTENT_PASS
    assert figures.reading is not None
    assert "the target of 80 would be met every month" in figures.reading.sentence


def test_the_target_of_the_whole_is_none_of_its_parts() -> None:
    measure = make_measure(make_plan(), target=2000)
    release, barnet = make_release(date(2023, 3, 5)), make_area("Barnet", "borough")
    for area in (make_area(), barnet):
        make_observations(release, "personal-robbery", Month(2021, 1), STEADY, area=area)
    whole, part = figures_in([measure], [make_area(), barnet], date(2023, 6, 1))
    assert (whole.target, part.target) == (2000, None)
    assert whole.chart is not None
    assert whole.chart.assurance is Assurance.CONSISTENT_PASS
    assert part.chart is not None
    assert part.chart.assurance is None
    assert part.way == ()


def test_a_measure_given_for_one_area_has_its_target_there() -> None:
    measure = make_measure(make_plan(), target=120, areas="Barnet")
    barnet = make_area("Barnet", "borough")
    make_observations(
        make_release(date(2023, 3, 5)), "personal-robbery", Month(2021, 1), STEADY, area=barnet
    )
    (figures,) = figures_of([measure], barnet, date(2023, 6, 1))
    assert figures.target == 120
    assert figures.way == ((Month(2021, 1), 120), (Month(2022, 2), 120))


def test_the_way_to_a_target_is_drawn_as_it_was_set() -> None:
    figures = charted(
        STEADY,
        first=Month(2021, 1),
        target=80,
        target_by=date(2022, 1, 1),
        trajectory=[["2021-07", 90]],
    )
    assert figures.way[0] == (Month(2021, 7), 90)
    assert figures.way[-1] == (Month(2022, 2), 80)


def test_outlying_months_are_left_out_of_limits_only_where_the_measure_says_so() -> None:
    values = [*STEADY, 300, *STEADY[1:]]
    plain, screened = charted(values), charted(values, screens=True)
    assert plain.chart is not None
    assert screened.chart is not None
    assert screened.chart.limits.upper < plain.chart.limits.upper


def test_an_area_that_a_measure_is_not_given_for_has_no_figure() -> None:
    figures = charted(STEADY, areas="Barnet")
    assert not figures.is_given
    assert figures.observed is None
    assert figures.reading is None


def test_a_survey_is_held_against_its_target() -> None:
    plan = make_plan()
    measure = make_measure(plan, series="good-job-local", better="increase", target=0.9)
    release = make_release(date(2023, 3, 5), source="public-attitude-survey")
    make_observations(release, "good-job-local", Month(2019, 12), [0.6] * 13, step=3, base=3200)
    (figures,) = figures_of([measure], make_area(), date(2023, 6, 1))
    assert figures.chart is None
    assert figures.reading is not None
    assert "The target of 90% is missed" in figures.reading.sentence


def test_rare_events_are_read_by_the_time_between_them_and_on_no_chart_of_counts() -> None:
    values = [1 if place % 3 == 0 else 0 for place in range(48)]
    figures = charted(values, first=Month(2020, 1), title="Homicide", unit="homicides")
    assert figures.chart is None
    assert not figures.is_survey
    assert figures.reading is not None
    assert "days after the one before" in figures.reading.sentence
    assert "Within the usual" in figures.reading.sentence


def test_rare_events_are_counted_since_the_last_break() -> None:
    values = [1 if place % 3 == 0 else 0 for place in range(48)]
    figures = charted(values, first=Month(2021, 1), title="Homicide")
    assert figures.reading is not None
    assert figures.reading.tone is Tone.UNKNOWN
    assert "Counted since March 2024: new recording system." in figures.reading.sentence


def test_none_at_all_is_said_and_not_read() -> None:
    figures = charted([0] * 20, title="Homicide")
    assert figures.reading is not None
    assert "Homicide: none in the 20 months from January 2020" in figures.reading.sentence
