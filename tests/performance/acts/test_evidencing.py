"""Evidence is entered by one person, reviewed by another, and withdrawn with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from tests.factories import make_area, make_measure, make_plan, make_user

from folkmoot.accounts.models import AuditRecord, User
from folkmoot.performance.acts import (
    Entry,
    RefusedError,
    enter_evidence,
    review_evidence,
    withdraw_evidence,
)
from folkmoot.performance.models import Evidence
from folkmoot.plans.models import Measure

AT = datetime(2024, 6, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return make_user("performance.add_evidence")


@pytest.fixture
def reviewer() -> User:
    return make_user("performance.review_evidence")


@pytest.fixture
def measure() -> Measure:
    return make_measure(make_plan(), kind="qualitative", series="", better="neutral")


def entry(measure: Measure, **changed: Any) -> Entry:
    given = {
        "dated": date(2024, 5, 1),
        "kind": Evidence.Kind.INSPECTION,
        "title": "Victims wait for a call",
        "finding": "Four of ten files had no note of a call back.",
        "source": "Inspection of victim care",
        "consent": Evidence.Consent.PUBLISHED,
    } | changed
    return Entry(measure=measure, **given)


def test_an_entry_waits_for_a_second_person(measure: Measure, writer: User, reviewer: User) -> None:
    kept = enter_evidence(entry(measure, area=make_area()), at=AT, by=writer)
    assert kept.is_waiting
    assert not kept.is_shown
    shown = review_evidence(kept, at=AT, by=reviewer)
    assert shown.is_shown
    assert shown.reviewed_by == reviewer
    acts = AuditRecord.objects.filter(record_type="performance.Evidence").order_by("id")
    assert list(acts.values_list("act", "by")) == [
        ("evidence entered", writer.pk),
        ("evidence reviewed", reviewer.pk),
    ]


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"dated": date(2024, 6, 2)}, "dated", "still to come"),
        ({"title": ""}, "title", "in a few words"),
        ({"finding": " "}, "finding", "the text is empty"),
        ({"source": ""}, "source", "where it comes from"),
        ({"consent": "perhaps"}, "consent", "Say on what consent"),
        ({"consent": "nobody", "quotation": "I waited."}, "consent", "It quotes somebody"),
        ({"consent": "nobody", "kind": "account"}, "consent", "only with their consent"),
    ],
)
def test_an_entry_that_cannot_stand_is_refused(
    measure: Measure, writer: User, changed: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        enter_evidence(entry(measure, **changed), at=AT, by=writer)
    assert list(refused.value.problems) == [field]
    assert said in refused.value.problems[field]
    assert not Evidence.objects.exists()


def test_a_measure_that_is_counted_takes_no_evidence(writer: User) -> None:
    with pytest.raises(RefusedError, match="is counted"):
        enter_evidence(entry(make_measure(make_plan())), at=AT, by=writer)


def test_nobody_reviews_their_own_entry_not_even_past_the_form(measure: Measure) -> None:
    both = make_user("performance.add_evidence", "performance.review_evidence")
    kept = enter_evidence(entry(measure), at=AT, by=both)
    with pytest.raises(PermissionDenied, match="it takes a second person"):
        review_evidence(kept, at=AT, by=both)
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.update(reviewed_by=both, reviewed_at=AT)


def test_one_is_reviewed_once(measure: Measure, writer: User, reviewer: User) -> None:
    kept = enter_evidence(entry(measure), at=AT, by=writer)
    review_evidence(kept, at=AT, by=reviewer)
    with pytest.raises(RefusedError, match="already"):
        review_evidence(kept, at=AT, by=make_user("performance.review_evidence"))


def test_one_withdrawn_stays_on_the_record_and_is_never_shown_again(
    measure: Measure, writer: User, reviewer: User
) -> None:
    kept = enter_evidence(entry(measure), at=AT, by=writer)
    review_evidence(kept, at=AT, by=reviewer)
    with pytest.raises(RefusedError, match="Say why"):
        withdraw_evidence(kept, "", at=AT, by=writer)
    gone = withdraw_evidence(kept, "The source took it back.", at=AT, by=writer)
    assert not gone.is_shown
    told = AuditRecord.objects.get(act="evidence withdrawn")
    assert (told.before, told.after) == (
        {"was_shown": True},
        {"reason": "The source took it back."},
    )
    for act in (
        lambda: review_evidence(kept, at=AT, by=reviewer),
        lambda: withdraw_evidence(kept, "Once more.", at=AT, by=writer),
    ):
        with pytest.raises(RefusedError, match="already"):
            act()


def test_who_may_not_enters_reviews_and_withdraws_nothing(measure: Measure, writer: User) -> None:
    kept = enter_evidence(entry(measure), at=AT, by=writer)
    stranger = make_user("performance.add_commentary")
    for act in (
        lambda: enter_evidence(entry(measure), at=AT, by=stranger),
        lambda: review_evidence(kept, at=AT, by=stranger),
        lambda: withdraw_evidence(kept, "Because.", at=AT, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert Evidence.objects.get().is_waiting
