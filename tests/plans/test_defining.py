"""A measure is defined so that it can be read, or refused with a sentence for each field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests.factories import make_measure, make_plan

from folkmoot.core.periods import Month
from folkmoot.plans.defining import TrajectoryError, parsed, printed, stored

pytestmark = pytest.mark.django_db

BASELINE = {"baseline_from": date(2019, 4, 1), "baseline_to": date(2020, 3, 1)}
TARGET = {"target": 1900, "target_by": date(2025, 3, 1)}


def refused(**fields: Any) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as raised:
        make_measure(make_plan(), **fields).full_clean()
    return raised.value.message_dict


def test_a_measure_with_baseline_target_and_trajectory_is_taken() -> None:
    trajectory = [["2023-03", 2100], ["2024-03", 2000]]
    measure = make_measure(make_plan(), **BASELINE, **TARGET, trajectory=trajectory)
    measure.full_clean()
    assert measure.baseline == (Month(2019, 4), Month(2020, 3))
    assert measure.target_points == (
        (Month(2023, 3), 2100),
        (Month(2024, 3), 2000),
        (Month(2025, 3), 1900),
    )


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"series": "happiness"}, "series", "No source here has a series “happiness”"),
        (BASELINE | {"baseline_to": date(2019, 9, 1)}, "baseline_to", "is 6 months"),
        (
            {"baseline_from": date(2018, 6, 1), "baseline_to": date(2019, 8, 1)},
            "baseline_from",
            "recorded differently from March 2019",
        ),
        ({"series": "good-job-local"} | BASELINE, "baseline_from", "never put on a control chart"),
        ({"series": "good-job-local", "screens": True}, "screens", "never put on a control chart"),
        ({"series": "good-job-local", "target": 70}, "target", "0.7 for 70%"),
        ({"trajectory": [["2023-03", 2000]]}, "trajectory", "leads to a target"),
        (TARGET | {"trajectory": [["2026-03", 1]]}, "trajectory", "after the target’s March 2025"),
        (TARGET | {"trajectory": [["spring", 1]]}, "trajectory", "is not a month and a figure"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(
    fields: dict[str, Any], field: str, said: str
) -> None:
    found = refused(**fields)
    assert list(found) == [field]
    assert said in found[field][0]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"baseline_from": date(2019, 4, 1)}, "give both or neither"),
        (
            {"baseline_from": date(2020, 4, 1), "baseline_to": date(2019, 4, 1)},
            "a later last month",
        ),
        ({"target": 5, "better": "neutral"}, "no target can be met or missed"),
        ({"target_by": date(2025, 3, 1)}, "has no target"),
        ({"kind": "qualitative", "series": "", "target": 5}, "read, not counted"),
    ],
)
def test_the_database_refuses_it_too(fields: dict[str, Any], said: str) -> None:
    measure = make_measure(make_plan())
    for name, value in fields.items():
        setattr(measure, name, value)
    with pytest.raises(ValidationError, match=said):
        measure.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        measure.save()


def test_a_measure_is_given_for_the_areas_it_names_or_for_all() -> None:
    assert make_measure(make_plan()).is_given_for("Barnet", "E09000003")
    named = make_measure(make_plan(), areas=" barnet \n\nE09000007")
    assert named.area_names == ("barnet", "E09000007")
    assert named.is_given_for("Barnet", "E09000003")
    assert named.is_given_for("Camden", "E09000007")
    assert not named.is_given_for("Brent", "E09000005")


def test_a_trajectory_is_typed_one_point_a_line() -> None:
    points = parsed("2023-03 2,100\n\n 2024-03\t2000.5 ")
    assert points == ((Month(2023, 3), 2100.0), (Month(2024, 3), 2000.5))
    assert printed(stored(points)) == "2023-03 2100\n2024-03 2000.5"
    assert parsed("") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-03", "Line 1, “2024-03”, is not a month and a figure"),
        ("2023-03 5\nnext year 7", "Line 2"),
        ("2023-03 nan", "Line 1"),
        ("2024-03 5\n2023-03 4", "March 2023 stands after March 2024"),
        ("2024-03 5\n2024-03 4", "each once"),
    ],
)
def test_a_trajectory_that_cannot_be_read_is_refused_by_line(text: str, said: str) -> None:
    with pytest.raises(TrajectoryError, match=said):
        parsed(text)
