"""Crosstabs: shares, bases and intervals, and which columns are above which."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from folkmoot.core.crosstabs import crosstab, letter, tally, two_proportions
from folkmoot.core.intervals import wilson
from folkmoot.core.many_comparisons import Correction


def people(*groups: tuple[str, dict[str, int]]) -> tuple[list[str], list[str]]:
    """Return answers and groups of as many people as each answer of each group has."""
    pairs = [(a, name) for name, counts in groups for a, n in counts.items() for _ in range(n)]
    return [answer for answer, _ in pairs], [group for _, group in pairs]


# Agresti, An Introduction to Categorical Data Analysis, 2007, table 2.3 (Physicians' Health Study,
# 1988): heart attacks of 11,034 on placebo and 11,037 on aspirin; the squared z is Pearson's
# statistic of 25.0.
def test_the_aspirin_trial_has_the_published_statistic() -> None:
    answers, groups = people(
        ("placebo", {"attack": 189, "none": 10_845}), ("aspirin", {"attack": 104, "none": 10_933})
    )
    found = crosstab(tally(answers, groups))
    attack = found.cells[0]
    assert [cell.share for cell in attack] == pytest.approx([0.0171, 0.0094], abs=0.00005)
    assert [cell.above for cell in attack] == ["B", ""]
    p = two_proportions(189 / 11_034, 11_034, 104 / 11_037, 11_037)
    assert p == pytest.approx(chi2_contingency([[189, 10_845], [104, 10_933]], False).pvalue)
    assert p == pytest.approx(5.7e-7, rel=0.02)  # what a chi-square of 25.01 with 1 df leaves


def test_letters_name_the_columns_that_are_lower() -> None:
    answers, groups = people(
        ("North", {"yes": 80, "no": 20}),
        ("East", {"yes": 50, "no": 50}),
        ("South", {"yes": 45, "no": 55}),
    )
    found = crosstab(tally(answers, groups))
    yes, no = found.cells
    assert [column.letter for column in found.columns] == ["A", "B", "C"]
    assert [cell.above for cell in yes] == ["B C", "", ""]
    assert [cell.above for cell in no] == ["", "A", "A"]
    assert [cell.compared for cell in yes] == ["B C", "A C", "A B"]
    assert found.total.base == 300
    assert found.total_cells[0].share == pytest.approx(175 / 300)


def test_a_correction_takes_back_what_one_test_alone_would_find() -> None:
    answers, groups = people(
        ("A", {"yes": 50, "no": 50}), ("B", {"yes": 64, "no": 36}), ("C", {"yes": 57, "no": 43})
    )
    tallied = tally(answers, groups)
    assert [c.above for c in crosstab(tallied, correction=Correction.NONE).cells[0]] == [
        "",
        "A",
        "",
    ]
    for correction in (Correction.BONFERRONI, Correction.HOLM, Correction.BENJAMINI_HOCHBERG):
        assert not any(c.above for c in crosstab(tallied, correction=correction).cells[0])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # A base of 29; fewer than five expected; nobody and everybody.
        ({"yes": 15, "no": 14}, {"yes": 90, "no": 10}),
        ({"yes": 0, "no": 60}, {"yes": 8, "no": 52}),
        ({"yes": 0, "no": 60}, {"yes": 0, "no": 60}),
        ({"yes": 60, "no": 0}, {"yes": 60, "no": 0}),
    ],
)
def test_what_is_too_small_is_not_compared(first: dict, second: dict) -> None:
    answers, groups = people(("A", first), ("B", second))
    found = crosstab(tally(answers, groups, rows=["yes", "no"]))
    for line in found.cells:
        assert [(cell.above, cell.compared) for cell in line] == [("", ""), ("", "")]


def test_bases_of_thirty_are_compared() -> None:
    answers, groups = people(("A", {"yes": 25, "no": 5}), ("B", {"yes": 5, "no": 25}))
    assert [cell.above for cell in crosstab(tally(answers, groups)).cells[0]] == ["B", ""]


def test_several_answers_share_one_base() -> None:
    found = crosstab(tally([["bus", "walk"], ["bus"], [], "walk", ["bus", "bus"]], ["A"] * 5))
    assert found.rows == ("bus", "walk")
    assert found.columns[0].base == 4
    assert [line[0].count for line in found.cells] == [3, 2]
    assert [line[0].share for line in found.cells] == [0.75, 0.5]


def test_who_is_in_no_group_or_answered_nothing_is_left_out() -> None:
    found = tally(["yes", "yes", ""], ["A", "", "A"])
    assert (found.bases, found.counts) == ((1,), ((1,),))


def test_weights_move_shares_and_shrink_the_effective_base() -> None:
    found = crosstab(tally(["yes", "yes", "no", "no"], ["A"] * 4, [3, 1, 1, 1]))
    column, cell = found.columns[0], found.cells[0][0]
    assert (column.base, column.weighted_base) == (4, 6)
    assert column.effective_base == pytest.approx(36 / 12)
    assert cell.share == pytest.approx(4 / 6)
    assert cell.interval == wilson(4 / 6, column.effective_base)


def test_rows_and_columns_that_are_asked_for_are_there_even_if_empty() -> None:
    found = crosstab(tally(["yes"], ["A"], rows=["no", "yes"], columns=["B", "A"]))
    assert [cell.count for cell in found.cells[1]] == [0, 1]
    assert (found.cells[0][0].share, found.cells[0][0].interval) == (None, None)


def test_options_of_a_set_come_in_an_order_of_their_own() -> None:
    assert tally([{"b", "a", "c"}], ["A"]).rows == ("a", "b", "c")


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0], [1.0, float("nan")]])
def test_weights_that_are_none_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match=r"shorter|longer|weights are 0 or more"):
        tally(["yes", "no"], ["A", "A"], weights)


def test_letters_go_on_after_z() -> None:
    assert [letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


counted = st.integers(min_value=1, max_value=200)


@settings(deadline=None)
@given(counted, counted, counted, counted)
def test_the_test_is_pearsons(a: int, b: int, c: int, d: int) -> None:
    expected = chi2_contingency([[a, b], [c, d]], correction=False).pvalue
    assert two_proportions(a / (a + b), a + b, c / (c + d), c + d) == pytest.approx(expected)


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["yes", "no", ""]), st.sampled_from(["A", "B", ""])), max_size=80
    ),
    st.floats(min_value=0.1, max_value=10),
)
def test_equal_weights_change_nothing(pairs: list[tuple[str, str]], weight: float) -> None:
    answers, groups = [a for a, _ in pairs], [g for _, g in pairs]
    plain = crosstab(tally(answers, groups))
    same = crosstab(tally(answers, groups, [weight] * len(pairs)))
    for one, other in zip(plain.cells, same.cells, strict=True):
        assert [c.share for c in one] == pytest.approx([c.share for c in other])
        assert [(c.count, c.above) for c in one] == [(c.count, c.above) for c in other]
    for before, after in zip(plain.columns, same.columns, strict=True):
        assert after.effective_base == pytest.approx(before.base)
    for place, column in enumerate(plain.columns):
        assert sum(line[place].count for line in plain.cells) == column.base
