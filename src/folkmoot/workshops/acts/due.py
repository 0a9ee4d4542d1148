"""What the clock brings: reminders, places passed on, and the erasure of personal details."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from folkmoot.accounts.audit import record
from folkmoot.publishing.clock import local
from folkmoot.workshops import letters, querysets
from folkmoot.workshops.acts.places import locked, settle
from folkmoot.workshops.models import Registration, Workshop
from folkmoot.workshops.models.registrations import new_key

REMINDED_AT_HOUR = 9


def remind_due(at: datetime) -> int:
    """Remind everybody with a place in a session of tomorrow, once; return how many.

    From nine in the morning of the day before, in the body's time zone. Who took a place after
    that was told of it then. A worker that was down reminds until the session starts.
    """
    soon = Workshop.objects.live().filter(
        starts_at__gt=at, starts_at__lte=at + timedelta(days=3), called_off_because=""
    )
    return sum(_remind(workshop, at) for workshop in soon if reminded_from(workshop) <= at)


def reminded_from(workshop: Workshop) -> datetime:
    """Return the instant from which people are reminded of a session."""
    eve = local(workshop.starts_at).date() - timedelta(days=1)
    return datetime(
        eve.year, eve.month, eve.day, REMINDED_AT_HOUR, tzinfo=timezone.get_default_timezone()
    )


def _remind(workshop: Workshop, at: datetime) -> int:
    with transaction.atomic():
        # Locked, so that two workers remind nobody twice.
        workshop = locked(workshop)
        due = workshop.registrations.filter(
            standing=Registration.Standing.PLACE,
            reminded_at__isnull=True,
            placed_at__lt=reminded_from(workshop),
        )
        reminded = 0
        for registration in due:
            registration.reminded_at = at
            letters.write("reminder", registration, at)
            reminded += 1
        if reminded:
            record("workshop reminders sent", workshop, at, after={"reminders": reminded})
    return reminded


def settle_due(at: datetime) -> None:
    """Settle every workshop to come that somebody asked a place of."""
    for workshop in querysets.unsettled(at):
        settle(workshop, at)


def erase_due(at: datetime) -> int:
    """Erase who registered where the time to keep it is over; return how many.

    How many came, waited and cancelled stays; names, addresses, access needs and personal pages
    go.
    """
    erased = 0
    for due in querysets.due_for_erasure(at):
        with transaction.atomic():
            workshop = locked(due)
            count = 0
            for registration in workshop.registrations.filter(erased_at__isnull=True):
                registration.name = registration.email = registration.email_digest = ""
                registration.access_needs = registration.consent = ""
                registration.key, registration.erased_at = new_key(), at
                registration.save()
                count += 1
            record("workshop registrations erased", workshop, at, after={"erased": count})
            erased += count
    return erased
