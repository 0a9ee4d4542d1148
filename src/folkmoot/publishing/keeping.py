"""What is dear to make and shown to many, kept in this process until the next edition.

The public cache keeps whole pages for visitors without a cookie. This keeps parts (the menu, a
panel of counted answers) for everybody else and for a page's first visitor. Nothing personal may
be kept here.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.conf import settings

from folkmoot.publishing.purging import edition

Part = TypeVar("Part")
MOST_PARTS = 2000


class Parts:
    """Parts by key, each with the instant (of this process's clock) until which it stands."""

    def __init__(self) -> None:
        self.edition = 0
        self.parts: dict[Hashable, tuple[float, Any]] = {}

    def forget(self) -> None:
        """Keep nothing from before now."""
        self.parts = {}


_kept = Parts()


def kept(
    key: Hashable, make: Callable[[], Part], seconds: Callable[[], float | None] | None = None
) -> Part:
    """Return what was kept under `key`, else what `make` returns, and keep that.

    It is kept for `PUBLIC_CACHE_SECONDS`, or what `seconds` returns if fewer, and never into
    another edition. What is returned is shared between requests: read it, do not change it.
    """
    longest = settings.PUBLIC_CACHE_SECONDS
    if longest <= 0:
        return make()
    # Asked before the part is made: what is published meanwhile must not be missed.
    current = edition()
    if current != _kept.edition:
        _kept.edition, _kept.parts = current, {}
    parts = _kept.parts
    began = time.monotonic()
    found = parts.get(key)
    if found is not None and began < found[0]:
        part: Part = found[1]
        return part
    made = make()
    stands = seconds() if seconds else None
    if len(parts) >= MOST_PARTS:
        parts.clear()
    parts[key] = (began + min(longest, longest if stands is None else stands), made)
    return made


def is_public(request: Any) -> bool:
    """Whether a request is for a public page as everybody sees it, which may be kept.

    A preview shows what is not public yet, at an instant that may not be this one.
    """
    return hasattr(request, "served_page") and not getattr(request, "is_preview", False)


def forget() -> None:
    """Forget every part, in this process: something shown has changed, committed or not."""
    _kept.forget()
