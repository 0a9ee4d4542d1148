"""Whether a weighted share tells a small number: hand-sized cases, and a plain search as oracle."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.disclosure.weighted import PRINTED, gives_away

WOMEN, MEN = [True, False], [False, True]


def test_two_groups_and_two_shares_tell_who_the_two_men_are():
    # 32 of 100 chose it, 24% weighted: 2/3 a + 2 b = 24 and a + b = 32 leave only b = 2.
    assert gives_away([75, 25], [30, 2], [2 / 3, 2], [WOMEN, MEN])


def test_equal_weights_tell_nothing_beyond_the_count():
    assert not gives_away([75, 25], [30, 2], [1, 1], [WOMEN, MEN])


def test_a_third_group_hides_the_few():
    # Of 53 who chose it any of 1 to 4 in the last group leave enough to shift between the others.
    third = [False, False, True]
    assert not gives_away([200, 200, 100], [30, 20, 3], [0.5, 1.5, 1], [third])


def test_many_in_a_group_need_no_hiding():
    assert not gives_away([75, 25], [30, 5], [2 / 3, 2], [WOMEN, MEN])


def test_nobody_in_a_group_is_no_small_number():
    assert not gives_away([75, 25], [30, 0], [2 / 3, 2], [WOMEN, MEN])


def test_the_few_who_did_not_choose_it_are_looked_after_as_well():
    assert gives_away([75, 25], [45, 23], [2 / 3, 2], [WOMEN, MEN])


def plain(people, chosen, weights, group, smallest=5):
    """Try every way in which as many could have chosen it with the same printed share."""
    total, summed = sum(chosen), sum(w * c for w, c in zip(weights, chosen, strict=True))
    slack = PRINTED * sum(w * n for w, n in zip(weights, people, strict=True))
    inside = {
        sum(c for c, is_in in zip(other, group, strict=True) if is_in)
        for other in product(*(range(each + 1) for each in people))
        if sum(other) == total
        and abs(sum(w * c for w, c in zip(weights, other, strict=True)) - summed) <= slack + 1e-9
    }
    members = sum(c for c, is_in in zip(chosen, group, strict=True) if is_in)
    size = sum(n for n, is_in in zip(people, group, strict=True) if is_in)
    rest = sum(people) - size
    possible = {
        many for many in range(1, min(smallest - 1, size, total) + 1) if total - many <= rest
    }
    return 0 < members < smallest and not possible <= inside


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(1, 7), st.integers(0, 7), st.sampled_from([0.5, 1.0, 1.5, 3.0])),
        min_size=2,
        max_size=4,
    )
)
def test_whatever_is_called_told_is_told(cells):
    people = [n for n, _, _ in cells]
    chosen = [min(n, c) for n, c, _ in cells]
    weights = [w for _, _, w in cells]
    group = [True] + [False] * (len(cells) - 1)
    if gives_away(people, chosen, weights, [group]):
        rest = [n - c for n, c in zip(people, chosen, strict=True)]
        assert plain(people, chosen, weights, group) or plain(people, rest, weights, group)
