"""Weighting a table of cells: worked by hand, and what is left out, held or withheld."""

from __future__ import annotations

import pytest

from folkmoot.core.intervals import wilson
from folkmoot.core.weighting import Why, rake, weigh_cells, weighted_question

HALVES = {"sex": {"women": 50, "men": 50}}
YES, NO = ("yes",), ("no",)


def of(**people):
    return {(level,): many for level, many in people.items()}


def test_two_groups_brought_to_halves():
    # 75 x 2/3 = 25 x 2 = 50; sum w^2 = 75 x 4/9 + 25 x 4 = 133.3, so 100^2 / 133.3 = 75.
    found = weigh_cells(["sex"], of(women=75, men=25), HALVES)
    assert found.weights == pytest.approx({("women",): 2 / 3, ("men",): 2})
    assert found.effective_size == pytest.approx(75)
    assert found.design_effect == pytest.approx(4 / 3)
    assert (found.people, found.outside, found.unknown, found.capped) == (100, 0, 0, 0)
    assert found.is_sound


def test_the_weighted_share_is_that_of_the_population_as_the_groups_answered():
    # 40% of the women and 80% of the men: half of both is 60%, where 50 of 100 answered so.
    found = weigh_cells(["sex"], of(women=75, men=25), HALVES)
    chosen = {
        (("women",), YES): 30,
        (("women",), NO): 45,
        (("men",), YES): 20,
        (("men",), NO): 5,
    }
    asked = weighted_question(found.weights, chosen, ["yes", "no"])
    assert asked.base == pytest.approx(75)
    share = asked.shares["yes"]
    assert share is not None
    assert share.share == pytest.approx(0.6)
    assert share.interval == wilson(share.share, asked.base)


def test_cells_weigh_what_their_people_weigh():
    cells = {("women", "north"): 60, ("women", "south"): 30, ("men", "north"): 40, ("men", ""): 30}
    targets = HALVES | {"part": {"north": 0.5, "south": 0.5}}
    found = weigh_cells(["sex", "part"], cells, targets)
    columns = {
        name: [cell[place] for cell, many in sorted(cells.items()) for _ in range(many)]
        for place, name in enumerate(("sex", "part"))
    }
    raked = rake(columns, targets | {"sex": {"women": 0.5, "men": 0.5}}, cap=5)
    in_turn = [found.weights[cell] for cell, many in sorted(cells.items()) for _ in range(many)]
    assert in_turn == pytest.approx(list(raked.weights))


@pytest.mark.parametrize(("men", "why"), [(0, Why.EMPTY), (1, Why.FEW), (24, Why.FEW), (25, None)])
def test_a_level_of_too_few_keeps_its_variable_out(men, why):
    found = weigh_cells(["sex"], of(women=100, men=men), HALVES)
    assert [(each.variable, each.why, each.level) for each in found.left_out] == (
        [("sex", why, "men")] if why else []
    )
    assert found.is_sound is (why is None)
    assert (found.used, bool(found.weights)) == ((), False) if why else (("sex",), True)


def test_a_variable_that_nobody_answered_is_left_out_and_the_other_used():
    cells = {("women", ""): 60, ("men", ""): 40}
    found = weigh_cells(["sex", "part"], cells, HALVES | {"part": {"north": 1, "south": 1}})
    assert found.used == ("sex",)
    assert [(each.variable, each.why) for each in found.left_out] == [("part", Why.NOBODY)]


def test_nobody_at_all_is_no_reason_to_fail():
    found = weigh_cells(["sex"], {}, HALVES)
    assert (found.people, found.is_sound, found.design_effect) == (0, False, 0)
    assert found.left_out[0].why is Why.NOBODY


def test_people_outside_the_population_weigh_nothing():
    cells = of(north=60, south=40, outside=7)
    found = weigh_cells(["part"], cells, {"part": {"north": 1, "south": 1, "outside": 0}})
    assert (found.people, found.outside) == (100, 7)
    assert ("outside",) not in found.weights
    asked = weighted_question(
        found.weights, {(("north",), YES): 60, (("outside",), YES): 7}, ["yes", "no"]
    )
    assert asked.base == pytest.approx(60)


def test_who_did_not_say_counts_about_once_and_a_level_without_a_figure_is_not_known():
    cells = of(women=60, men=30) | {("",): 6, ("prefer-not-to-say",): 4}
    found = weigh_cells(["sex"], cells, HALVES)
    assert found.unknown == 10
    assert found.weights[("",)] == pytest.approx(1, abs=0.1)
    ratio = found.weights[("men",)] / found.weights[("women",)]
    assert ratio == pytest.approx(2)


def test_weights_are_held_at_the_cap_and_say_whose_and_what_is_missed():
    found = weigh_cells(["sex"], of(women=975, men=25), HALVES)
    assert max(found.weights.values()) == pytest.approx(5)
    assert (found.capped, found.capped_levels) == (25, (("sex", "men"),))
    assert {level.level for _, level in found.unmatched} == {"women", "men"}


def test_an_effective_size_too_low_is_not_sound():
    found = weigh_cells(
        ["sex"],
        of(
            women=25,
            men=25,
        ),
        {"sex": {"women": 9, "men": 1}},
    )
    assert found.effective_size == pytest.approx(50 / 1.64)
    assert not found.is_sound


def test_a_question_that_too_few_answered_has_no_weighted_shares():
    asked = weighted_question({("a",): 1.0}, {(("a",), YES): 49}, ["yes"])
    assert (asked.base, asked.shares) == (pytest.approx(49), {})


def test_a_share_that_would_tell_of_two_men_is_withheld_with_another():
    found = weigh_cells(["sex"], of(women=75, men=25), HALVES)
    chosen = {
        (("women",), YES): 30,
        (("women",), NO): 25,
        (("women",), ("perhaps",)): 20,
        (("men",), YES): 2,
        (("men",), NO): 15,
        (("men",), ("perhaps",)): 8,
    }
    asked = weighted_question(found.weights, chosen, ["yes", "no", "perhaps"])
    shown = {code for code, share in asked.shares.items() if share is not None}
    assert shown == {"no"}
    several = weighted_question(found.weights, chosen, ["yes", "no", "perhaps"], several=True)
    assert several.shares["yes"] is None
    assert several.shares["perhaps"] is not None
