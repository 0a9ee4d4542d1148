"""Named places on a page that a higher room may fill without the page knowing that room.

A room registers a panel in its `AppConfig.ready()`; the page's template asks the slot. A body
that switches a room off loses its panels and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Given what the page shows and the instant, what the panel's template prints; None: no panel.
Presenter = Callable[[Any, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and the function that says what it prints."""

    template: str
    present: Presenter
    order: int
    keep: bool = False


_PANELS: dict[str, list[Panel]] = defaultdict(list)


def register_panel(
    slot: str, template: str, present: Presenter, *, order: int = 0, keep: bool = False
) -> None:
    """Fill a slot; panels of one slot stand by `order`, then in the order of registration.

    `keep` is for a panel that is dear to make and the same for everybody: it is kept as printed
    (see `publishing.keeping`), so what it shows must begin a new edition when it changes, or may
    be a minute old. Registering the same panel twice has no effect.
    """
    panel = Panel(template, present, order, keep)
    if panel not in _PANELS[slot]:
        _PANELS[slot].append(panel)
        _PANELS[slot].sort(key=lambda registered: registered.order)


def panels(slot: str) -> list[Panel]:
    """Return the panels that fill a slot, in order."""
    return _PANELS[slot]
