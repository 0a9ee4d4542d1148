"""What happens at the door: who came, who came without registering, and how they got in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.consultations.models import Respondent
from folkmoot.consultations.people import email_digest
from folkmoot.workshops import access
from folkmoot.workshops.acts.places import Wanted, free_seat, locked
from folkmoot.workshops.models import JoiningLink, Registration, Workshop

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

Standing = Registration.Standing


class NotAtTheDoorError(ValueError):
    """Attendance cannot be recorded so; the sentence says why, and what to do."""


def record_attendance(
    workshop: Workshop,
    *,
    arrived: Collection[int],
    not_arrived: Collection[int],
    at: datetime,
    by: User,
) -> int:
    """Note who came, and who was ticked by mistake, by key of registration; return how many.

    Who waits and came all the same is let in. Each is counted as a person who took part, the same
    one in several workshops. Others are left as they are, so that two people can keep the door.
    Raises PermissionDenied, and NotAtTheDoorError before people may join.
    """
    with transaction.atomic():
        workshop = _opened(workshop, at, by)
        listed = list(workshop.registrations.exclude(standing=Standing.CANCELLED))
        came = [each for each in listed if each.pk in arrived and each.arrived_at is None]
        left = [each for each in listed if each.pk in not_arrived and each.arrived_at is not None]
        for registration in came:
            _let_in(registration, at)
            record("workshop attended", registration, at, by=by)
        for registration in left:
            registration.arrived_at = None
            registration.save()
            _forget(registration.respondent)
            record("workshop attendance taken back", registration, at, by=by)
    return len(came) + len(left)


def add_walk_in(workshop: Workshop, wanted: Wanted, at: datetime, by: User) -> Registration:
    """Note somebody who came without registering, and return them; over the capacity if need be.

    Somebody on the list by that e-mail address is ticked off instead. Raises PermissionDenied,
    and NotAtTheDoorError before people may join.
    """
    digest = email_digest(wanted.email)
    with transaction.atomic():
        workshop = _opened(workshop, at, by)
        found = workshop.registrations.filter(email_digest=digest).first() if digest else None
        registration = found or Registration(
            workshop=workshop,
            email_digest=digest,
            queued_at=at,
            is_walk_in=True,
            consent=workshop.consent,
            is_generated=wanted.is_generated,
            respondent=wanted.respondent,
            name=wanted.name,
            email=wanted.email,
            access_needs=wanted.access_needs,
        )
        if registration.arrived_at is None:
            registration.cancelled_at = None
            _let_in(registration, at)
            act = "workshop attended" if found else "walk-in added"
            record(act, registration, at, by=by)
    return registration


def set_joining_link(
    workshop: Workshop, address: str, note: str, at: datetime, by: User
) -> JoiningLink | None:
    """Set where an online workshop is joined, or with an empty address take it out.

    The audit record says that it changed, and never what it is. Raises PermissionDenied.
    """
    if not access.may_keep_door(by):
        raise PermissionDenied(f"{by} may not set the joining link of a workshop.")
    with transaction.atomic():
        workshop = locked(workshop)
        if not address:
            removed, _ = JoiningLink.objects.filter(workshop=workshop).delete()
            if removed:
                record("joining link removed", workshop, at, by=by)
            return None
        link, is_new = JoiningLink.objects.update_or_create(
            workshop=workshop, defaults={"address": address, "note": note}
        )
        record(f"joining link {'set' if is_new else 'changed'}", workshop, at, by=by)
    return link


def _opened(workshop: Workshop, at: datetime, by: User) -> Workshop:
    if not access.may_keep_door(by):
        raise PermissionDenied(f"{by} may not keep the door of a workshop.")
    workshop = locked(workshop)
    if workshop.called_off_because:
        raise NotAtTheDoorError(
            f"“{workshop.title}” is called off, so nobody attended it: nothing was saved."
        )
    if not access.may_tick_off(workshop, at):
        raise NotAtTheDoorError(
            "Attendance can be recorded once people may join, "
            f"{workshop.joins_from_minutes} minutes before the start: nothing was saved."
        )
    return workshop


def _let_in(registration: Registration, at: datetime) -> None:
    workshop = registration.workshop
    if not registration.has_place:
        registration.seat = free_seat(workshop) or _seat_on_top(workshop)
        registration.standing, registration.placed_at = Standing.PLACE, at
    registration.arrived_at = at
    registration.respondent = _counted_as(registration)
    registration.save()


def _seat_on_top(workshop: Workshop) -> int:
    highest = workshop.registrations.filter(seat__isnull=False).order_by("-seat").first()
    return max(workshop.capacity, highest.seat or 0 if highest else 0) + 1


def _counted_as(registration: Registration) -> Respondent:
    """Return whom somebody who came counts as, so that everybody is one person of the consultation.

    Known by the reference of their survey response, by the address of an earlier workshop, or by
    both: then what was counted as two people is one from now on.
    """
    workshop, digest = registration.workshop, registration.email_digest
    consultation = workshop.consultation
    known = registration.respondent
    if not digest:
        return known or _new_respondent(registration)
    same = Respondent.objects.filter(consultation=consultation, email_digest=digest).first()
    if known is None or known == same:
        return same or _new_respondent(registration)
    if same is not None:
        Registration.objects.filter(respondent=same).update(respondent=known)
        known.took_part_at = min(known.took_part_at, same.took_part_at)
        if not _took_part_otherwise(same):
            same.delete()
            same = None
    if same is None and not known.email_digest:
        known.email_digest = digest
    known.save(update_fields=["email_digest", "took_part_at"])
    return known


def _new_respondent(registration: Registration) -> Respondent:
    workshop = registration.workshop
    return Respondent.objects.create(
        consultation=workshop.consultation,
        took_part_at=workshop.starts_at,
        email_digest=registration.email_digest,
        is_generated=registration.is_generated,
    )


def _forget(respondent: Respondent | None) -> None:
    """Count somebody no longer who took part in nothing else."""
    if respondent is None or _took_part_otherwise(respondent):
        return
    Registration.objects.filter(respondent=respondent).update(respondent=None)
    respondent.delete()


def _took_part_otherwise(respondent: Respondent) -> bool:
    """Whether a record of any room tells that they took part; a place without coming does not."""
    for relation in Respondent._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: respondent})
        if relation.related_model is Registration:
            rows = rows.filter(arrived_at__isnull=False)
        if rows.exists():
            return True
    return False
