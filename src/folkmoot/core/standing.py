"""How a promised piece of work stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
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


def forecast_on(said: Iterable[tuple[date, date | None]], on: date) -> date | None:
    """Return the day that was expected as known on the day `on`; None where it was as due.

    `said` holds each forecast as (the day it was said, the day expected), in the order in which
    they were said. One that was said after `on` was not known then.
    """
    known = [expected for said_on, expected in said if said_on <= on]
    return known[-1] if known else None


def needs_reason(due: date, forecast: date | None, completed: date | None, on: date) -> bool:
    """Return whether somebody has to say why: it is expected late, or past due and not done."""
    return (forecast is not None and forecast > due) or (completed is None and on > due)
