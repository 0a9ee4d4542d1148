"""What the public reads of a qualitative measure."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.factories import make_measure, make_plan, make_user

from folkmoot.performance.acts import Entry, enter_evidence, review_evidence, withdraw_evidence
from folkmoot.performance.evidence import entries_dated, evidence_of
from folkmoot.performance.models import Evidence
from folkmoot.plans.models import Measure

AT = datetime(2024, 6, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure() -> Measure:
    return make_measure(make_plan(), kind="qualitative", series="", better="neutral")


def entered(measure: Measure, title: str, dated: date) -> Evidence:
    entry = Entry(
        measure=measure,
        dated=dated,
        kind=Evidence.Kind.RESEARCH,
        title=title,
        finding="What it shows.",
        source="A report",
        consent=Evidence.Consent.NOBODY,
    )
    return enter_evidence(entry, at=AT, by=make_user("performance.add_evidence"))


def test_only_what_was_reviewed_and_stands_is_shown_newest_first(measure: Measure) -> None:
    reviewer = make_user("performance.review_evidence")
    older = entered(measure, "Older", date(2024, 1, 1))
    newer = entered(measure, "Newer", date(2024, 3, 1))
    gone = entered(measure, "Gone", date(2024, 4, 1))
    entered(measure, "Waiting", date(2024, 5, 1))
    for each in (older, newer, gone):
        review_evidence(each, at=AT, by=reviewer)
    withdraw_evidence(gone, "A mistake.", at=AT, by=reviewer)
    assert [each.title for each in evidence_of(measure, AT.date())] == ["Newer", "Older"]


def test_nothing_is_shown_before_the_day_of_its_review(measure: Measure) -> None:
    kept = entered(measure, "A report", date(2024, 1, 1))
    review_evidence(kept, at=AT, by=make_user("performance.review_evidence"))
    assert evidence_of(measure, date(2024, 5, 31)) == []
    assert evidence_of(measure, date(2024, 6, 1)) == [kept]


def test_shown_entries_are_counted_by_the_day_they_are_of(measure: Measure) -> None:
    reviewer = make_user("performance.review_evidence")
    for day in (date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 1)):
        review_evidence(entered(measure, f"Of {day}", day), at=AT, by=reviewer)
    entered(measure, "Waiting", date(2024, 2, 1))
    quarter = (date(2024, 1, 1), date(2024, 3, 31))
    assert entries_dated([measure], *quarter, AT.date()) == {measure.pk: 2}
