"""The four online workshops of the pack: their pages, generated people, and points raised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from folkmoot.accounts.audit import record
from folkmoot.consultations.models import Consultation, Respondent
from folkmoot.consultations.people import email_digest
from folkmoot.demo.building import Building
from folkmoot.demo.pack import LONDON, read_yaml
from folkmoot.publishing.clock import instant
from folkmoot.workshops import acts, letters
from folkmoot.workshops.acts import NotedPoint
from folkmoot.workshops.models import Registration, Workshop

FILE = LONDON / "workshops.yaml"
# The officer writes down what was said on the day after.
WRITTEN_DOWN_AFTER = timedelta(hours=16)
LAST_REGISTRATION_BEFORE = timedelta(hours=1)
# What some of them wrote that they need.
NEEDS = ("Live captions, please.", "", "", "", "Papers beforehand would help me.", "", "")
Standing = Registration.Standing


def add_workshops(building: Building, consultation: Consultation) -> None:
    """Add the pages of the workshops, with the summary of those that were over by then."""
    defined = read_yaml(FILE)
    for session in defined["sessions"]:
        ends_at = instant(session["ends_at"])
        workshop = Workshop(
            title=session["title"],
            slug=session["slug"],
            summary=defined["summary"],
            asks=session["asks"],
            starts_at=instant(session["starts_at"]),
            ends_at=ends_at,
            held=Workshop.Held.ONLINE,
            capacity=defined["capacity"],
            joins_from_minutes=defined["joins_from_minutes"],
            erase_after_days=defined["erase_after_days"],
            access_notes=building.rich(defined["access_notes"]),
            consent=building.rich(defined["consent"]),
            said=building.rich(session["said"]) if ends_at <= building.at else "",
        )
        building.add(session["key"], consultation, workshop)


def add_attendance(building: Building, consultation: Consultation) -> None:
    """Add who had registered and come by then, and what was said.

    Made up, and labelled so; nobody is written to. Those who came are people who had answered the
    survey before, so the responses must have been added.
    """
    defined = read_yaml(FILE)
    for number, session in enumerate(defined["sessions"]):
        workshop = Workshop.objects.get(pk=building.pages[session["key"]].pk)
        people = _people(consultation, workshop, number, session["came"])
        rows = list(_registrations(building, workshop, session, people))
        Registration.objects.bulk_create(rows)
        record(
            "workshop registrations generated",
            workshop,
            building.at,
            by=building.staff,
            after={"registrations": len(rows)},
        )
        written_at = workshop.ends_at + WRITTEN_DOWN_AFTER
        if written_at <= building.at:
            points = [NotedPoint(**point, is_generated=True) for point in session["points"]]
            acts.record_points(workshop, points, written_at, building.staff)


def _registrations(
    building: Building, workshop: Workshop, session: dict[str, Any], people: list[Respondent]
) -> Iterator[Registration]:
    """Give those who had registered by then, evenly from the opening to just before the start."""
    first = workshop.consultation.opens_at
    last = workshop.starts_at - LAST_REGISTRATION_BEFORE
    many = session["registered"]
    for place in range(many):
        queued_at = first + (last - first) * (place + 1) / many
        if queued_at > building.at:
            return
        seat = place + 1 if place < workshop.capacity else None
        came = people[place] if seat and place < len(people) else None
        yield _registration(workshop, place, queued_at, seat, came, building.at)


def _registration(
    workshop: Workshop,
    place: int,
    queued_at: datetime,
    seat: int | None,
    came: Respondent | None,
    at: datetime,
) -> Registration:
    has_come = came is not None and workshop.starts_at <= at
    registration = Registration(
        workshop=workshop,
        standing=Standing.PLACE if seat else Standing.WAITING,
        seat=seat,
        queued_at=queued_at,
        placed_at=queued_at if seat else None,
        arrived_at=workshop.starts_at if has_come else None,
        respondent=came if has_come else None,
        is_generated=True,
    )
    if at >= workshop.erased_from:
        registration.erased_at = workshop.erased_from
        return registration
    email = f"person-{place + 1}@{workshop.slug}.example"
    registration.name = f"Generated person {place + 1}"
    registration.email, registration.email_digest = email, email_digest(email)
    registration.access_needs = NEEDS[place % len(NEEDS)]
    registration.consent = workshop.consent
    # An address that nobody reads is neither reminded nor told of changes.
    registration.reminded_at = queued_at
    registration.told = letters.mark(workshop)
    return registration


def _people(
    consultation: Consultation, workshop: Workshop, number: int, many: int
) -> list[Respondent]:
    """Return people who had answered the survey before the session, others for each workshop."""
    earlier = Respondent.objects.filter(
        consultation=consultation,
        kind=Respondent.Kind.INDIVIDUAL,
        took_part_at__lt=workshop.starts_at,
    ).order_by("took_part_at", "pk")
    return list(earlier[number::5][:many])
