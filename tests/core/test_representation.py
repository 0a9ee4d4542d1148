"""Who was heard from: the index, its interval, and small groups kept back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.representation import representation

POPULATION = {"16-34": 300, "35-54": 350, "55+": 350}


def test_the_index_is_the_share_of_respondents_over_that_of_the_population() -> None:
    young, middle, old = representation({"16-34": 15, "35-54": 35, "55+": 50}, POPULATION)
    assert (young.respondents, young.share, young.population_share) == (15, 0.15, 0.3)
    assert [each.index for each in (young, middle, old)] == pytest.approx([50, 100, 50 / 0.35])
    assert [each.differs for each in (young, middle, old)] == [True, False, True]
    assert young.points == pytest.approx(-0.15)


# The interval of 15 of 148 is printed in Newcombe, "Two-sided confidence intervals for the single
# proportion", 1998, table I, method 3: 0.0624 to 0.1605.
def test_the_interval_is_the_published_one_over_the_share_of_the_population() -> None:
    found, _ = representation({"a": 15, "b": 133}, {"a": 20, "b": 80})
    assert found.interval is not None
    assert found.points_interval is not None
    assert (found.interval.lower, found.interval.upper) == pytest.approx((31.2, 80.25), abs=0.05)
    assert found.points_interval.lower == pytest.approx(0.0624 - 0.2, abs=0.00005)
    assert found.differs


def test_too_few_are_withheld_with_another_that_would_give_them_away() -> None:
    found = representation({"16-34": 3, "35-54": 40, "55+": 90}, POPULATION)
    assert [each.respondents for each in found] == [None, None, 90]
    assert [each.index is None for each in found] == [True, True, False]
    assert not found[0].differs


def test_nothing_is_shown_of_a_small_base() -> None:
    found = representation({"16-34": 8, "35-54": 8, "55+": 8}, POPULATION)
    assert {each.respondents for each in found} == {None}
    assert representation({}, POPULATION)[0].share is None


def test_a_group_that_nobody_is_in_is_shown_as_such() -> None:
    found = representation({"35-54": 40, "55+": 90}, POPULATION)[0]
    assert (found.respondents, found.index) == (0, 0)
    assert found.differs


def test_a_group_without_a_part_in_the_population_has_no_index() -> None:
    found = representation({"a": 30, "b": 30}, {"a": 100, "b": 0})[1]
    assert (found.share, found.index, found.interval) == (0.5, None, None)
    assert found.points == 0.5


@pytest.mark.parametrize(
    ("respondents", "population", "said"),
    [
        ({"a": 30, "x": 2}, {"a": 1}, "no group “x”, which 2 respondents are in"),
        ({"a": -1}, {"a": 1}, "below 0"),
        ({"a": 1}, {"a": float("nan")}, "below 0"),
        ({"a": 30}, {"a": 0}, "all 0"),
    ],
)
def test_what_cannot_be_compared_is_refused(respondents: dict, population: dict, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        representation(respondents, population)


@settings(deadline=None)
@given(
    st.lists(st.integers(min_value=5, max_value=500), min_size=5, max_size=8),
    st.floats(min_value=1e-3, max_value=1e6),
)
def test_indices_weighted_by_the_population_come_to_100(counts: list[int], scale: float) -> None:
    respondents = {str(at): count for at, count in enumerate(counts)}
    population = {str(at): scale * (at + 1) for at in range(len(counts))}
    found = representation(respondents, population)
    assert sum((each.index or 0) * each.population_share for each in found) == pytest.approx(100)
    assert sum(each.points or 0 for each in found) == pytest.approx(0, abs=1e-9)
    for each in found:
        assert each.interval is not None
        assert each.index is not None
        assert each.interval.lower <= each.index <= each.interval.upper
