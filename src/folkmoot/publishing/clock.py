"""The site's one clock. A demonstration can stand on another day (`FOLKMOOT_AT`)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

_STARTED = time.monotonic()
_SHOWN_AT: ContextVar[datetime | None] = ContextVar("shown_at", default=None)


def now() -> datetime:
    """Return the current instant in UTC, or the instant the site was told to stand at.

    A site told to stand at an instant goes on from there, so that time passes for its visitors.
    """
    if (shown := _SHOWN_AT.get()) is not None:
        return shown
    return _told() if settings.FOLKMOOT_AT else datetime.now(UTC)


def _told() -> datetime:
    return instant(settings.FOLKMOOT_AT) + timedelta(seconds=time.monotonic() - _STARTED)


def stand() -> None:
    """Let Django and Wagtail ask this clock as well, on a site told to stand at an instant.

    Else an editor of a demonstration that stands in 2021 could schedule nothing for that year, and
    what was scheduled for a later day would wait for the machine's clock.
    """
    if settings.FOLKMOOT_AT:
        timezone.now = _told  # noqa: TID251 everything that asks Django is to be told the same


@contextmanager
def shown_at(at: datetime) -> Iterator[None]:
    """Let all that is printed within be as at an instant: the preview of a day to come."""
    before = _SHOWN_AT.set(at)
    try:
        yield
    finally:
        _SHOWN_AT.reset(before)


def today() -> date:
    """Return the current day in the body's time zone."""
    return local(now()).date()


def local(at: datetime) -> datetime:
    """Return an instant in the body's time zone."""
    return timezone.localtime(at, timezone.get_default_timezone())


def next_midnight(at: datetime) -> datetime:
    """Return the instant at which the day after `at` begins in the body's time zone."""
    tomorrow = local(at).date() + timedelta(days=1)
    return timezone.make_aware(
        datetime(tomorrow.year, tomorrow.month, tomorrow.day),  # noqa: DTZ001 made aware here
        timezone.get_default_timezone(),
    )


def instant(text: str) -> datetime:
    """Return the instant that a date (noon in the body's time zone) or a date and time names.

    Raises ValueError, with a sentence for the person who typed it, for anything else.
    """
    try:
        at = parse_datetime(text) if len(text) > len("2021-12-01") else None
        if at is None and (day := parse_date(text)):
            at = datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001 made aware below
    except ValueError:
        at = None
    if at is None:
        raise ValueError(f"'{text}' is not a date: write it like 2021-12-01.")
    if timezone.is_naive(at):
        at = timezone.make_aware(at, timezone.get_default_timezone())
    return at.astimezone(UTC)
