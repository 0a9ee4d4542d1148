"""The list of consultations: by state, topic and area, with how many each choice would show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.text import slugify

from folkmoot.consultations import presenters, querysets
from folkmoot.consultations.models import Consultation, State, Topic

if TYPE_CHECKING:
    from folkmoot.consultations.models import ConsultationIndex

A_PAGE = 20
# What the address of the list calls a state.
STATES = {
    State.OPEN: "open",
    State.COMING: "coming",
    State.CLOSED: "closed",
    State.PUBLISHED: "answered",
}
EVERY = {"state": "All states", "topic": "All topics", "area": "All areas"}
LABELS = {"state": "State", "topic": "Topic", "area": "Area"}


@dataclass(frozen=True, slots=True)
class Row:
    """A consultation with what it can be listed by, each as the address of the list has it."""

    consultation: Consultation
    state: str
    topics: tuple[str, ...]
    area: str

    def values(self, name: str) -> tuple[str, ...]:
        """Return under what a filter lists it."""
        if name == "topic":
            return self.topics
        value = self.state if name == "state" else self.area
        return (value,) if value else ()


def index_page(index: ConsultationIndex, asked: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Return what the list prints for what its address asks for: `state`, `topic`, `area`, `page`.

    A choice that the site does not have is passed over, with a sentence that says so. Three
    queries however many consultations there are.
    """
    rows = _rows(index, at)
    names = _names(rows)
    chosen = {name: asked.get(name, "") for name in LABELS}
    unknown = [name for name, value in chosen.items() if value and value not in names[name]]
    chosen = {name: "" if name in unknown else value for name, value in chosen.items()}
    shown = [row for row in rows if _is_chosen(row, chosen)]
    ordered = [
        each
        for _, members in querysets.by_state((row.consultation for row in shown), at)
        for each in members
    ]
    page = Paginator(ordered, A_PAGE).get_page(asked.get("page"))
    return {
        "filters": [_filter(name, rows, names[name], chosen) for name in LABELS if names[name]],
        "is_filtered": any(chosen.values()),
        "has_consultations": bool(rows),
        "count": presenters.counted(len(ordered), "consultation"),
        "groups": _groups(page, at),
        "pages": page,
        "query": urlencode({name: value for name, value in chosen.items() if value}),
        "unknown": [LABELS[name].lower() for name in unknown],
    }


def _rows(index: ConsultationIndex, at: datetime) -> list[Row]:
    consultations = Consultation.objects.child_of(index).live().public()
    topics: dict[int, list[str]] = {}
    through = Consultation.topics.through.objects
    for key, slug in through.values_list("consultation_id", "topic__slug").order_by("topic__name"):
        topics.setdefault(key, []).append(slug)
    return [
        Row(
            consultation=each,
            state=STATES[each.state(at)],
            topics=tuple(topics.get(each.pk, ())),
            area=slugify(each.area, allow_unicode=True),
        )
        for each in consultations
    ]


def _names(rows: Iterable[Row]) -> dict[str, dict[str, str]]:
    """Return the choices of each filter that some consultation has, with their names, in order."""
    rows = list(rows)
    used = {slug for row in rows for slug in row.topics}
    states = {STATES[state]: presenters.HEADINGS[state] for state in STATES}
    present = {row.state for row in rows}
    areas = {row.area: row.consultation.area.strip() for row in rows if row.area}
    return {
        "state": {value: name for value, name in states.items() if value in present},
        "topic": {
            slug: name for slug, name in Topic.objects.values_list("slug", "name") if slug in used
        },
        "area": dict(sorted(areas.items(), key=lambda each: each[1].casefold())),
    }


def _filter(
    name: str, rows: Iterable[Row], names: Mapping[str, str], chosen: Mapping[str, str]
) -> dict[str, Any]:
    """Return a filter with its choices, each with how many it would show beside the others."""
    others = {other: value for other, value in chosen.items() if other != name}
    counted: Counter[str] = Counter()
    total = 0
    for row in rows:
        if _is_chosen(row, others):
            counted.update(row.values(name))
            total += 1
    choices = [{"value": "", "name": EVERY[name], "count": total, "is_chosen": not chosen[name]}]
    choices += [
        {
            "value": each,
            "name": names[each],
            "count": counted[each],
            "is_chosen": each == chosen[name],
        }
        for each in names
    ]
    return {"name": name, "label": LABELS[name], "choices": choices}


def _is_chosen(row: Row, chosen: Mapping[str, str]) -> bool:
    return all(value in row.values(name) for name, value in chosen.items() if value)


def _groups(page: Iterable[Consultation], at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "title": presenters.HEADINGS[state],
            "consultations": [presenters.line(each, at) for each in members],
        }
        for state, members in querysets.by_state(page, at)
    ]
