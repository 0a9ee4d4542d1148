"""A signal is explained in versions: each takes the place of the one before, which stays."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import (
    make_area,
    make_measure,
    make_observations,
    make_plan,
    make_release,
    make_user,
)

from folkmoot.accounts.models import AuditRecord, User
from folkmoot.core.periods import Month
from folkmoot.performance.acts import RefusedError, explain
from folkmoot.performance.models import Commentary
from folkmoot.plans.models import Measure

AT = datetime(2021, 6, 1, 12, tzinfo=UTC)
MONTH = Month(2021, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure() -> Measure:
    make_observations(
        make_release(date(2021, 3, 5)), "personal-robbery", Month(2020, 1), [100] * 13
    )
    return make_measure(make_plan())


@pytest.fixture
def owner() -> User:
    return make_user("performance.add_commentary")


def say(measure: Measure, by: User, **changed: Any) -> Commentary:
    given = {
        "area": make_area(),
        "period": MONTH,
        "text": "Shops were closed.",
        "author": "Head of performance",
        "replaces": 0,
    } | changed
    return explain(measure, at=AT, by=by, **given)


def test_an_explanation_is_kept_dated_and_audited(measure: Measure, owner: User) -> None:
    said = say(measure, owner)
    assert (said.version, said.written_at, said.written_by) == (1, AT, owner)
    told = AuditRecord.objects.get(act="signal explained")
    assert (told.by, told.before, told.after["text"]) == (owner, None, "Shops were closed.")


def test_a_new_version_leaves_the_one_before_as_it_was(measure: Measure, owner: User) -> None:
    say(measure, owner)
    say(measure, owner, text="Shops and schools were closed.", replaces=1)
    versions = Commentary.objects.order_by("version").values_list("version", "text")
    assert list(versions) == [(1, "Shops were closed."), (2, "Shops and schools were closed.")]
    told = AuditRecord.objects.filter(act="signal explained").first()
    assert told is not None
    assert told.before["text"] == "Shops were closed."


def test_a_writer_who_saw_an_older_version_is_told_of_the_newer(
    measure: Measure, owner: User
) -> None:
    say(measure, owner)
    with pytest.raises(RefusedError, match="Head of performance wrote version 1 meanwhile"):
        say(measure, owner, text="Something else.")
    assert Commentary.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"text": " "}, "text", "the text is empty"),
        ({"author": ""}, "author", "Say who explains it"),
        ({"period": Month(2021, 2)}, "period", "No release has a figure"),
    ],
)
def test_what_cannot_be_said_is_refused(
    measure: Measure, owner: User, changed: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        say(measure, owner, **changed)
    assert said in refused.value.problems[field]
    assert not Commentary.objects.exists()


def test_the_same_words_are_no_new_version(measure: Measure, owner: User) -> None:
    say(measure, owner)
    with pytest.raises(RefusedError, match="words of version 1"):
        say(measure, owner, replaces=1)


def test_figures_of_a_release_to_come_are_not_explained_yet(measure: Measure, owner: User) -> None:
    make_observations(make_release(date(2021, 9, 5)), "personal-robbery", Month(2021, 2), [90])
    with pytest.raises(RefusedError, match="No release has a figure"):
        say(measure, owner, period=Month(2021, 2))


def test_who_may_not_says_nothing(measure: Measure) -> None:
    with pytest.raises(PermissionDenied):
        say(measure, make_user("performance.add_evidence"))
    assert not Commentary.objects.exists()
