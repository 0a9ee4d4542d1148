"""Writes to a consultation outside the page editor."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision, TaskState

from folkmoot.accounts.audit import record
from folkmoot.consultations import access
from folkmoot.consultations.models import ChecklistTick, ClosingChange, Consultation, State
from folkmoot.consultations.timeline import clock, day, last_day
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

# Cabinet Office, Consultation principles (2018), J: answer within 12 weeks, or explain the delay.
ANSWER_WITHIN = timedelta(weeks=12)


class ClosingError(ValueError):
    """The closing time cannot be moved there; the message says why, and what to do."""


class TickError(ValueError):
    """A line of the checklist cannot be ticked so; the message says why, and what to do."""


def usual_promise(closes_at: datetime) -> date:
    """Return by when an answer is promised where nobody says otherwise: within 12 weeks."""
    return last_day(closes_at) + ANSWER_WITHIN


def move_closing(
    consultation: Consultation, closes_at: datetime, reason: str, at: datetime, by: User
) -> ClosingChange:
    """Move the instant at which a consultation closes, for the public at once; return the change.

    What is published and what is drafted both get the new time, and nothing else: a draft stays
    a draft, a schedule stays a schedule, and who was asked to approve still is. A promise of an
    answer within 12 weeks of the closing moves with it.

    Raises PermissionDenied for somebody who may not publish the page, and ClosingError without a
    reason, for an instant that has passed or comes before the opening or after the answer, for a
    page that is not published, and for a consultation that was answered.
    """
    if not access.may_move_closing(by, consultation):
        raise PermissionDenied(f"{by} may not move the closing of “{consultation.title}”.")
    reason = " ".join(reason.split())
    with transaction.atomic():
        # What the public sees now, whatever the page at hand was changed to.
        public = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
        if refusal := _refusal(public, closes_at, reason, at):
            raise ClosingError(refusal)
        before = _times(public)
        change = ClosingChange.objects.create(
            consultation=public,
            at=at,
            before=public.closes_at,
            after=closes_at,
            reason=reason,
            by=by,
        )
        _publish(public, change, by)
        after = _times(public) | {"reason": reason}
        record("closing time moved", public, at, by=by, before=before, after=after)
    return change


def _refusal(consultation: Consultation, closes_at: datetime, reason: str, at: datetime) -> str:
    title = f"“{consultation.title}”"
    if not consultation.live:
        return f"{title} is not published yet: set its closing time in the page editor."
    if consultation.outcome_at is not None and consultation.state(at) is State.PUBLISHED:
        return f"{title} was answered on {_day(consultation.outcome_at)}: open a new consultation."
    if closes_at <= consultation.opens_at:
        return (
            f"{title} opens on {_moment(consultation.opens_at)}: choose a closing time after that."
        )
    if closes_at <= at:
        return (
            f"{_moment(closes_at)} has passed: people must know beforehand when it closes, "
            "so choose a time to come."
        )
    if closes_at == consultation.closes_at:
        return f"{title} closes then already: choose another time."
    if consultation.outcome_at is not None and closes_at >= consultation.outcome_at:
        return (
            f"The answer is to be published on {_moment(consultation.outcome_at)}: "
            "choose a closing time before that, or publish another day for the answer first."
        )
    if not reason:
        return "Say why the closing time moves: the public reads it on the page."
    longest = ClosingChange._meta.get_field("reason").max_length or 0
    if len(reason) > longest:
        return f"The reason has {len(reason)} characters: write at most {longest}."
    return ""


def _publish(public: Consultation, change: ClosingChange, by: User) -> None:
    """Give the new time to what the public sees and to the newest draft, each as it stands.

    Wagtail's own publication would end schedules and approvals of other drafts.
    """
    drafted = public.latest_revision if public.has_unpublished_changes else None
    _move(public, change)
    public.save(update_fields=["closes_at", "answer_promised_on"], clean=False)
    revision = public.save_revision(user=by, changed=False, clean=False)
    public.live_revision, public.last_published_at = revision, change.at
    public.save(update_fields=["live_revision", "last_published_at"], clean=False)
    if drafted is not None:
        # Read again, so that it is built upon what the public sees now.
        draft = Revision.objects.get(pk=drafted.pk).as_object()
        _move(draft, change)
        goes_live_at = drafted.approved_go_live_at
        Revision.objects.filter(pk=drafted.pk).update(approved_go_live_at=None)
        newest = draft.save_revision(user=by, clean=False, approved_go_live_at=goes_live_at)
        TaskState.objects.filter(revision=drafted, status=TaskState.STATUS_IN_PROGRESS).update(
            revision=newest
        )
        public.refresh_from_db()
    moved = {
        "before": _moment(change.before),
        "after": _moment(change.after),
        "reason": change.reason,
    }
    log(public, "folkmoot.closing", user=by, data=moved, content_changed=True)
    log(public, "wagtail.publish", user=by, revision=revision, content_changed=True)


def _move(page: Consultation, change: ClosingChange) -> None:
    page.closes_at = change.after
    if page.answer_promised_on == usual_promise(change.before):
        page.answer_promised_on = usual_promise(change.after)


def _times(consultation: Consultation) -> dict[str, Any]:
    promised_on = consultation.answer_promised_on
    return {
        "closes_at": consultation.closes_at.isoformat(),
        "answer_promised_on": promised_on.isoformat() if promised_on else None,
    }


def tick_line(
    consultation: Consultation, line: str, note: str, at: datetime, by: User
) -> ChecklistTick:
    """Vouch for a line of the checklist by name, and return the tick.

    A line that the software found wanting needs a note. Raises PermissionDenied for somebody who
    may not edit the page, and TickError for a line that is unknown, ticked already, seen to by
    the software, or wanting without a note.
    """
    from folkmoot.consultations.checklist import standing_of

    if not access.may_tick_checklist(by, consultation):
        raise PermissionDenied(f"{by} may not tick the checklist of “{consultation.title}”.")
    note = note.strip()
    stands = standing_of(consultation, line)
    if stands is None:
        raise TickError(f"The checklist has no line “{line}”: load the page again.")
    if stands.tick is not None:
        raise TickError(f"“{stands.title}” was ticked by {stands.tick.by_name} already.")
    if stands.seen_to:
        raise TickError(f"“{stands.title}” is seen to already: nobody needs to tick it.")
    if stands.is_wanting and not note:
        raise TickError(
            f"“{stands.title}” is not met as far as can be seen here: "
            "write in the note why it is met all the same."
        )
    longest = ChecklistTick._meta.get_field("note").max_length or 0
    if len(note) > longest:
        raise TickError(f"The note has {len(note)} characters: write at most {longest}.")
    with transaction.atomic():
        tick = ChecklistTick.objects.create(
            consultation=consultation, line=line, at=at, by=by, by_name=str(by), note=note
        )
        record("checklist line ticked", consultation, at, by=by, after={"line": line, "note": note})
    return tick


def untick_line(consultation: Consultation, line: str, at: datetime, by: User) -> None:
    """Take a tick of the checklist back. Who had ticked it stays in the audit record.

    Raises PermissionDenied for somebody who may not edit the page. A line without a tick is left
    as it is.
    """
    if not access.may_tick_checklist(by, consultation):
        raise PermissionDenied(f"{by} may not change the checklist of “{consultation.title}”.")
    with transaction.atomic():
        tick = ChecklistTick.objects.filter(consultation=consultation, line=line).first()
        if tick is None:
            return
        before = {
            "line": line,
            "note": tick.note,
            "ticked_by": tick.by_name,
            "ticked_at": tick.at.isoformat(),
        }
        tick.delete()
        record("checklist tick taken back", consultation, at, by=by, before=before)


def _day(at: datetime) -> str:
    return day(local(at).date())


def _moment(at: datetime) -> str:
    return f"{_day(at)} at {clock(at)}"
