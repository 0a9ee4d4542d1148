"""What a consultation refuses, in a sentence for the person who typed it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from tests.factories import CLOSES, OPENS, make_consultation

from folkmoot.consultations.models import Consultation, Stage, TimelineEvent

pytestmark = pytest.mark.django_db


def test_consultation_closes_after_it_opens() -> None:
    consultation = make_consultation()
    consultation.closes_at = consultation.opens_at
    with pytest.raises(ValidationError, match="choose a closing time after the opening time"):
        consultation.full_clean()
    with pytest.raises(IntegrityError):
        Consultation.objects.update(closes_at=consultation.opens_at)


def refused(event: TimelineEvent) -> str:
    with pytest.raises(ValidationError) as refusal:
        event.full_clean(exclude=["consultation"])
    (sentence,) = refusal.value.messages
    return str(sentence)


def make_event(**fields: Any) -> TimelineEvent:
    return TimelineEvent(**{"stage": "Evidence", "title": "Workshop", "starts_at": OPENS} | fields)


@pytest.mark.parametrize("length", [timedelta(0), -timedelta(hours=1)])
def test_event_ends_after_it_starts(length: timedelta) -> None:
    assert "“Workshop” ends before it starts" in refused(make_event(ends_at=OPENS + length))


def test_event_without_a_day_says_so() -> None:
    assert "choose “To be confirmed”" in refused(make_event(starts_at=None))
    make_event(starts_at=None, precision=TimelineEvent.Precision.UNKNOWN).full_clean(
        exclude=["consultation"]
    )


def test_link_of_an_event_has_words_and_an_address() -> None:
    assert "needs both words and a page" in refused(make_event(link_text="Notes"))
    assert "needs both words and a page" in refused(make_event(link_url="https://example.org/"))


def test_stage_ends_no_earlier_than_it_starts() -> None:
    stage = Stage(title="Evidence", starts_on=date(2022, 1, 2), ends_on=date(2022, 1, 1))
    with pytest.raises(ValidationError, match="“Evidence” ends before it starts"):
        stage.full_clean(exclude=["consultation"])
    stage.consultation = make_consultation()
    with pytest.raises(IntegrityError):
        stage.save()


@pytest.mark.parametrize(
    ("at", "next_change"),
    [
        (OPENS - timedelta(hours=2), OPENS),
        (OPENS + timedelta(hours=1), datetime(2021, 11, 17, tzinfo=UTC)),
        (CLOSES - timedelta(minutes=5), CLOSES),
        (CLOSES, CLOSES + timedelta(minutes=1)),
        (datetime(2021, 12, 2, 17, tzinfo=UTC), datetime(2021, 12, 2, 18, tzinfo=UTC)),
        (datetime(2021, 12, 2, 18, tzinfo=UTC), datetime(2021, 12, 2, 19, 30, tzinfo=UTC)),
        (datetime(2022, 3, 24, 8, tzinfo=UTC), datetime(2022, 3, 24, 9, tzinfo=UTC)),
        # Clocks go forward on 27 March 2022: midnight there is 23:00 in UTC from then on.
        (datetime(2022, 3, 27, 12, tzinfo=UTC), datetime(2022, 3, 27, 23, tzinfo=UTC)),
    ],
)
def test_page_is_kept_until_the_clock_next_changes_it(at: datetime, next_change: datetime) -> None:
    consultation = make_consultation()
    TimelineEvent.objects.create(
        consultation=consultation,
        stage="Evidence",
        title="Workshop",
        starts_at=datetime(2021, 12, 2, 18, tzinfo=UTC),
        ends_at=datetime(2021, 12, 2, 19, 30, tzinfo=UTC),
    )
    wait = (next_change - at).total_seconds()
    assert consultation.seconds_unchanged(at) == wait
    index = consultation.get_parent().specific
    assert index.seconds_unchanged(OPENS - timedelta(hours=2)) == 2 * 3600
