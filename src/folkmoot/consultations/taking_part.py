"""A port: how activities say whom they saw taking part, whether or not they sent a response.

Somebody whose every response was withdrawn counts no longer, unless they took part otherwise. The
register of responses cannot know of the activities in rooms beside it, so they say so here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

_ACTIVITIES: dict[str, Callable[[], QuerySet[Any]]] = {}


def register_activity(name: str, rows: Callable[[], QuerySet[Model]]) -> None:
    """Let an activity say who took part: rows with a `respondent`. Called in `ready()`."""
    _ACTIVITIES[name] = rows


def took_part(respondent: str) -> Q:
    """Return the condition that an activity saw somebody; `respondent` is the field with their key.

    The field is one of the query that the condition stands in.
    """
    seen = Q(pk__in=[])
    for rows in _ACTIVITIES.values():
        seen |= Q(Exists(rows().filter(respondent=OuterRef(respondent))))
    return seen
