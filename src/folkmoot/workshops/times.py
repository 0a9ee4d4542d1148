"""When a session is, in words, in the body's time zone."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils import timezone

from folkmoot.publishing.clock import local


def session_words(starts_at: datetime, ends_at: datetime) -> str:
    """Return "Thursday 2 December 2021, 18:00 to 19:30"; a second day where it ends on another.

    Where the clocks change during the session each time carries its own zone, as an hour comes
    twice or not at all.
    """
    starts, ends = local(starts_at), local(ends_at)
    zones = ("", "")
    if starts.utcoffset() != ends.utcoffset():
        zones = (f" {starts:%Z}", f" {ends:%Z}")
    begins = f"{_day(starts)}, {starts:%H:%M}{zones[0]}"
    if starts.date() == ends.date():
        return f"{begins} to {ends:%H:%M}{zones[1]}"
    return f"{begins} to {_day(ends)}, {ends:%H:%M}{zones[1]}"


def zone_words() -> str:
    """Return the body's time zone as people name it: "London time", "UTC"."""
    name = str(timezone.get_default_timezone())
    return f"{name.rpartition('/')[2].replace('_', ' ')} time" if "/" in name else name


def duration_words(starts_at: datetime, ends_at: datetime) -> str:
    """Return how long a session really takes, to the minute: "1 hour 30 minutes"."""
    # In UTC: between two times of one zone Python counts the hours that clocks show.
    length = ends_at.astimezone(UTC) - starts_at.astimezone(UTC)
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    said = [(hours, "hour"), (minutes, "minute")]
    return " ".join(
        f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in said if number
    )


def moment_words(at: datetime) -> str:
    """Return an instant to the minute: "18:00 on 2 December 2021"."""
    here = local(at)
    return f"{here:%H:%M} on {here.day} {here:%B %Y}"


def _day(here: datetime) -> str:
    return f"{here:%A} {here.day} {here:%B %Y}"
