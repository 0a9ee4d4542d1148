"""What a later release says differently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.periods import Month
from folkmoot.core.revisions import Mark, Revision, marks, no_longer_given, revisions

OCTOBER, NOVEMBER, DECEMBER = Month(2023, 10), Month(2023, 11), Month(2023, 12)

figures = st.dictionaries(
    st.integers(0, 30).map(OCTOBER.shift), st.integers(0, 5).map(float), max_size=20
)


def test_a_changed_figure_is_a_revision_with_its_size() -> None:
    (found,) = revisions({OCTOBER: 82404, NOVEMBER: 79000}, {OCTOBER: 82471, NOVEMBER: 79000})
    assert found == Revision(OCTOBER, 82404, 82471)
    assert found.change == 67
    assert found.relative == pytest.approx(67 / 82404)


def test_the_largest_comes_first_whichever_way_it_goes_and_then_the_latest() -> None:
    before = {OCTOBER: 100.0, NOVEMBER: 100.0, DECEMBER: 100.0}
    found = revisions(before, {OCTOBER: 103.0, NOVEMBER: 90.0, DECEMBER: 97.0})
    assert [each.month for each in found] == [NOVEMBER, DECEMBER, OCTOBER]


def test_a_change_from_nothing_has_no_relative_size() -> None:
    assert Revision(OCTOBER, 0, 2).relative is None


def test_the_last_digits_of_a_share_are_no_revision() -> None:
    assert revisions({OCTOBER: 0.47}, {OCTOBER: 0.47 + 1e-15}) == ()


def test_a_month_later_than_the_release_before_is_provisional() -> None:
    found = marks({OCTOBER: 5.0, NOVEMBER: 6.0}, {OCTOBER: 5.0, NOVEMBER: 7.0, DECEMBER: 8.0})
    assert found == {NOVEMBER: Mark.REVISED, DECEMBER: Mark.PROVISIONAL}


@pytest.mark.parametrize("before", [None, {}])
def test_without_a_release_before_nothing_is_marked(before: dict[Month, float] | None) -> None:
    assert marks(before, {OCTOBER: 5.0}) == {}


def test_an_older_month_that_only_the_later_release_holds_is_not_provisional() -> None:
    assert marks({NOVEMBER: 6.0}, {OCTOBER: 5.0, NOVEMBER: 6.0}) == {}


def test_a_month_taken_back_is_told_but_not_what_a_shorter_file_leaves_out() -> None:
    before = {OCTOBER: 1.0, NOVEMBER: 2.0, DECEMBER: 3.0}
    assert no_longer_given(before, {OCTOBER: 1.0, DECEMBER: 3.0}) == [NOVEMBER]
    assert no_longer_given(before, {DECEMBER: 3.0}) == []
    assert no_longer_given(before, {}) == []


@given(before=figures, after=figures)
def test_revisions_are_the_months_that_both_give_differently(
    before: dict[Month, float], after: dict[Month, float]
) -> None:
    found = revisions(before, after)
    assert {each.month for each in found} == {
        month for month in before.keys() & after.keys() if before[month] != after[month]
    }
    assert [abs(each.change) for each in found] == sorted(
        (abs(each.change) for each in found), reverse=True
    )
    assert not {each.month for each in found} & set(no_longer_given(before, after))
