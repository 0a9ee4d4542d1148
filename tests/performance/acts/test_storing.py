"""Observations into the database past the ORM, and out again as they were."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from django.db import IntegrityError, transaction
from tests.factories import make_area, make_release

from folkmoot.performance.acts.storing import BATCH, store
from folkmoot.performance.models import Observation

pytestmark = pytest.mark.django_db
VALUES = [0.1 + 0.2, 1e-9, 82_471.0, 0.0, 2 / 3]


def observations(values: list[float], base: float | None = None) -> pl.DataFrame:
    months = [f"{1000 + place // 12}-{place % 12 + 1:02}" for place in range(len(values))]
    return pl.DataFrame(
        {"series": "robbery", "area_code": "E1", "area_name": "One", "period": months}
        | {"value": values, "base": [base] * len(values)},
        schema_overrides={"base": pl.Float64},
    )


def test_every_value_comes_back_to_its_last_digit() -> None:
    release, area = make_release(date(2024, 1, 1)), make_area()
    store(observations(VALUES, base=412.5), release.pk, {"E1": area.pk, "E2": 0})
    found = Observation.objects.order_by("period")
    assert [each.value for each in found] == VALUES
    assert {(each.release, each.area, each.series, each.base) for each in found} == {
        (release, area, "robbery", 412.5)
    }
    assert found[0].period == date(1000, 1, 1)


def test_no_base_is_no_base() -> None:
    store(observations(VALUES), make_release(date(2024, 1, 1)).pk, {"E1": make_area().pk})
    assert Observation.objects.filter(base__isnull=True).count() == len(VALUES)


def test_more_than_a_batch_is_stored_whole_and_told_as_it_goes() -> None:
    told: list[tuple[str, int, int]] = []
    many = observations([float(each) for each in range(BATCH + 5)])
    area, release = make_area(), make_release(date(2024, 1, 1))
    store(many, release.pk, {"E1": area.pk}, lambda *said: told.append(said))
    assert release.observations.count() == BATCH + 5
    assert told == [
        ("Storing observations", BATCH, BATCH + 5),
        ("Storing observations", BATCH + 5, BATCH + 5),
    ]


def test_a_cell_twice_is_refused_by_the_database_itself() -> None:
    twice = pl.concat([observations(VALUES)] * 2)
    area, release = make_area(), make_release(date(2024, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        store(twice, release.pk, {"E1": area.pk})
    assert not Observation.objects.exists()
