"""Which signals wait for an explanation, and what is said of those that have one."""

from __future__ import annotations

from datetime import UTC, date, datetime

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
from folkmoot.performance.acts import explain
from folkmoot.performance.explaining import commentary_of, said_of, signals
from folkmoot.performance.models import Release
from folkmoot.performance.readings import figures_of
from folkmoot.plans.models import Measure

STEADY = [100, 104, 97, 101, 99, 103, 98, 102, 100, 105, 96, 101, 99, 102]
SINCE = Month(2021, 3)
AT = datetime(2021, 6, 1, 12, tzinfo=UTC)
TODAY = AT.date()

pytestmark = pytest.mark.django_db


@pytest.fixture
def release() -> Release:
    return make_release(date(2021, 5, 5))


@pytest.fixture
def measure(release: Release) -> Measure:
    values = [*STEADY, 150, 152]
    make_observations(release, "personal-robbery", Month(2020, 1), values)
    return make_measure(make_plan())


def say(measure: Measure, month: Month, text: str, replaces: int = 0, at: datetime = AT) -> None:
    by = make_user("performance.add_commentary")
    explain(measure, make_area(), month, text, "The owner", replaces=replaces, at=at, by=by)


def test_a_change_that_still_holds_waits_for_an_explanation(measure: Measure) -> None:
    (signal,) = signals([measure], [make_area()], TODAY)
    assert (signal.since, signal.latest) == (SINCE, Month(2021, 4))
    assert signal.explained is None


def test_what_was_said_since_the_change_began_explains_it(measure: Measure) -> None:
    say(measure, Month(2021, 2), "Of the month before.")
    (signal,) = signals([measure], [make_area()], TODAY)
    assert signal.explained is None
    say(measure, Month(2021, 4), "Shops are open again.")
    (signal,) = signals([measure], [make_area()], TODAY)
    assert signal.explained is not None
    assert signal.explained.said.text == "Shops are open again."


def test_what_varies_by_chance_waits_for_nothing(release: Release) -> None:
    make_observations(release, "personal-robbery", Month(2020, 1), STEADY)
    assert signals([make_measure(make_plan())], [make_area()], TODAY) == []


def test_each_area_is_looked_at_by_itself(measure: Measure, release: Release) -> None:
    barnet = make_area("Barnet", "borough")
    make_observations(release, "personal-robbery", Month(2020, 1), [*STEADY, 20], area=barnet)
    say(measure, SINCE, "Of the whole.")
    found = signals([measure], [make_area(), barnet], TODAY)
    assert [(each.figures.area.name, each.explained is None) for each in found] == [
        ("London", False),
        ("Barnet", True),
    ]


def test_the_page_reads_the_last_version_with_those_before(measure: Measure) -> None:
    say(measure, SINCE, "At first.")
    say(measure, SINCE, "Better known now.", replaces=1, at=AT.replace(day=3))
    (figures,) = figures_of([measure], make_area(), TODAY)
    (shown,) = commentary_of(figures, date(2021, 6, 3))
    assert (shown.month, shown.said.text) == (SINCE, "Better known now.")
    assert [each.text for each in shown.earlier] == ["At first."]
    (then,) = commentary_of(figures, date(2021, 6, 2))
    assert (then.said.text, then.earlier) == ("At first.", ())


def test_months_that_the_page_does_not_show_are_left_out(measure: Measure) -> None:
    say(measure, SINCE, "Of March.")
    (figures,) = figures_of([measure], make_area(), TODAY, Month(2021, 2))
    assert commentary_of(figures, TODAY) == []
    assert said_of(measure, make_area(), SINCE, TODAY) is not None


def test_the_questions_are_as_many_for_many_areas_as_for_one(
    measure: Measure, release: Release, django_assert_num_queries
) -> None:
    areas = [make_area()]
    for name in ("Barnet", "Brent", "Camden"):
        areas.append(make_area(name, "borough"))
        make_observations(release, "personal-robbery", Month(2020, 1), STEADY, area=areas[-1])
    for some in (areas[:1], areas):
        with django_assert_num_queries(4):
            signals([measure], some, TODAY)
