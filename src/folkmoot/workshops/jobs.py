"""What the worker does for workshops, again and again."""

from __future__ import annotations

from datetime import timedelta

from folkmoot.publishing.schedule import register_job
from folkmoot.workshops import acts

SETTLED_EVERY = timedelta(minutes=1)
REMINDED_EVERY = timedelta(minutes=10)
ERASED_EVERY = timedelta(hours=12)


def register() -> None:
    """Give the worker the jobs of this room; each may be run twice without harm."""
    register_job("workshops: pass places on", SETTLED_EVERY, acts.settle_due)
    register_job("workshops: remind", REMINDED_EVERY, acts.remind_due)
    register_job("workshops: erase registrations", ERASED_EVERY, acts.erase_due)
