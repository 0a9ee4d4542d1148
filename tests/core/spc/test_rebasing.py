"""Where a chart begins anew: at breaks, and where somebody decided it and said why."""

from __future__ import annotations

from datetime import date

import pytest

from folkmoot.core.periods import Month, month_range
from folkmoot.core.spc import Rebase, rebases

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
