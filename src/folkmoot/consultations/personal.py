"""What is held of somebody who took part, whatever they took part in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from folkmoot.consultations.models import Respondent
from folkmoot.consultations.people import email_digest
from folkmoot.publishing.clock import local
from folkmoot.publishing.personal import Held, Holder, Subject, register_holder

if TYPE_CHECKING:
    from django.db.models import QuerySet

NAME = "People who took part"


def register() -> None:
    """Say what this room holds of a person."""
    register_holder(Holder(NAME, find, erase, known_as))


def find(subject: Subject) -> list[Held]:
    """Return under what they are counted as people; the address itself is not kept."""
    found = []
    for each in _respondents(subject).select_related("consultation").order_by("pk"):
        has_digest = "As a keyed hash only" if each.email_digest else "Not kept"
        fields = (
            ("Kind", each.get_kind_display()),
            ("Organisation", each.organisation),
            ("Who wrote for it", each.contact_name),
            ("Their role", each.contact_role),
            ("First took part", f"{local(each.took_part_at):%-d %B %Y at %H:%M}"),
            ("E-mail address", has_digest),
        )
        found.append(Held(f"Taking part in {each.consultation.title}", fields))
    return found


def erase(subject: Subject, at: datetime) -> dict[str, int]:
    """Erase names and the hash of the address. That somebody took part, and when, stays."""
    many = _respondents(subject).update(
        organisation="", contact_name="", contact_role="", has_authority=None, email_digest=""
    )
    return {"names and hashes of addresses": many}


def known_as(subject: Subject) -> Subject:
    """Add whom an address is counted as, and the hashes of the addresses of those named."""
    digests = set(subject.email_digests)
    if subject.email:
        digests.add(email_digest(subject.email))
    known = Q(pk__in=subject.respondents)
    if digests:
        known |= Q(email_digest__in=digests)
    rows = list(Respondent.objects.filter(known).values_list("pk", "email_digest"))
    return replace(
        subject,
        respondents=subject.respondents | {key for key, _ in rows},
        email_digests=frozenset(digests | {digest for _, digest in rows if digest}),
    )


def _respondents(subject: Subject) -> QuerySet[Respondent]:
    return Respondent.objects.filter(pk__in=subject.respondents)
