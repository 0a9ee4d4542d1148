"""Raking against what others print, a slow plain raking, and what must always hold."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from folkmoot.core.weighting import Weighting, rake


def people(table: dict[tuple[str, ...], int], *names: str) -> dict[str, list[str]]:
    """Return a column for each variable, with as many respondents as each cell has."""
    return {
        name: [cell[place] for cell, count in table.items() for _ in range(count)]
        for place, name in enumerate(names)
    }


def weight_of_cell(sample: dict[str, list[str]], found: Weighting) -> dict[tuple[str, ...], float]:
    return dict(zip(zip(*sample.values(), strict=True), found.weights.tolist(), strict=True))


# Bishop, Fienberg and Holland, Discrete Multivariate Analysis, 1975, table 3.4-1, adjusted as SAS
# prints it (SAS/IML user's guide, example of the subroutine IPF): British women by age and marital
# status, last year's table brought to this year's margins.
AGES = ["15 - 19", "20 - 24", "25 - 29", "30 - 34", "35 - 39", "40 - 44", "45 - 49", "50 or over"]
STATUSES = ["single", "married", "widowed/divorced"]
KNOWN = [
    *((1306, 83, 0), (619, 765, 3), (263, 1194, 9), (173, 1372, 28)),
    *((171, 1393, 51), (159, 1372, 81), (208, 1350, 108), (1116, 4100, 2329)),
]
PRINTED = [
    *((1325.27, 86.73, 0.00), (615.56, 783.39, 3.05), (253.94, 1187.18, 8.88)),
    *((165.13, 1348.55, 27.32), (173.41, 1454.71, 52.87), (147.21, 1308.12, 76.67)),
    *((202.33, 1352.28, 107.40), (1105.16, 4181.04, 2357.81)),
]
BY_AGE = [1412, 1402, 1450, 1541, 1681, 1532, 1662, 7644]
BY_STATUS = [3988, 11702, 2634]


def test_raking_gives_the_printed_table_of_age_and_marital_status() -> None:
    cells = [(age, status) for age in AGES for status in STATUSES]
    counts = dict(zip(cells, [count for row in KNOWN for count in row], strict=True))
    sample = people(counts, "age", "status")
    found = rake(
        sample,
        {
            "age": dict(zip(AGES, BY_AGE, strict=True)),
            "status": dict(zip(STATUSES, BY_STATUS, strict=True)),
        },
    )
    factor = sum(BY_AGE) / len(found.weights)
    weights = weight_of_cell(sample, found)
    expected = dict(zip(cells, [share for row in PRINTED for share in row], strict=True))
    for cell, count in counts.items():
        if count:
            assert count * weights[cell] * factor == pytest.approx(expected[cell], abs=0.005)
    assert found.is_converged
    assert found.unmatched == ()


# The example of `rake` in R's package survey (Lumley, Complex Surveys, 2010): the cluster sample of
# Californian schools, raked to type and to whether the school met its target. The weights are those
# that survey 4.5 returns; it stops once no cell changes by more than one school.
def test_raking_gives_the_weights_of_the_package_survey() -> None:
    expected = {
        ("E", "Yes"): (132, 29.8704638727345),
        ("E", "No"): (12, 39.838509410554),
        ("H", "Yes"): (11, 50.3301527726748),
        ("H", "No"): (3, 67.1257826263303),
        ("M", "Yes"): (17, 36.7921816646831),
        ("M", "No"): (8, 49.0700673992951),
    }
    sample = people({cell: count for cell, (count, _) in expected.items()}, "type", "met")
    found = rake(
        sample,
        {"type": {"E": 4421, "H": 755, "M": 1018}, "met": {"No": 1072, "Yes": 5122}},
        design_weights=[33.847] * 183,
    )
    for cell, weight in weight_of_cell(sample, found).items():
        assert weight * 6194 / 183 == pytest.approx(expected[cell][1], rel=1e-4)


def slowly_raked(
    rows: list[dict[str, str]], targets: dict[str, dict[str, float]], design: list[float]
) -> list[float]:
    """Rake one respondent after the other, written from the method and not from the code."""
    weights = [weight * len(rows) / sum(design) for weight in design]
    for _ in range(300):
        for name, levels in targets.items():
            for level, share in levels.items():
                now = sum(w for row, w in zip(rows, weights, strict=True) if row[name] == level)
                weights = [
                    w * share * len(rows) / now if row[name] == level else w
                    for row, w in zip(rows, weights, strict=True)
                ]
    return weights


def least_changed(
    rows: list[dict[str, str]], targets: dict[str, dict[str, float]], design: list[float]
) -> list[float]:
    """Return the weights nearest to the design by relative entropy that meet the targets.

    Found by a general minimiser of the dual, which knows nothing of raking.
    """
    held = [[1.0] * len(rows)]
    for name, levels in targets.items():
        for level, share in list(levels.items())[1:]:
            held.append([((row[name] == level) - share) * (row[name] != "") for row in rows])
    constraints, start = np.array(held), np.array(design) * len(rows) / sum(design)

    def dual(multipliers: np.ndarray) -> tuple[float, np.ndarray]:
        weights = start * np.exp(multipliers @ constraints)
        slope = constraints @ weights
        slope[0] -= len(rows)
        return float(weights.sum() - multipliers[0] * len(rows)), slope

    found = minimize(
        dual, np.zeros(len(constraints)), jac=True, method="BFGS", options={"gtol": 1e-8}
    )
    return (start * np.exp(found.x @ constraints)).tolist()


@st.composite
def surveys(draw: st.DrawFn, blanks: bool = True) -> tuple:
    """Return rows with every pair of levels, targets as shares, and design weights."""
    rows = [{"age": age, "sex": sex} for age in "yo" for sex in "fm"]
    more = st.fixed_dictionaries(
        {
            "age": st.sampled_from(["y", "o", ""] if blanks else ["y", "o"]),
            "sex": st.sampled_from(["f", "m", ""] if blanks else ["f", "m"]),
        }
    )
    rows += draw(st.lists(more, max_size=20))
    share = st.floats(min_value=0.2, max_value=0.8)
    young, women = draw(share), draw(share)
    targets = {"age": {"y": young, "o": 1 - young}, "sex": {"f": women, "m": 1 - women}}
    weight = st.floats(min_value=0.5, max_value=2)
    return rows, targets, draw(st.lists(weight, min_size=len(rows), max_size=len(rows)))


def columns(rows: list[dict[str, str]]) -> dict[str, list[str]]:
    return {name: [row[name] for row in rows] for name in ("age", "sex")}


@settings(deadline=None, max_examples=50)
@given(surveys(blanks=False))
def test_weights_are_those_of_a_slow_plain_raking(survey: tuple) -> None:
    rows, targets, design = survey
    found = rake(columns(rows), targets, design_weights=design)
    assert found.weights.tolist() == pytest.approx(slowly_raked(rows, targets, design), rel=1e-4)


@settings(deadline=None, max_examples=50)
@given(surveys())
def test_weights_are_the_nearest_to_the_design_that_meet_the_targets(survey: tuple) -> None:
    rows, targets, design = survey
    found = rake(columns(rows), targets, design_weights=design)
    assert found.weights.tolist() == pytest.approx(least_changed(rows, targets, design), rel=1e-3)


@settings(deadline=None, max_examples=50)
@given(surveys())
def test_margins_are_met_and_the_mean_is_one(survey: tuple) -> None:
    rows, targets, design = survey
    found = rake(columns(rows), targets, design_weights=design)
    assert found.is_converged
    assert found.weights.mean() == pytest.approx(1)
    for name, levels in targets.items():
        known = sum(w for row, w in zip(rows, found.weights, strict=True) if row[name])
        for level, share in levels.items():
            summed = sum(
                w for row, w in zip(rows, found.weights, strict=True) if row[name] == level
            )
            assert summed / known == pytest.approx(share, abs=1e-6)


@settings(deadline=None, max_examples=50)
@given(surveys(), st.floats(min_value=1e-6, max_value=1e6))
def test_neither_order_nor_the_scale_of_design_weights_matters(
    survey: tuple, factor: float
) -> None:
    rows, targets, design = survey
    found = rake(columns(rows), targets, design_weights=design).weights
    turned = {name: targets[name] for name in reversed(targets)}
    backwards = rake(
        columns(rows[::-1]), turned, design_weights=[weight * factor for weight in design[::-1]]
    )
    assert backwards.weights[::-1].tolist() == pytest.approx(found.tolist(), rel=1e-4)


@settings(deadline=None, max_examples=50)
@given(surveys(blanks=False), st.floats(min_value=1.05, max_value=3))
def test_no_weight_is_above_the_cap_and_margins_are_met_where_there_is_room(
    survey: tuple, cap: float
) -> None:
    rows, targets, design = survey
    found = rake(columns(rows), targets, design_weights=design, cap=cap)
    assert found.weights.max() <= cap
    counts = Counter((row["age"], row["sex"]) for row in rows)
    # With independent targets as the table, each cell's mean weight shows whether there is room.
    room = all(
        targets["age"][age] * targets["sex"][sex] * len(rows) <= 0.9 * cap * counts[age, sex]
        for age, sex in counts
    )
    assume(room)
    assert found.is_converged
    assert found.weights.mean() == pytest.approx(1, abs=1e-6)


def test_what_the_cap_takes_goes_to_the_others() -> None:
    found = rake({"all": ["yes"] * 4}, {"all": {"yes": 1}}, design_weights=[1, 1, 1, 5], cap=1.5)
    assert found.weights.tolist() == pytest.approx([2.5 / 3, 2.5 / 3, 2.5 / 3, 1.5])
    assert (found.trimmed, found.is_converged) == (1, True)


def test_a_target_that_the_cap_does_not_allow_is_unmatched() -> None:
    sample = {"age": ["young"] + ["old"] * 9}
    found = rake(sample, {"age": {"young": 0.5, "old": 0.5}}, cap=3)
    assert found.weights.tolist() == pytest.approx([3.0] + [5 / 9] * 9)
    assert not found.is_converged
    assert [(name, fit.level) for name, fit in found.unmatched] == [
        ("age", "young"),
        ("age", "old"),
    ]


def test_margins_that_contradict_each_other_are_unmatched() -> None:
    # Every young respondent is a woman, so women cannot be fewer than the young.
    sample = {"age": ["young"] * 5 + ["old"] * 5, "sex": ["f"] * 5 + ["m"] * 5}
    found = rake(sample, {"age": {"young": 60, "old": 40}, "sex": {"f": 30, "m": 70}})
    assert not found.is_converged
    assert ("age", "young") in [(name, fit.level) for name, fit in found.unmatched]
    assert np.all(np.isfinite(found.weights))


def test_each_level_is_reported_before_and_after() -> None:
    sample = {"age": ["young"] * 2 + ["old"] * 7 + [""]}
    found = rake(
        sample, {"age": {"young": 50, "old": 50, "none": 0}}, design_weights=[2] * 2 + [1] * 8
    )
    (age,) = found.variables
    young, old, none = age.levels
    assert age.unknown == 1
    assert young.sample_share == pytest.approx(2 / 9)
    assert young.design_share == pytest.approx(4 / 11)
    assert (young.target, young.weighted_share) == pytest.approx((0.5, 0.5))
    assert young.mean_weight / old.mean_weight == pytest.approx(7 / 2)
    assert (none.respondents, none.mean_weight) == (0, 0)
    # The young go from 4 of 11 to a half, the old from 7: by factors whose product is 1.
    unknown = found.weights[-1]
    assert found.weights[0] / 2 / unknown == pytest.approx((7 / 4) ** 0.5)
    assert found.weights[2] / unknown == pytest.approx((4 / 7) ** 0.5)
    assert found.notes == (
        "“age” is not known of 1 of 10 respondents: it leaves their weights as they are, and its "
        "targets hold for the others.",
    )
