"""What a policy team owes today: answers, explanations, news, and what it promised for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from folkmoot.consultations import checklist
from folkmoot.consultations.models import Consultation, State
from folkmoot.consultations.timeline import (
    Status,
    day,
    day_count,
    last_day,
    status,
)
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from collections.abc import Iterable

# How long people who answered are left without news while the answers are analysed.
LONGEST_SILENCE = timedelta(weeks=4)


class Kind(Enum):
    """What is owed; the value is what the officer does about it."""

    PUBLISH = "See the page"
    CHECKLIST = "See the checklist"
    ANSWER = "Write the answer"
    DELAY = "Explain the delay on the page"
    NEWS = "Write an update"
    PROMISE = "See to the timeline"


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed. `is_overdue` is true from the day after it was due."""

    kind: Kind
    consultation: Consultation
    sentence: str
    due: date
    is_overdue: bool


def duties(consultations: Iterable[Consultation], at: datetime) -> list[Duty]:
    """Return what is owed on consultations, what was due first standing first.

    `updates` and `events` should have been prefetched. Consultations that were answered owe only
    what their timeline promised, and drafts only to be published before they open.
    """
    found = [duty for each in consultations for duty in _of(each, at)]
    return sorted(found, key=lambda duty: (duty.due, duty.consultation.pk, duty.kind.value))


def _of(consultation: Consultation, at: datetime) -> list[Duty]:
    today = local(at).date()
    state = consultation.state(at)
    owed = []
    if checklist.opens_soon(consultation, at):
        owed.append(_checklist(consultation, today))
    if not consultation.live:
        if checklist.opens_soon(consultation, at) or state is State.OPEN:
            owed.append(_publication(consultation, today))
        return [duty for duty in owed if duty is not None]
    if state is State.CLOSED:
        owed += [_answer(consultation, today), _news(consultation, today)]
    owed += _promises(consultation, at)
    return [duty for duty in owed if duty is not None]


def _publication(consultation: Consultation, today: date) -> Duty | None:
    scheduled = consultation.scheduled_revision
    goes_live_at = scheduled.approved_go_live_at if scheduled else None
    if goes_live_at is not None and goes_live_at <= consultation.opens_at:
        return None
    opens_on = local(consultation.opens_at).date()
    if opens_on < today:
        opens = f"“{consultation.title}” should have opened on {day(opens_on)}"
    else:
        opens = f"“{consultation.title}” opens on {day(opens_on)}, {_in(opens_on, today)}"
    missing = "and its page is not published"
    if goes_live_at is not None:
        missing = f"but its page is published only on {day(local(goes_live_at).date())}"
    return Duty(
        Kind.PUBLISH,
        consultation,
        f"{opens}, {missing}.",
        opens_on,
        is_overdue=opens_on < today,
    )


def _checklist(consultation: Consultation, today: date) -> Duty | None:
    open_lines = sum(each.is_open for each in checklist.standings(consultation))
    if not open_lines:
        return None
    opens_on = local(consultation.opens_at).date()
    lines = "1 line" if open_lines == 1 else f"{open_lines} lines"
    return Duty(
        Kind.CHECKLIST,
        consultation,
        f"“{consultation.title}” opens on {day(opens_on)}, {_in(opens_on, today)}, "
        f"with {lines} of the checklist open.",
        opens_on,
        is_overdue=False,
    )


def answer_sentence(consultation: Consultation, today: date) -> str:
    """Return by when an answer is promised and what is left of that; "" where none is promised."""
    promised_on = consultation.answer_promised_on
    if promised_on is None:
        return ""
    promised = f"The answer to “{consultation.title}” is promised by {day(promised_on)}"
    left = (promised_on - today).days
    if left >= 0:
        return f"{promised}: {'today' if left == 0 else f'{day_count(left)} left'}."
    explained = "" if delay_is_unexplained(consultation, today) else " The page explains the delay."
    return f"{promised}: {day_count(-left)} overdue.{explained}"


def delay_is_unexplained(consultation: Consultation, today: date) -> bool:
    """Whether the promised day has passed and the page does not say why the answer is late."""
    promised_on = consultation.answer_promised_on
    late = promised_on is not None and promised_on < today
    return late and not checklist.written(consultation.delay_reason)


def _answer(consultation: Consultation, today: date) -> Duty | None:
    promised_on = consultation.answer_promised_on
    if promised_on is None:
        return None
    return Duty(
        Kind.DELAY if delay_is_unexplained(consultation, today) else Kind.ANSWER,
        consultation,
        answer_sentence(consultation, today),
        promised_on,
        is_overdue=promised_on < today,
    )


def _news(consultation: Consultation, today: date) -> Duty | None:
    closed_on = last_day(consultation.closes_at)
    told = [each.on for each in consultation.updates.all() if each.on <= today]
    since = max([closed_on, *told])
    due = since + LONGEST_SILENCE
    if due > today:
        return None
    last = "has had no update" if since == closed_on else "had its last update"
    when = f"since it closed on {day(since)}" if since == closed_on else f"on {day(since)}"
    return Duty(
        Kind.NEWS,
        consultation,
        f"“{consultation.title}” {last} {when}: tell people how the analysis goes.",
        due,
        is_overdue=due < today,
    )


def _promises(consultation: Consultation, at: datetime) -> list[Duty]:
    today = local(at).date()
    return [
        Duty(
            Kind.PROMISE,
            consultation,
            f"“{event.title}” was promised by {day(event.promised_on)} on the timeline of "
            f"“{consultation.title}”: {day_count((today - event.promised_on).days)} overdue.",
            event.promised_on,
            is_overdue=True,
        )
        for event in consultation.events.all()
        if event.promised_on is not None
        and event.promised_on < today
        and status(event, at) is not Status.HAPPENED
    ]


def _in(on: date, today: date) -> str:
    left = (on - today).days
    return {0: "today", 1: "tomorrow"}.get(left, f"in {day_count(left)}")
