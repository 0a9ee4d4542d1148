"""How a release as a whole differs from the one before it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.factories import make_area, make_observations, make_release

from folkmoot.core.periods import Month
from folkmoot.performance.models import Area
from folkmoot.performance.revisions_found import revisions_found

FIRST = Month(2023, 10)

pytestmark = pytest.mark.django_db


def make_releases() -> tuple[Any, Any, Any]:
    """Make three, of which the last revises two of the second's three figures in common."""
    days = (date(2023, 12, 1), date(2024, 2, 1), date(2025, 3, 1))
    releases = tuple(make_release(day) for day in days)
    camden = make_area("Camden", Area.Kind.BOROUGH)
    for release, values in zip(releases, ([9], [82_404, 12], [82_471, 12, 13]), strict=True):
        make_observations(release, "all-recorded-crime", FIRST, values)
    for release, values in zip(releases[1:], ([20], [10]), strict=True):
        make_observations(release, "robbery", FIRST, values, area=camden)
    make_observations(make_release(date(2024, 9, 1), source="other"), "other", FIRST, [1])
    return releases


def test_a_release_is_held_against_the_one_of_the_same_source_before_it() -> None:
    _, second, third = make_releases()
    found = revisions_found(third)
    assert found is not None
    assert found.before == second
    assert (found.compared, found.revised) == (3, 2)
    assert found.sentence == (
        "2 of 3 figures differ from the release of 1 February 2024. Largest change: All recorded "
        "crime, London, October 2023: 82,404 to 82,471."
    )


def test_a_release_that_came_late_is_held_against_what_was_published_before_it() -> None:
    first, second, _ = make_releases()
    found = revisions_found(second)
    assert found is not None
    assert found.before == first
    assert (found.compared, found.revised) == (1, 1)


def test_a_first_release_revises_nothing() -> None:
    assert revisions_found(make_releases()[0]) is None


def test_a_release_without_a_change_or_without_a_figure_in_common_says_so() -> None:
    before, same, later = (make_release(date(2024, month, 1)) for month in (1, 2, 3))
    make_observations(before, "robbery", FIRST, [1, 2])
    make_observations(same, "robbery", FIRST, [1, 2])
    make_observations(later, "robbery", FIRST.shift(24), [1])
    told = [found.sentence for each in (same, later) if (found := revisions_found(each))]
    assert told == [
        "None of 2 figures differs from the release of 1 January 2024.",
        "The release of 1 February 2024 gives none of these figures.",
    ]


def test_shares_are_told_as_shares() -> None:
    for month, share in ((1, 0.5), (2, 0.47)):
        release = make_release(date(2024, month, 1), source="public-attitude-survey")
        make_observations(release, "good-job-local", FIRST, [share], base=400)
    found = revisions_found(release)
    assert found is not None
    assert found.sentence.endswith("London, October 2023: 0.500 to 0.470.")


def test_the_questions_asked_do_not_grow_with_the_release(
    django_assert_num_queries: Any,
) -> None:
    third = make_releases()[2]
    with django_assert_num_queries(3):
        revisions_found(third)
