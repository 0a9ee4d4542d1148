"""Where a chart begins anew: at breaks, and where somebody decided it and said why."""

from __future__ import annotations

from datetime import date

import pytest

from folkmoot.core.periods import Month, month_range
from folkmoot.core.spc import Direction, Rebase, control_chart, rebases, with_room

MONTHS = month_range(Month(2023, 1), Month(2024, 12))
DECIDED = date(2024, 2, 3)


def test_a_series_begins_anew_at_its_breaks_and_where_it_was_decided() -> None:
    found = rebases(
        MONTHS,
        breaks=[(Month(2024, 3), "New recording system")],
        by_hand=[(Month(2023, 9), "The patrols began", DECIDED)],
    )
    assert found == (
        Rebase(8, "The patrols began", DECIDED),
        Rebase(14, "New recording system"),
    )
    assert [each.is_break for each in found] == [False, True]


def test_what_lies_outside_the_months_or_at_their_beginning_changes_nothing() -> None:
    breaks = [(month, "A break") for month in (Month(2013, 3), Month(2023, 1), Month(2025, 1))]
    assert rebases(MONTHS, breaks) == ()


def test_a_break_goes_before_a_decision_for_the_same_month() -> None:
    month = Month(2024, 3)
    (found,) = rebases(MONTHS, [(month, "A break")], [(month, "A decision", DECIDED)])
    assert found == Rebase(14, "A break")


def test_a_decision_without_a_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="Say why the limits are counted anew from March 2024"):
        rebases(MONTHS, by_hand=[(Month(2024, 3), " ", DECIDED)])


def decided(at: int) -> Rebase:
    return Rebase(at, "The patrols began", DECIDED)


def broken(at: int) -> Rebase:
    return Rebase(at, "New recording system")


@pytest.mark.parametrize(
    ("found", "kept"),
    [
        ([], []),
        ([decided(4), broken(8)], [decided(4), broken(8)]),
        # One month since a decision gives no limits; one since a break stands for itself.
        ([decided(9)], []),
        ([broken(9)], [broken(9)]),
        ([decided(1)], []),
        ([decided(4), broken(5)], [broken(5)]),
        ([broken(4), decided(5)], [broken(4), decided(5)]),
        ([decided(4), decided(5)], [decided(5)]),
    ],
)
def test_a_decision_waits_until_there_are_figures_to_count_limits_from(
    found: list[Rebase], kept: list[Rebase]
) -> None:
    assert with_room(found, 10) == tuple(kept)


def test_a_chart_can_always_be_made_of_what_has_room() -> None:
    values = [5, 6, 4, 7, 5, 6, 5, 4, 6, 5]
    for first in range(1, 10):
        for second in range(first + 1, 10):
            for one, other in ((decided, decided), (decided, broken)):
                room = with_room([one(first), other(second)], len(values))
                chart = control_chart(values, Direction.NEUTRAL, rebase=room)
                assert len(chart.points) == len(values)
