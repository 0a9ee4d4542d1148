"""What the admin prints of a consultation."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from folkmoot.consultations import access, checklist, timeline
from folkmoot.consultations.admin.doors import doors_of
from folkmoot.consultations.admin.editing import closing_address
from folkmoot.consultations.duties import (
    Duty,
    Kind,
    delay_is_unexplained,
    duties,
)
from folkmoot.consultations.models import Consultation, State
from folkmoot.consultations.querysets import by_state
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from folkmoot.accounts.models import User

# Where in the page editor a duty is done.
FIELDS = {
    Kind.ANSWER: "#panel-child-content-outcome-section",
    Kind.DELAY: "#panel-child-content-delay_reason-section",
    Kind.NEWS: "#panel-child-content-updates-section",
    Kind.PROMISE: "#panel-child-content-events_of_the_timeline-section",
}


def moment(at: datetime) -> str:
    """Return a day with its time in the body's time zone: "21 January 2022, 23:59"."""
    return f"{timeline.day(local(at).date())}, {timeline.clock(at)}"


def checklist_address(consultation: Consultation) -> str:
    """Return where the checklist stands."""
    return reverse("consultations:checklist", args=[consultation.pk])


def editor_address(consultation: Consultation) -> str:
    """Return where the page is edited."""
    return reverse("wagtailadmin_pages:edit", args=[consultation.pk])


def standing(consultation: Consultation, user: User, at: datetime) -> dict[str, Any]:
    """Return what stands at the top of the page editor."""
    state, today = consultation.state(at), local(at).date()
    before_it_closes = state in (State.COMING, State.OPEN)
    open_lines = checklist.standings(consultation) if before_it_closes else []
    return {
        "state": state.value,
        "sentence": timeline.state_sentence(consultation, at),
        "is_live": consultation.live,
        "checklist": checklist_sentence(open_lines) if before_it_closes else "",
        "checklist_address": checklist_address(consultation),
        "checklist_presses": checklist.opens_soon(consultation, at)
        and any(each.is_open for each in open_lines),
        "closing_address": may_see_closing(consultation, user, at)
        and closing_address(consultation),
        "delay_is_explained": state is State.CLOSED
        and checklist.written(consultation.delay_reason),
        "explain_address": (
            FIELDS[Kind.DELAY]
            if state is State.CLOSED and delay_is_unexplained(consultation, today)
            else ""
        ),
    }


def may_see_closing(consultation: Consultation, user: User, at: datetime) -> bool:
    """Whether the closing time can be moved now, and by them."""
    return (
        consultation.live
        and consultation.state(at) is not State.PUBLISHED
        and access.may_move_closing(user, consultation)
    )


def checklist_sentence(standings: list[checklist.Standing]) -> str:
    """Return how much of the checklist is done, in a sentence."""
    done = sum(not each.is_open for each in standings)
    if done == len(standings):
        return f"All {done} lines of the checklist are done."
    return f"{done} of {len(standings)} lines of the checklist are done."


def checklist_page(consultation: Consultation, user: User, at: datetime) -> dict[str, Any]:
    """Return what the checklist prints: its lines by what they are about."""
    standings = checklist.standings(consultation)
    return {
        "sentence": checklist_sentence(standings),
        "state_sentence": timeline.state_sentence(consultation, at),
        "may_tick": access.may_tick_checklist(user, consultation),
        "groups": [
            {"title": group.value, "lines": [_line(each) for each in members]}
            for group, members in groupby(standings, key=lambda each: each.line.group)
        ],
    }


def _line(standing: checklist.Standing) -> dict[str, Any]:
    tick = standing.tick
    word, tone = ("Open", "critical") if standing.is_wanting else ("To be judged", "warning")
    if standing.seen_to:
        word, tone = "Seen to", "positive"
    elif tick is not None:
        word, tone = "Ticked", "positive"
    return {
        "key": standing.line.key,
        "title": standing.title,
        "seen": standing.finding.seen,
        "word": word,
        "tone": tone,
        "tick": tick and {"by": tick.by_name, "at": moment(tick.at), "note": tick.note},
        "is_open": standing.is_open,
        "needs_note": standing.is_wanting,
    }


def front_page(
    consultations: Iterable[Consultation], user: User, at: datetime
) -> dict[str, Any] | None:
    """Return what the admin's front page prints of consultations; None where there are none."""
    edited = [each for each in consultations if access.may_edit_consultation(user, each)]
    if not edited:
        return None
    owed = duties(edited, at)
    return {
        "duties": [_duty(each) for each in owed],
        "rows": [
            _row(each, state, user, at)
            for state, members in by_state(edited, at)
            for each in members
        ],
    }


def _duty(duty: Duty) -> dict[str, Any]:
    address = editor_address(duty.consultation) + FIELDS.get(duty.kind, "")
    if duty.kind is Kind.CHECKLIST:
        address = checklist_address(duty.consultation)
    return {
        "sentence": duty.sentence,
        "is_overdue": duty.is_overdue,
        "address": address,
        "words": duty.kind.value,
    }


def _row(consultation: Consultation, state: State, user: User, at: datetime) -> dict[str, Any]:
    doors = doors_of(consultation, user)
    if state in (State.COMING, State.OPEN):
        doors.append({"words": "Checklist", "address": checklist_address(consultation)})
        if may_see_closing(consultation, user, at):
            doors.append(
                {"words": "Move the closing time", "address": closing_address(consultation)}
            )
    if consultation.live:
        doors.append({"words": "The page", "address": consultation.url})
    history = reverse("wagtailadmin_pages:history", args=[consultation.pk])
    doors.append({"words": "History", "address": history})
    return {
        "title": consultation.get_admin_display_title(),
        "address": editor_address(consultation),
        "state": state.value if consultation.live else f"Draft ({state.value.lower()})",
        "next": _next(consultation, state),
        "doors": doors,
    }


def _next(consultation: Consultation, state: State) -> str:
    """Return the next thing that the clock brings, with its day."""
    if state is State.COMING:
        return f"Opens {moment(consultation.opens_at)}"
    if state is State.OPEN:
        return f"Closes {moment(consultation.closes_at)}"
    if state is State.PUBLISHED and consultation.outcome_at is not None:
        return f"Answered {moment(consultation.outcome_at)}"
    if consultation.outcome_at is not None:
        return f"Answer comes out {moment(consultation.outcome_at)}"
    promised_on = consultation.answer_promised_on
    return (
        f"Answer promised by {timeline.day(promised_on)}" if promised_on else "No answer promised"
    )
