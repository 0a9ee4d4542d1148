"""Every write of this room. The audit record of each names neither a person nor an address."""

from folkmoot.workshops.acts.door import (
    NotAtTheDoorError,
    add_walk_in,
    record_attendance,
    set_joining_link,
)
from folkmoot.workshops.acts.due import erase_due, remind_due, settle_due
from folkmoot.workshops.acts.notes import NotedPoint, PointsRefusedError, keep_notes, record_points
from folkmoot.workshops.acts.places import (
    RegistrationClosedError,
    Wanted,
    cancel_place,
    settle,
    take_place,
)

__all__ = [
    "NotAtTheDoorError",
    "NotedPoint",
    "PointsRefusedError",
    "RegistrationClosedError",
    "Wanted",
    "add_walk_in",
    "cancel_place",
    "erase_due",
    "keep_notes",
    "record_attendance",
    "record_points",
    "remind_due",
    "set_joining_link",
    "settle",
    "settle_due",
    "take_place",
]
