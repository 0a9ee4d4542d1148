"""Followers of a measure are told when a new release changes its reading, and only then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import (
    make_area,
    make_dashboard,
    make_follower,
    make_measure,
    make_observations,
    make_plan,
    make_release,
)

from folkmoot.core.periods import Month
from folkmoot.performance.models import Dashboard, Release
from folkmoot.performance.telling import tell
from folkmoot.publishing.following import digests
from folkmoot.publishing.following.parts import Followed, part_of
from folkmoot.publishing.models import Following, OutgoingMail

STEADY = [200, 204, 197, 201, 199, 203, 198, 202, 200, 205, 196, 201, 199]
FIRST = Month(2020, 1)
DAY = timedelta(days=1)
MORNING = datetime(2021, 3, 8, 8, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Dashboard:
    """A dashboard of two measures with a release that is a month old."""
    plan = make_plan()
    make_measure(plan, slug="personal-robbery")
    make_measure(plan, slug="burglary", title="Burglary", series="burglary")
    release = released(date(2021, 2, 5), MORNING - 30 * DAY)
    for series in ("personal-robbery", "burglary"):
        make_observations(release, series, FIRST, STEADY)
    return make_dashboard(plan)


def released(on: date, imported_at: datetime) -> Release:
    return make_release(on, imported_at=imported_at)


def update(robberies: int) -> None:
    release = released(date(2021, 3, 5), MORNING)
    make_observations(release, "personal-robbery", FIRST, [*STEADY, robberies])
    make_observations(release, "burglary", FIRST, [*STEADY, 200])


def follow(board: Dashboard, part: str = "") -> None:
    """Let somebody follow a dashboard, or a measure of it."""
    make_follower(board, at=MORNING - 2 * DAY)
    Following.objects.update(part=part)


def told() -> str:
    return "\n".join(OutgoingMail.objects.order_by("pk").values_list("text", flat=True))


def test_a_reading_that_a_release_changed_is_told_with_what_it_was(board: Dashboard) -> None:
    follow(board, "personal-robbery")
    digests.write_due(MORNING - DAY)
    update(robberies=302)
    assert digests.write_due(MORNING + timedelta(hours=1)) == 1
    assert "Personal robbery: getting worse" in told()
    assert "Before this release: within its usual range." in told()
    assert f"{board.slug}/personal-robbery/" in told()
    assert "Burglary" not in told()


def test_a_new_figure_that_changes_no_reading_is_not_told(board: Dashboard) -> None:
    follow(board, "personal-robbery")
    digests.write_due(MORNING - DAY)
    update(robberies=200)
    assert digests.write_due(MORNING + timedelta(hours=1)) == 0


def test_who_follows_another_measure_is_not_told(board: Dashboard) -> None:
    follow(board, "burglary")
    digests.write_due(MORNING - DAY)
    update(robberies=302)
    assert digests.write_due(MORNING + timedelta(hours=1)) == 0


def test_who_follows_the_whole_dashboard_is_told_of_each_measure(board: Dashboard) -> None:
    follow(board)
    digests.write_due(MORNING - DAY)
    update(robberies=302)
    assert digests.write_due(MORNING + timedelta(hours=1)) == 1
    assert "Personal robbery: getting worse" in told()


def test_a_release_of_the_past_that_is_filled_in_is_no_news(board: Dashboard) -> None:
    old = released(date(2021, 1, 5), MORNING)
    make_observations(old, "personal-robbery", FIRST, [*STEADY[:-1], 500])
    assert list(tell(None, MORNING - DAY, MORNING)) == []


def test_a_dashboard_that_is_not_public_tells_nothing(board: Dashboard) -> None:
    update(robberies=302)
    assert len(list(tell(None, MORNING - DAY, MORNING))) == 1
    board.unpublish()
    assert list(tell(None, MORNING - DAY, MORNING)) == []


def test_only_a_measure_of_the_plan_can_be_followed(board: Dashboard) -> None:
    found = part_of(board, "burglary")
    assert found == Followed(board, "burglary", "Burglary")
    assert found.url == f"{board.url}burglary/"
    assert part_of(board, "happiness") is None
    assert part_of(board, "") == Followed(board)


def test_the_questions_do_not_grow_with_measures(
    board: Dashboard, django_assert_max_num_queries
) -> None:
    make_area()
    update(robberies=302)
    list(tell(None, MORNING - DAY, MORNING))
    counted = []
    for more in (0, 8):
        for _ in range(more):
            make_measure(board.statutory_plan)
        with django_assert_max_num_queries(20) as queries:
            list(tell(None, MORNING - DAY, MORNING))
        counted.append(len(queries))
    assert counted[0] == counted[1]
