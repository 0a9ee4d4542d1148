"""The list of a plan's commitments: by priority, standing and lead, as on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.text import slugify

from folkmoot.core.cells import safe_text
from folkmoot.core.days import DayError, read_day
from folkmoot.core.standing import Standing
from folkmoot.plans import querysets
from folkmoot.plans.presenters.commitments import commitment_lines, standings_sentence, timing
from folkmoot.plans.presenters.words import commitment_url, counted, day
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from folkmoot.plans.models import Commitment, Plan

A_PAGE = 50
EVERY = {"priority": "All priorities", "standing": "However it stands", "lead": "Everybody"}
LABELS = {"priority": "Priority", "standing": "Standing", "lead": "Led by"}


@dataclass(frozen=True, slots=True)
class Row:
    """A commitment with what it can be listed by, each as the address of the list has it."""

    commitment: Commitment
    standing: Standing
    priorities: Mapping[str, str]  # title by slug

    def values(self, name: str) -> tuple[str, ...]:
        """Return under what a filter lists it."""
        if name == "priority":
            return tuple(self.priorities)
        if name == "standing":
            return (slugify(self.standing.value),)
        return (_address(self.commitment.lead),)


@dataclass(frozen=True, slots=True)
class Listing:
    """The commitments that an address asks for, and what of it there is not."""

    on: date
    rows: tuple[Row, ...]
    shown: tuple[Row, ...]
    names: Mapping[str, Mapping[str, str]]
    chosen: Mapping[str, str]
    refused: tuple[str, ...]
    is_today: bool

    @property
    def query(self) -> str:
        """What the address asks for, as it stands in an address; the day where it is another."""
        asked = {name: value for name, value in self.chosen.items() if value}
        return urlencode(asked if self.is_today else asked | {"on": self.on.isoformat()})


def listing(plan: Plan, asked: Mapping[str, str], at: datetime) -> Listing:
    """Return the commitments that an address asks for: `priority`, `standing`, `lead`, `on`.

    A choice that the plan does not have, or a day that is none or still to come, is passed over,
    with a sentence that says so. A constant number of queries.
    """
    on, wrong_day = _day_asked(asked.get("on", ""), local(at).date())
    rows = tuple(
        Row(each, each.standing(on), querysets.priorities_of(each))
        for each in querysets.listed_commitments(plan)
    )
    names = _names(rows)
    chosen = {name: asked.get(name, "") for name in LABELS}
    unknown = [name for name, value in chosen.items() if value and value not in names[name]]
    chosen = {name: "" if name in unknown else value for name, value in chosen.items()}
    refused = [
        f"No commitment here has such a {LABELS[name].lower() if name != 'lead' else 'lead'}, so "
        "that was left out. Choose one from the list."
        for name in unknown
    ]
    return Listing(
        on=on,
        rows=rows,
        shown=tuple(row for row in rows if _is_chosen(row, chosen)),
        names=names,
        chosen=chosen,
        refused=(*refused, *([wrong_day] if wrong_day else [])),
        is_today=on == local(at).date(),
    )


def commitments_page(plan: Plan, asked: Mapping[str, str], at: datetime) -> dict[str, Any]:
    """Return what the list of commitments prints."""
    found = listing(plan, asked, at)
    page = Paginator(found.shown, A_PAGE).get_page(asked.get("page"))
    query = found.query
    return {
        "filters": [_filter(name, found) for name in LABELS],
        "on": found.on,
        "on_in_words": day(found.on),
        "is_today": found.is_today,
        "today": local(at).date(),
        "is_filtered": any(found.chosen.values()),
        "has_commitments": bool(found.rows),
        "count": counted(len(found.shown), "commitment"),
        "standings": standings_sentence([row.commitment for row in found.shown], found.on),
        "commitments": commitment_lines(plan, [row.commitment for row in page], found.on),
        "pages": page,
        "query": query,
        "csv_url": f"{plan.url}commitments/commitments.csv{f'?{query}' if query else ''}",
        "refused": found.refused,
    }


def csv_rows(plan: Plan, found: Listing) -> list[list[str]]:
    """Return the same list as a table: a heading, and a row for each commitment."""
    site = plan.full_url.removesuffix(plan.url)
    head = ["Commitment", "Priorities", "Led by", f"Standing on {day(found.on)}", "In words"]
    head += ["Due", "Now expected", "Completed on", "Why it is late", "Address"]
    return [head, *(_csv_row(plan, row, found.on, site) for row in found.shown)]


def _csv_row(plan: Plan, row: Row, on: date, site: str) -> list[str]:
    each = row.commitment
    expected, completed = each.expected_on(on), each.completed
    done = completed if completed and completed <= on else None
    cells = [each.title, "; ".join(row.priorities.values()), each.lead, row.standing.value]
    cells.append(timing(each.due, expected, done, on))
    cells += [known.isoformat() if known else "" for known in (each.due, expected, done)]
    cells += [each.reason_on(on), f"{site}{commitment_url(plan, each)}"]
    return [safe_text(cell) for cell in cells]


def _day_asked(text: str, today: date) -> tuple[date, str]:
    """Return the day that is asked for, today where it cannot be, with the sentence for that."""
    if not text.strip():
        return today, ""
    try:
        on = read_day(text)
    except DayError as error:
        return today, f"{error} The list is as on {day(today)}."
    if on > today:
        return today, f"{day(on)} is still to come, so the list is as on {day(today)}."
    return on, ""


def _names(rows: Iterable[Row]) -> dict[str, dict[str, str]]:
    """Return the choices of each filter that some commitment has, with their names, in order."""
    rows = list(rows)
    priorities = {slug: title for row in rows for slug, title in row.priorities.items()}
    present = {row.standing for row in rows}
    leads = {_address(row.commitment.lead): row.commitment.lead for row in rows}
    return {
        "priority": priorities,
        "standing": {slugify(each.value): each.value for each in Standing if each in present},
        "lead": dict(sorted(leads.items(), key=lambda each: each[1].casefold())),
    }


def _filter(name: str, found: Listing) -> dict[str, Any]:
    """Return a filter with its choices, each with how many it would show beside the others."""
    others = {other: value for other, value in found.chosen.items() if other != name}
    rows = [row for row in found.rows if _is_chosen(row, others)]
    numbers = Counter(value for row in rows for value in row.values(name))
    value = found.chosen[name]
    choices = [{"value": "", "name": EVERY[name], "count": len(rows), "is_chosen": not value}]
    choices += [
        {"value": each, "name": title, "count": numbers[each], "is_chosen": each == value}
        for each, title in found.names[name].items()
    ]
    return {"name": name, "label": LABELS[name], "choices": choices}


def _is_chosen(row: Row, chosen: Mapping[str, str]) -> bool:
    return all(value in row.values(name) for name, value in chosen.items() if value)


def _address(lead: str) -> str:
    return slugify(lead, allow_unicode=True)
