"""Targets: how they are read, and each way in which they do not fit the sample."""

from __future__ import annotations

import pytest

from folkmoot.core.weighting import ReadAs, TargetsError, rake

SAMPLE = {"age": ["young", "old", "old"], "sex": ["f", "m", "f"]}


@pytest.mark.parametrize(
    ("targets", "read_as"),
    [
        ({"young": 0.4, "old": 0.6}, ReadAs.SHARES),
        ({"young": 40, "old": 60}, ReadAs.PERCENTAGES),
        ({"young": 4_000, "old": 6_000}, ReadAs.COUNTS),
    ],
)
def test_targets_are_read_by_what_they_sum_to(targets: dict, read_as: ReadAs) -> None:
    found = rake(SAMPLE, {"age": targets})
    assert found.variables[0].read_as is read_as
    assert found.weights.tolist() == pytest.approx([1.2, 0.9, 0.9])
    assert found.notes == ()


def test_targets_that_rounding_left_short_are_scaled_and_said_so() -> None:
    found = rake(SAMPLE, {"age": {"young": 33.3, "old": 66.6}})
    assert found.weights.tolist() == pytest.approx([1, 1, 1])
    assert found.notes == ("The targets of “age” sum to 99.9 and were scaled to 100.",)


def test_counts_and_shares_go_together() -> None:
    found = rake(SAMPLE, {"age": {"young": 4_000, "old": 6_000}, "sex": {"f": 0.6, "m": 0.4}})
    assert [fit.read_as for fit in found.variables] == [ReadAs.COUNTS, ReadAs.SHARES]
    assert found.is_converged


def test_counts_of_a_small_population_are_counts_where_two_variables_agree() -> None:
    found = rake(SAMPLE, {"age": {"young": 50, "old": 100}, "sex": {"f": 75, "m": 75}})
    assert {fit.read_as for fit in found.variables} == {ReadAs.COUNTS}


@pytest.mark.parametrize(
    ("targets", "said"),
    [
        ({}, "There are no targets"),
        ({"region": {"x": 1}}, "The targets have “region”, and the sample has no such variable"),
        ({"age": {}}, "“age” has no targets"),
        ({"age": {"young": 0.4, "old": 0.4}}, "“age” sum to 0.8: give shares that sum to 1"),
        ({"age": {"young": 40, "old": 50}}, "“age” sum to 90: give shares"),
        (
            {"age": {"young": 400, "old": 600}, "sex": {"f": 600, "m": 600}},
            "“age” sum to 1,000 and those of “sex” to 1,200: give all of them for one population",
        ),
        (
            {"age": {"young": 50, "old": 25, "very old": 25}},
            "No respondent has “very old” of “age”, whose target is 25: merge it",
        ),
        ({"age": {"young": 100}}, "without a target: “old” \\(2\\). The targets have “young”"),
        (
            {"age": {"young": 1, "old": 0}},
            "The target of “age”, “old”, is 0 and 2 respondents have it",
        ),
        ({"age": {"young": -1, "old": 2}}, "“age”, “young”, is -1: give a number of 0 or more"),
        ({"age": {"young": float("nan"), "old": 2}}, "“age”, “young”, is nan"),
        ({"age": {"young": 0, "old": 0}}, "All targets of “age” are 0"),
        ({"age": {"young": 1, "": 0}}, "A target of “age” has no level"),
    ],
)
def test_targets_that_do_not_fit_are_refused_by_name(targets: dict, said: str) -> None:
    with pytest.raises(TargetsError, match=said):
        rake(SAMPLE, targets)


@pytest.mark.parametrize(
    ("sample", "said"),
    [
        ({"age": []}, "no respondents"),
        ({"age": ["", ""]}, "No respondent has a known level of “age”"),
    ],
)
def test_samples_of_nobody_are_refused(sample: dict, said: str) -> None:
    with pytest.raises(TargetsError, match=said):
        rake(sample, {"age": {"young": 1}})


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(TargetsError, match="different lengths"):
        rake({"age": ["young"], "sex": ["f", "m"]}, {"age": {"young": 1}, "sex": {"f": 1}})


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ([1, 1], "3 respondents and 2 design weights"),
        ([1, 0, 1], "respondent 2 is 0: give each a number above 0"),
        ([1, 1, float("inf")], "respondent 3 is inf"),
        ([1, -2, 1], "respondent 2 is -2"),
    ],
)
def test_design_weights_that_are_none_are_refused(weights: list[float], said: str) -> None:
    with pytest.raises(TargetsError, match=said):
        rake(SAMPLE, {"age": {"young": 0.5, "old": 0.5}}, design_weights=weights)


@pytest.mark.parametrize("cap", [1, 0.5, -1, float("inf"), float("nan")])
def test_caps_that_leave_no_room_are_refused(cap: float) -> None:
    with pytest.raises(TargetsError, match="not above 1, the mean weight"):
        rake(SAMPLE, {"age": {"young": 0.5, "old": 0.5}}, cap=cap)
