"""Workshops and people for the tests of this room."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from tests.factories import make_consultation

from folkmoot.publishing.models import OutgoingMail
from folkmoot.workshops.acts import Wanted, take_place
from folkmoot.workshops.models import JoiningLink, Registration, Workshop

STARTS = datetime(2021, 12, 2, 18, tzinfo=UTC)
ENDS = STARTS + timedelta(minutes=90)
BEFORE = STARTS - timedelta(days=7)
LINK = "https://meet.example.org/secret-room-417"

_numbers = count(1)


def make_workshop(consultation: Any = None, **fields: Any) -> Workshop:
    """Return an online workshop of 90 minutes on 2 December 2021 with room for three."""
    fields = {
        "title": "Online workshop: violence",
        "slug": f"workshop-{next(_numbers)}",
        "summary": "Talk with us about violence.",
        "asks": "Talk about two questions in small groups.",
        "starts_at": STARTS,
        "ends_at": ENDS,
        "capacity": 3,
        "consent": "<p>We use your details to run this session only.</p>",
    } | fields
    workshop = Workshop(**fields)
    (consultation or make_consultation()).add_child(instance=workshop)
    return Workshop.objects.get(pk=workshop.pk)


def make_link(workshop: Workshop) -> JoiningLink:
    return JoiningLink.objects.create(workshop=workshop, address=LINK, note="Passcode 8812")


def wanted(name: str = "Ada", **fields: Any) -> Wanted:
    return Wanted(name=name, email=f"{name.lower()}@example.org", **fields)


def registered(
    workshop: Workshop, name: str = "Ada", at: datetime = BEFORE, **fields: Any
) -> Registration:
    """Return somebody's registration; the next on the waiting list where all seats are taken."""
    return take_place(workshop, wanted(name, **fields), at)


def letters(to: str = "") -> list[str]:
    """Return which letters wait to be sent, oldest first, by the name of their template."""
    mails = OutgoingMail.objects.order_by("pk")
    mails = mails.filter(to=to) if to else mails
    return [mail.kind.rpartition("/")[2] for mail in mails]


def last_letter(to: str) -> OutgoingMail:
    mail = OutgoingMail.objects.filter(to=to).order_by("pk").last()
    assert mail is not None
    return mail
