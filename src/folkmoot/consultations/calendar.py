"""The body's calendar: public holidays where it is, and pre-election periods."""

from __future__ import annotations

from datetime import date, datetime

import holidays
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from folkmoot.consultations.checks import Caution, Holiday, Period, window_warnings
from folkmoot.consultations.models import PreElectionPeriod
from folkmoot.consultations.timeline import last_day
from folkmoot.publishing.clock import local


def public_holidays(first: date, last: date) -> list[Holiday]:
    """Return the public holidays on working days from `first` to `last`, oldest first.

    A holiday at a weekend is left out: its substitute day is listed where there is one. The
    place is `FOLKMOOT_HOLIDAYS`, a country and perhaps a part of it (GB-ENG, GB-SCT, IE); empty
    means that nobody wants to be told. Raises ImproperlyConfigured for a place that the list of
    holidays does not know.
    """
    place = settings.FOLKMOOT_HOLIDAYS
    if not place:
        return []
    country, _, part = place.partition("-")
    try:
        listed = holidays.country_holidays(
            country, subdiv=part or None, years=range(first.year, last.year + 1)
        )
    except NotImplementedError as error:
        raise ImproperlyConfigured(
            f"FOLKMOOT_HOLIDAYS names {place}, which the list of public holidays does not know: "
            "write a country like IE, or one with its part like GB-ENG."
        ) from error
    return [
        Holiday(on, _name(name))
        for on, name in sorted(listed.items())
        if first <= on <= last and on.weekday() not in listed.weekend
    ]


def _name(listed: str) -> str:
    # As gov.uk names them.
    return listed.replace(" (observed)", ", substitute day").replace("; ", " and ")


def pre_election_periods(first: date, last: date) -> list[Period]:
    """Return the pre-election periods that share a day with `first` to `last`."""
    found = PreElectionPeriod.objects.filter(starts_on__lte=last, ends_on__gte=first)
    return [Period(each.title, each.starts_on, each.ends_on) for each in found]


def warnings_between(opens_at: datetime, closes_at: datetime) -> list[Caution]:
    """Return what an editor should know of a consultation between two instants."""
    if closes_at <= opens_at:
        return []
    first, last = local(opens_at).date(), last_day(closes_at)
    return window_warnings(
        first, last, public_holidays(first, last), pre_election_periods(first, last)
    )
