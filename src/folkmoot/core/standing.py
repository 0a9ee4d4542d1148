"""How a promised piece of work stands on a day."""

from __future__ import annotations

from datetime import date
from enum import Enum


class Standing(Enum):
    """Standing of a commitment; the value is the wording shown to the public."""

    COMPLETED = "Completed"
    ON_TRACK = "On track"
    DELAYED = "Delayed"
    OVERDUE = "Overdue"


def standing(due: date, forecast: date, completed: date | None, on: date) -> Standing:
    """Return how work due on `due`, now expected on `forecast`, stands on the day `on`."""
    if completed is not None and completed <= on:
        return Standing.COMPLETED
    if on > due:
        return Standing.OVERDUE
    return Standing.DELAYED if forecast > due else Standing.ON_TRACK
