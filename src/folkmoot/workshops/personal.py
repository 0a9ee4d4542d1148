"""What is held of somebody who registered for workshops."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from folkmoot.publishing.clock import local
from folkmoot.publishing.models import OutgoingMail
from folkmoot.publishing.personal import Held, Holder, Subject, register_holder
from folkmoot.workshops import access
from folkmoot.workshops.acts.places import cancel_place
from folkmoot.workshops.models import Registration
from folkmoot.workshops.models.registrations import new_key

if TYPE_CHECKING:
    from django.db.models import QuerySet

NAME = "Workshops"


def register() -> None:
    """Say what this room holds of a person."""
    register_holder(Holder(NAME, find, erase, known_as))


def find(subject: Subject) -> list[Held]:
    """Return their registrations that are not erased."""
    found = []
    for each in _registrations(subject).select_related("workshop").order_by("pk"):
        fields = (
            ("Name", each.name),
            ("E-mail address", each.email),
            ("Access needs", each.access_needs),
            ("Consent text", each.consent),
            ("Standing", each.get_standing_display()),
            ("Registered", f"{local(each.queued_at):%-d %B %Y at %H:%M}"),
            ("Came", "Yes" if each.arrived_at else "No"),
        )
        found.append(Held(f"Registration for {each.workshop.title}", fields))
    return found


def erase(subject: Subject, at: datetime) -> dict[str, int]:
    """Erase who registered; how many registered, waited and came stays.

    A place in a session that is still to come is given back first, so that somebody who waits gets
    it. No letter about it is sent.
    """
    found = list(_registrations(subject).select_related("workshop"))
    for each in found:
        if access.may_cancel(each, at):
            cancel_place(each, at)
        OutgoingMail.objects.filter(to__iexact=each.email).exclude(to="").delete()
    for each in Registration.objects.filter(pk__in=[each.pk for each in found]):
        each.name = each.email = each.email_digest = each.access_needs = each.consent = ""
        each.key, each.erased_at = new_key(), at
        each.save()
    return {"registrations": len(found)}


def known_as(subject: Subject) -> Subject:
    """Add whom they are counted as, and the digests of addresses they registered with."""
    found = _registrations(subject).values_list("respondent_id", "email_digest")
    return replace(
        subject,
        respondents=subject.respondents | {key for key, _ in found if key},
        email_digests=subject.email_digests | {digest for _, digest in found if digest},
    )


def _registrations(subject: Subject) -> QuerySet[Registration]:
    wanted = Q(pk__in=[])
    if subject.email_digests:
        wanted |= Q(email_digest__in=subject.email_digests)
    if subject.email:
        wanted |= Q(email__iexact=subject.email)
    if subject.respondents:
        wanted |= Q(respondent_id__in=subject.respondents)
    return Registration.objects.filter(wanted, erased_at__isnull=True)
