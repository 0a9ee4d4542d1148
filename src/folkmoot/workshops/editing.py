"""The form in which an officer writes a workshop: dates, place and room, held to each other."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from folkmoot.publishing.clock import local


class WorkshopForm(WagtailAdminPageForm):
    """Says in one sentence, beside the field, what does not fit."""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean()
        for field, sentence in self._faults(given).items():
            if field not in self.errors:
                self.add_error(field, sentence)
        return given

    def _faults(self, given: dict[str, Any]) -> dict[str, str]:
        faults: dict[str, str] = {}
        starts, ends = (
            # In UTC: Python compares two times of one zone as clocks show them, changed or not.
            given[name].astimezone(UTC) if given.get(name) else None
            for name in ("starts_at", "ends_at")
        )
        if starts and ends and ends <= starts:
            faults["ends_at"] = "The workshop ends before it starts: choose an end after its start."
        elif (
            starts
            and ends
            and not given.get("outside_because")
            and (outside := self._outside(starts, ends))
        ):
            faults["outside_because"] = outside
        if given.get("held") == "place" and not (given.get("address") or "").strip():
            faults["address"] = (
                "A workshop in a place needs its address: write building and street."
            )
        capacity, taken = given.get("capacity"), self._places_taken()
        if capacity and capacity < taken:
            faults["capacity"] = (
                f"{taken} places are taken: write {taken} or more, or give places back first."
            )
        return faults

    def _outside(self, starts: datetime, ends: datetime) -> str:
        """Return what to say of a session outside its consultation's window; empty inside."""
        consultation = self.parent_page.specific if self.parent_page else None
        opens, closes = (getattr(consultation, name, None) for name in ("opens_at", "closes_at"))
        if not opens or not closes or (opens <= starts and ends <= closes):
            return ""
        first, last = (f"{local(each):%-d %B %Y at %H:%M}" for each in (opens, closes))
        return (
            f"The consultation is open from {first} to {last}: choose times within, "
            "or say here why the workshop is outside."
        )

    def _places_taken(self) -> int:
        if self.instance.pk is None:
            return 0
        return int(self.instance.registrations.filter(standing="place", is_walk_in=False).count())
