"""Who may register, join and cancel; and which of the staff may do what with registrations."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from folkmoot.workshops.models import Session

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from folkmoot.accounts.models import User
    from folkmoot.workshops.models import Registration, Workshop

    Visitor = User | AnonymousUser


def may_register(workshop: Workshop, at: datetime) -> bool:
    """Whether anybody may ask for a place: until the session starts."""
    return workshop.live and workshop.session(at) is Session.COMING


def may_cancel(registration: Registration, at: datetime) -> bool:
    """Whether somebody may give their own place back: until the session starts."""
    return (
        registration.standing != registration.Standing.CANCELLED
        and at < registration.workshop.starts_at
    )


def may_join(registration: Registration, at: datetime) -> bool:
    """Whether somebody is shown the joining link: with a place, from near the start to the end."""
    workshop = registration.workshop
    return (
        workshop.live
        and workshop.is_online
        and not workshop.called_off_because
        and registration.has_place
        and workshop.joins_from <= at < workshop.ends_at
    )


def may_read_registrations(user: Visitor) -> bool:
    """Whether they may read names, access needs and attendance: staff who were given it."""
    return bool(user.is_active and user.has_perm("workshops.view_registration"))


def may_keep_door(user: Visitor) -> bool:
    """Whether they may record attendance, add a walk-in, and set the joining link."""
    return bool(
        user.is_active
        and may_read_registrations(user)
        and user.has_perm("workshops.change_registration")
    )


def may_record_points(user: Visitor) -> bool:
    """Whether they may keep notes of a session and hand its points to the register."""
    return bool(user.is_active and user.has_perm("workshops.add_point"))


def may_see_desk(user: Visitor) -> bool:
    """Whether they see the list of workshops with their counts."""
    return may_read_registrations(user) or may_record_points(user)


def may_tick_off(workshop: Workshop, at: datetime) -> bool:
    """Whether attendance can be recorded: from when people may join; not of one called off."""
    return workshop.joins_from <= at and not workshop.called_off_because


def may_note_points(workshop: Workshop, at: datetime) -> bool:
    """Whether points can be recorded: from the start on; not of one called off."""
    return workshop.starts_at <= at and not workshop.called_off_because
