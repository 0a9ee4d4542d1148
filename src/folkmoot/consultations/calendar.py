"""The body's calendar: public holidays where it is, and pre-election periods."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from folkmoot.consultations.checks import Caution, Concern, Holiday, Period, window_warnings
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
    years = range(first.year, last.year + 1)
    found = (holiday for year in years for holiday in _holidays_of(place, year))
    return [holiday for holiday in found if first <= holiday.on <= last]


@cache
def _holidays_of(place: str, year: int) -> list[Holiday]:
    # It takes a second to load, which only editors need to wait for, and only once.
    import holidays

    country, _, part = place.partition("-")
    try:
        listed = holidays.country_holidays(country, subdiv=part or None, years=year)
    except NotImplementedError as error:
        raise ImproperlyConfigured(
            f"FOLKMOOT_HOLIDAYS names {place}, which the list of public holidays does not know: "
            "write a country like IE, or one with its part like GB-ENG."
        ) from error
    return [
        Holiday(on, _name(name))
        for on, name in sorted(listed.items())
        if on.weekday() not in listed.weekend and on.year == year
    ]


def _name(listed: str) -> str:
    # As gov.uk names them.
    return listed.replace(" (observed)", ", substitute day").replace("; ", " and ")


def pre_election_periods(first: date, last: date) -> list[Period]:
    """Return the pre-election periods that share a day with `first` to `last`."""
    found = PreElectionPeriod.objects.filter(starts_on__lte=last, ends_on__gte=first)
    return [Period(each.title, each.starts_on, each.ends_on) for each in found]


def warnings_between(opens_at: datetime, closes_at: datetime) -> list[Caution]:
    """Return what an editor should know of a consultation between two instants.

    A wrong setting is told as a caution, so that it keeps nobody from editing.
    """
    if closes_at <= opens_at:
        return []
    first, last = local(opens_at).date(), last_day(closes_at)
    cautions = []
    try:
        holidays = public_holidays(first, last)
    except ImproperlyConfigured as error:
        holidays, cautions = [], [Caution(Concern.HOLIDAYS, str(error))]
    return window_warnings(first, last, holidays, pre_election_periods(first, last)) + cautions
