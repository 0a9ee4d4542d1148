"""Places in a workshop: taken, given back, and passed on to who waits longest.

Every act first locks the row of its workshop, so that two of them come one after the other; on
SQLite a transaction that writes has the whole database to itself from its beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.consultations.people import email_digest
from folkmoot.publishing.purging import purge
from folkmoot.workshops import access, letters, querysets
from folkmoot.workshops.models import Registration, Session, Workshop
from folkmoot.workshops.models.registrations import new_key

if TYPE_CHECKING:
    from folkmoot.consultations.models import Respondent

RESIDENT = "a resident"
# Somebody who registers again is written to again, but nobody's mailbox is filled by it.
WRITTEN_AGAIN_AFTER = timedelta(minutes=5)
Standing = Registration.Standing


class RegistrationClosedError(Exception):
    """A place was asked for or given back once the session had started or was called off."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wrote who asks for a place; `respondent` is who they are in the survey."""

    name: str
    email: str
    access_needs: str = ""
    respondent: Respondent | None = None
    is_generated: bool = False


def take_place(workshop: Workshop, wanted: Wanted, at: datetime) -> Registration:
    """Give a place, or the next on the waiting list, and tell which by e-mail.

    The same address gives back what it has already, and is told so. Raises
    RegistrationClosedError from the start of the session on, and for one called off.
    """
    digest = email_digest(wanted.email)
    with transaction.atomic():
        workshop = locked(workshop)
        if not access.may_register(workshop, at):
            raise RegistrationClosedError
        found = workshop.registrations.filter(email_digest=digest).first()
        if found is not None and found.standing != Standing.CANCELLED:
            _write_again(found, at)
            return found
        promote(workshop, at)
        registration = found or Registration(workshop=workshop, email_digest=digest)
        registration.key = new_key()
        registration.name, registration.email = wanted.name, wanted.email
        registration.access_needs = wanted.access_needs
        registration.consent = workshop.consent
        registration.respondent = wanted.respondent
        registration.is_generated = wanted.is_generated
        registration.queued_at = at
        registration.cancelled_at = registration.reminded_at = None
        seat = free_seat(workshop)
        registration.standing = Standing.WAITING if seat is None else Standing.PLACE
        registration.seat, registration.placed_at = seat, at if seat else None
        registration.save()
        act = "place taken" if seat else "waiting list joined"
        record(f"workshop {act}", registration, at, by_name=RESIDENT)
        letters.write("confirmed" if seat else "waiting", registration, at)
        purge()
    return registration


def cancel_place(registration: Registration, at: datetime) -> Registration:
    """Give somebody's place back and promote who waits longest; twice changes nothing more.

    Raises RegistrationClosedError from the start of the session on.
    """
    with transaction.atomic():
        workshop = locked(registration.workshop)
        registration = workshop.registrations.get(pk=registration.pk)
        if registration.standing == Standing.CANCELLED:
            return registration
        if not access.may_cancel(registration, at):
            raise RegistrationClosedError
        before = registration.standing
        registration.standing, registration.seat = Standing.CANCELLED, None
        registration.cancelled_at, registration.arrived_at = at, None
        registration.save()
        record(
            "workshop place given back",
            registration,
            at,
            by_name=RESIDENT,
            before={"standing": before},
            after={"standing": registration.standing},
        )
        letters.write("cancelled", registration, at)
        promote(workshop, at)
        purge()
    return registration


def settle(workshop: Workshop, at: datetime) -> None:
    """Bring the places in line with the page as published: promote, and tell what changed.

    For a capacity that was raised, and a session that was moved or called off. Twice changes
    nothing more.
    """
    with transaction.atomic():
        workshop = locked(workshop)
        if at >= workshop.starts_at or not workshop.live:
            return
        promote(workshop, at)
        mark = letters.mark(workshop)
        outdated = querysets.door_list(workshop).exclude(told=mark)
        act = "calledoff" if workshop.called_off_because else "changed"
        for registration in outdated:
            registration.reminded_at = None
            letters.write(act, registration, at)
            record(f"workshop registration told: {act}", registration, at)


def promote(workshop: Workshop, at: datetime) -> list[Registration]:
    """Give free places to who waits longest, in order, and tell them; the workshop is locked."""
    promoted: list[Registration] = []
    if workshop.session(at) is not Session.COMING:
        return promoted
    for registration in querysets.waiting(workshop):
        seat = free_seat(workshop)
        if seat is None:
            break
        registration.standing, registration.seat = Standing.PLACE, seat
        registration.placed_at = at
        registration.save()
        record(
            "workshop place passed on",
            registration,
            at,
            before={"standing": Standing.WAITING.value},
            after={"standing": Standing.PLACE.value},
        )
        letters.write("promoted", registration, at)
        promoted.append(registration)
    if promoted:
        purge()
    return promoted


def free_seat(workshop: Workshop) -> int | None:
    """Return the lowest free seat; None where as many places are taken as there is room for."""
    taken = set(workshop.registrations.filter(seat__isnull=False).values_list("seat", flat=True))
    if len(taken) >= workshop.capacity:
        return None
    return next(seat for seat in range(1, workshop.capacity + 1) if seat not in taken)


def locked(workshop: Workshop) -> Workshop:
    """Return the workshop as it stands, its row locked until the transaction ends."""
    return Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)


def _write_again(registration: Registration, at: datetime) -> None:
    written_at = registration.written_at
    if written_at is None or at - written_at >= WRITTEN_AGAIN_AFTER:
        letters.write("again", registration, at)
