"""When the generated responses were sent: many on the first and last days, few at Christmas."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from folkmoot.publishing.clock import local

# How many answers an hour of the day brings, beside the others.
HOURS = [1, 1, 0, 0, 0, 1, 2, 4, 6, 7, 8, 8, 11, 9, 7, 7, 7, 8, 9, 11, 12, 10, 7, 3]


def submission_times(
    chance: random.Random, count: int, opens_at: datetime, closes_at: datetime
) -> list[datetime]:
    """Return `count` different instants in opens_at <= instant < closes_at, oldest first."""
    first, last = local(opens_at).date(), local(closes_at).date()
    days = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    weights = [_weight(place, len(days), day) for place, day in enumerate(days)]
    times: set[datetime] = set()
    while len(times) < count:
        day = chance.choices(days, weights)[0]
        hour = chance.choices(range(24), HOURS)[0]
        at = datetime.combine(
            day,
            time(hour, chance.randrange(60), chance.randrange(60)),
            tzinfo=local(opens_at).tzinfo,
        ).astimezone(opens_at.tzinfo)
        if opens_at <= at < closes_at:
            times.add(at)
    return sorted(times)


def _weight(place: int, days: int, day: date) -> float:
    from_end = days - 1 - place
    weight = {0: 12.0, 1: 5.0, 2: 3.0}.get(place, 1.0)
    weight = {0: 10.0, 1: 5.0, 2: 3.0, 3: 2.0}.get(from_end, weight)
    if day.weekday() >= 5:
        weight *= 0.6
    if day.month == 12 and day.day >= 23:
        weight *= 0.25
    return weight
