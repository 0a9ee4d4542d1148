"""Where the admin leads from a consultation: higher rooms add their doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.consultations.models import Consultation

# Given a consultation and who looks, the address; "" where they may not enter.
Address = Callable[["Consultation", "User"], str]

_DOORS: dict[str, Address] = {}


def register_door(words: str, address: Address) -> None:
    """Add a door by its words, such as "Register of responses". Called in `AppConfig.ready()`."""
    _DOORS[words] = address


def doors_of(consultation: Consultation, user: User) -> list[dict[str, str]]:
    """Return the words and the address of each door that stands open to a user."""
    found = ((words, address(consultation, user)) for words, address in _DOORS.items())
    return [{"words": words, "address": address} for words, address in found if address]
