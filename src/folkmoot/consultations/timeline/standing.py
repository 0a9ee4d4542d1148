"""Where a consultation stands, in words: its state, its promise, and moves of its closing."""

from __future__ import annotations

from datetime import date, datetime

from folkmoot.consultations.models import ClosingChange, Consultation, State
from folkmoot.consultations.timeline.days import (
    SMALLEST,
    clock,
    day,
    day_count,
    day_in_year,
    last_day,
    span,
    weekday,
)
from folkmoot.publishing.clock import local


def state_sentence(consultation: Consultation, at: datetime) -> str:
    """Return in words where a consultation stands at an instant, in the body's time zone."""
    state = consultation.state(at)
    if state is State.COMING:
        return f"Opens on {weekday(consultation.opens_at, at)} at {clock(consultation.opens_at)}."
    if state is State.OPEN:
        return _open_sentence(consultation.closes_at, at)
    closed = f"Closed on {day(last_day(consultation.closes_at))}."
    promised_on = consultation.answer_promised_on
    today = local(at).date()
    if state is State.PUBLISHED and consultation.outcome_at is not None:
        answered_on = local(consultation.outcome_at).date()
        answer = f"{closed} The answer was published on {day(answered_on)}."
        return f"{answer} {promise(promised_on, answered_on, today)}." if promised_on else answer
    if promised_on is None:
        return f"{closed} Being analysed."
    return f"{closed} Being analysed; an answer {_promised(promised_on, today)}."


def promise_sentence(consultation: Consultation, at: datetime) -> str:
    """Return by when a closed consultation is answered, counted from the day of `at`."""
    promised_on = consultation.answer_promised_on
    if promised_on is None:
        return "The responses are being analysed. No day has been promised for the answer."
    promised = _promised(promised_on, local(at).date())
    return f"The responses are being analysed. An answer {promised}."


def _open_sentence(closes_at: datetime, at: datetime) -> str:
    left = (last_day(closes_at) - local(at).date()).days
    at_midnight = last_day(closes_at) != local(closes_at).date()
    when = "at midnight" if at_midnight else f"at {clock(closes_at)}"
    if left <= 0:
        return f"Closes today {when}."
    on = weekday(closes_at - SMALLEST, at)
    if left == 1:
        return f"Open for 1 more day. Closes tomorrow, {on}, {when}."
    return f"Open for {left} more days. Closes {on} {when}."


def _promised(on: date, today: date) -> str:
    """Return by when an answer is or was promised, counted from today."""
    left = (on - today).days
    if left < 0:
        return f"was promised by {day(on)} and is overdue by {day_count(-left)}"
    if left == 0:
        return f"is promised by today, {day(on)}"
    return f"is promised by {day(on)}, in {day_count(left)}"


def promise(promised_on: date, kept_on: date | None, today: date) -> str:
    """Return what was promised for a day and what became of it, without a full stop.

    `kept_on` is None while it is not kept. Earliness is rounded down, lateness is exact.
    """
    promised = f"Promised by {day(promised_on)}"
    if kept_on is not None:
        if kept_on > promised_on:
            return f"{promised}. Late by {day_count((kept_on - promised_on).days)}"
        early = (promised_on - kept_on).days
        return f"{promised}. Kept, {span(early)} early" if early else f"{promised}. Kept"
    if today > promised_on:
        return f"{promised}. Overdue by {day_count((today - promised_on).days)}"
    return promised


def days_late(consultation: Consultation, at: datetime) -> int:
    """Return by how many days the promised answer is late, or was when it came; 0 if it is not."""
    promised_on = consultation.answer_promised_on
    if promised_on is None or consultation.state(at) in (State.COMING, State.OPEN):
        return 0
    outcome_at = consultation.outcome_at
    answered = outcome_at if outcome_at is not None and outcome_at <= at else at
    return max(0, (local(answered).date() - promised_on).days)


def closing_move(change: ClosingChange) -> str:
    """Return a move of the closing with its reason, as the public reads it.

    "Closing moved from 14 January to 21 January 2022 on 10 January: ...". Years that repeat
    are left out; a move within one day is told in times of the clock.
    """
    before, after, on = last_day(change.before), last_day(change.after), local(change.at).date()
    decided = day_in_year(on, after.year)
    if before == after:
        moved = (
            f"from {clock(change.before)} to {clock(change.after)} on {day(after)}, on {decided}"
        )
    else:
        moved = f"from {day_in_year(before, after.year)} to {day(after)} on {decided}"
    reason = change.reason.strip()
    return f"Closing moved {moved}: {reason}{'' if reason[-1:] in '.!?' else '.'}"
