"""What the address of a page asks for: an area, months, the day as of which figures are known."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404

from folkmoot.core.periods import Month
from folkmoot.performance.models import Area
from folkmoot.performance.readings import whole_area

if TYPE_CHECKING:
    from collections.abc import Mapping

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Display(Enum):
    """How a measure's page shows its figures; the value stands in the address."""

    MONTHLY = ""
    SAME_MONTHS = "same-months"
    ROLLING = "rolling-12-months"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asked for. `area` is None only before anything is imported.

    Figures are as known on `known_on`: the reader's day where `is_dated`, else today.
    """

    area: Area | None
    up_to: Month | None
    known_on: date
    is_dated: bool = False
    display: Display = Display.MONTHLY
    priority: str = ""
    measure: str = ""

    def query(self, **more: str) -> str:
        """Return this as the query of an address: "?area=barnet", and nothing for what is usual."""
        area = self.area
        said = {
            "area": area.slug if area is not None and area.kind != Area.Kind.TOTAL else "",
            "to": str(self.up_to) if self.up_to else "",
            "known": self.known_on.isoformat() if self.is_dated else "",
            "show": self.display.value,
        }
        kept = {name: value for name, value in (said | more).items() if value}
        return f"?{urlencode(kept)}" if kept else ""

    def shown_as(self, display: Display) -> Asked:
        """Return the same, shown in another way."""
        return replace(self, display=display)


def read(data: Mapping[str, str], today: date) -> Asked:
    """Return what an address asks for. One query.

    Raises Http404 with a sentence for an area, a month or a day that there is not: a page that
    shows something else than was asked would mislead.
    """
    known_on = _day(data.get("known", ""), today)
    return Asked(
        area=_area(data.get("area", "")),
        up_to=_month(data.get("to", "")),
        known_on=known_on or today,
        is_dated=known_on is not None,
        display=_display(data.get("show", "")),
        priority=data.get("priority", ""),
        measure=data.get("measure", ""),
    )


def month_of(data: Mapping[str, str], name: str) -> Month | None:
    """Return the month that an address names; None where it names none."""
    return _month(data.get(name, ""))


def _area(slug: str) -> Area | None:
    if not slug:
        return whole_area()
    area = Area.objects.filter(slug=slug).exclude(kind=Area.Kind.PSEUDO).first()
    if area is None:
        raise Http404(f"There is no area '{slug}'.")
    return area


def _month(text: str) -> Month | None:
    try:
        return Month.parse(text) if text else None
    except ValueError as error:
        raise Http404(str(error)) from error


def _day(text: str, today: date) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError as error:
        raise Http404(f"'{text}' is not a day: write it like {today.isoformat()}.") from error
    if day > today:
        raise Http404(f"{day:%-d %B %Y} is still to come: ask for a day up to {today:%-d %B %Y}.")
    return day


def _display(text: str) -> Display:
    try:
        return Display(text)
    except ValueError as error:
        raise Http404(f"Figures cannot be shown as '{text}'.") from error
