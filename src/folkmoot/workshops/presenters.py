"""Workshops and places in them to what a template prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.publishing.clock import local
from folkmoot.workshops import access
from folkmoot.workshops.models import Session
from folkmoot.workshops.times import duration_words, moment_words, session_words, zone_words

if TYPE_CHECKING:
    from folkmoot.workshops.models import Registration, Workshop

# Up to so many free places the page says how many there are.
FEW = 10
WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
TONES = {Session.COMING: "brand", Session.NOW: "strong"}


def places_left(workshop: Workshop) -> int:
    """Return how many people could still get a place at once; needs `querysets.counted`.

    None while somebody waits, as a place that is given back is theirs.
    """
    return 0 if workshop.waiting else max(0, workshop.capacity - workshop.taken)


def places_sentence(workshop: Workshop, at: datetime) -> str:
    """Return in words whether there is room; empty once nobody can register."""
    if not access.may_register(workshop, at):
        return ""
    left = places_left(workshop)
    if left == 0:
        return "All places are taken. You can join the waiting list."
    if left <= FEW:
        return f"{WORDS[left].capitalize()} place{'' if left == 1 else 's'} left."
    return "Places left."


def line(workshop: Workshop, at: datetime) -> dict[str, Any]:
    """Return how a list shows a workshop: when, where, what it asks, whether there is room."""
    session = workshop.session(at)
    can_register = access.may_register(workshop, at)
    return {
        "title": workshop.title,
        "url": workshop.url,
        "register_url": f"{workshop.url}register/",
        "asks": workshop.asks,
        "when": session_words(workshop.starts_at, workshop.ends_at),
        "starts": local(workshop.starts_at),
        "where": workshop.where,
        "takes": duration_words(workshop.starts_at, workshop.ends_at),
        "places": places_sentence(workshop, at),
        "state": session.value,
        "tone": TONES.get(session, ""),
        "is_coming": session is Session.COMING,
        "can_register": can_register,
        "button": "Register" if places_left(workshop) else "Join the waiting list",
        "called_off_because": workshop.called_off_because,
        "has_summary": session is Session.OVER and bool(workshop.said),
    }


def about_page(workshop: Workshop, at: datetime) -> dict[str, Any]:
    """Return what the page of a workshop prints; needs `querysets.counted`."""
    is_over = workshop.session(at) is Session.OVER
    return {
        "page": workshop,
        **line(workshop, at),
        "zone": zone_words(),
        "consultation": workshop.consultation,
        "calendar_url": f"{workshop.url}calendar/",
        "joins_from_minutes": workshop.joins_from_minutes,
        "is_over": is_over,
        "said": workshop.said if is_over else "",
        "attended": workshop.arrived if is_over else 0,
        "generated": workshop.generated,
        "registration_closes": moment_words(workshop.starts_at),
    }


def place_page(registration: Registration, at: datetime) -> dict[str, Any]:
    """Return what somebody's own page prints; the joining link only where they may join now."""
    workshop = registration.workshop
    can_join = access.may_join(registration, at)
    session = workshop.session(at)
    return {
        "page": workshop,
        "registration": registration,
        "when": session_words(workshop.starts_at, workshop.ends_at),
        "zone": zone_words(),
        "where": workshop.where,
        "can_join": can_join,
        "joining": getattr(workshop, "joining_link", None) if can_join else None,
        "joins_from": moment_words(workshop.joins_from),
        "joins_ahead": workshop.is_online and at < workshop.joins_from,
        "is_coming": session is Session.COMING,
        "is_over": session is Session.OVER,
        "ahead": _ahead(registration),
        "can_cancel": access.may_cancel(registration, at),
        "cancel_url": f"{workshop.url}place/{registration.key}/cancel/",
        "place_url": f"{workshop.url}place/{registration.key}/",
    }


def _ahead(registration: Registration) -> int:
    """Return how many people wait in front of somebody on the waiting list."""
    if not registration.is_waiting:
        return 0
    queue = registration.workshop.registrations.filter(standing=registration.standing)
    earlier = queue.filter(queued_at__lt=registration.queued_at).count()
    return earlier + queue.filter(queued_at=registration.queued_at, pk__lt=registration.pk).count()


def desk_rows(workshops: Sequence[Workshop], at: datetime) -> list[dict[str, Any]]:
    """Return how the desk lists workshops: what is on or comes next first, then the last held."""
    to_come = [each for each in workshops if at < each.ends_at]
    over = [each for each in workshops if each.ends_at <= at]
    return [
        _desk_row(each, at)
        for each in [
            *sorted(to_come, key=lambda each: each.starts_at),
            *sorted(over, key=lambda each: each.starts_at, reverse=True),
        ]
    ]


def _desk_row(workshop: Workshop, at: datetime) -> dict[str, Any]:
    """Return how the desk lists a workshop; needs `querysets.counted`."""
    return {
        "workshop": workshop,
        "when": session_words(workshop.starts_at, workshop.ends_at),
        "state": workshop.session(at).value if workshop.live else "Not published",
        "taken": f"{workshop.taken} of {workshop.capacity}",
        "waiting": workshop.waiting,
        "arrived": workshop.arrived,
        "lacks_link": workshop.is_online
        and at < workshop.ends_at
        and getattr(workshop, "joining_link", None) is None,
    }


def door(registrations: Sequence[Registration]) -> dict[str, Any]:
    """Return what the door shows of who may come: those with a place, by name; who waits."""
    placed = sorted(
        (each for each in registrations if each.has_place), key=lambda each: each.name.casefold()
    )
    return {
        "placed": placed,
        "waiting": [each for each in registrations if each.is_waiting],
        "arrived": sum(each.arrived_at is not None for each in placed),
    }


DOOR_HEADERS = ("Name", "Access needs", "Standing", "Arrived")


def door_rows(registrations: Sequence[Registration]) -> list[tuple[str, str, str, str]]:
    """Return the door list as rows of `DOOR_HEADERS`, with nothing a spreadsheet would run."""
    shown = door(registrations)
    return [
        (
            _as_text(each.name),
            _as_text(each.access_needs),
            "Came without registering" if each.is_walk_in else each.get_standing_display(),
            "Yes" if each.arrived_at else "",
        )
        for each in [*shown["placed"], *shown["waiting"]]
    ]


def people(number: int) -> str:
    """Return a number of people in words: "1 person", "4 people"."""
    return f"{number:,} {'person' if number == 1 else 'people'}"


def _as_text(typed: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{typed}" if typed.startswith(("=", "+", "-", "@", "\t", "\r")) else typed
