"""Revisions: every value that was given for a month, and what two releases say differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from folkmoot.core.periods import Month
from folkmoot.core.tables import MINUS, Table, format_change
from folkmoot.performance.asked import Asked
from folkmoot.performance.models import Dashboard, Observation, Release
from folkmoot.performance.presenters.filters import filters
from folkmoot.performance.presenters.words import as_known, day, printed
from folkmoot.performance.revised import Revised
from folkmoot.plans.models import Measure
from folkmoot.sources.tables import listed

FIRST_GIVEN = "first given"


def revisions_page(
    page: Dashboard,
    asked: Asked,
    found: Revised,
    month: Month | None,
    given: Sequence[Observation],
) -> dict[str, Any]:
    """Return what the page of a measure's revisions prints."""
    address = f"{page.url}{found.measure.slug}/"
    choices = [(each.released_on.isoformat(), str(each)) for each in reversed(found.releases)]
    pair = {
        "before": found.before.released_on.isoformat() if found.before else "",
        "after": found.after.released_on.isoformat() if found.after else "",
    }
    return {
        "measure": found.measure,
        "area": found.area,
        "asked": asked,
        "as_known": as_known(asked),
        "back": f"{address}{asked.query()}",
        "month": month,
        "history": month_history(found.measure, month, given) if month else None,
        "releases": choices,
        **pair,
        "summary": summary(found),
        "table": revisions_table(found),
        "csv_url": f"{address}revisions.csv{asked.query(**pair)}",
        **filters(asked, [found.area], set(found.releases)),
    }


def month_history(measure: Measure, month: Month, given: Sequence[Observation]) -> Table:
    """Return every value of a month with its release and day, the latest first."""
    changes = [FIRST_GIVEN] * bool(given) + [
        _change(measure, after.value - before.value) for before, after in pairwise(given)
    ]
    rows = [
        (
            day(each.release.released_on),
            each.release.title,
            printed(measure, each.value),
            change,
        )
        for each, change in zip(given, changes, strict=True)
    ]
    return Table(
        f"{measure.title}, {month.label}: every value that was given",
        ("Released on", "Release", "Value", "Change"),
        tuple(reversed(rows)),
    )


def summary(found: Revised) -> str:
    """Return in a sentence or two how much a release revised."""
    before, after = found.before, found.after
    if after is None:
        return "No release of this source was known by then."
    if before is None:
        return (
            f"Only one release is held, that of {day(after.released_on)}. Revisions show once a "
            "second is imported."
        )
    pair = (
        f"The release of {day(after.released_on)} gives {len(found.revisions)} of the "
        f"{found.compared} months that it shares with that of {day(before.released_on)} "
        "differently."
    )
    largest = found.revisions[0] if found.revisions else None
    said = [pair]
    if largest:
        said.append(
            f"The largest revision is of {largest.month.label}: from "
            f"{printed(found.measure, largest.before)} to {printed(found.measure, largest.after)}."
        )
    if found.no_longer_given:
        said.append(
            f"It no longer gives {listed([each.label for each in found.no_longer_given])}: "
            "these are not available, and not zero."
        )
    return " ".join(said)


def revisions_table(found: Revised) -> Table | None:
    """Return the revisions between two releases, the largest first; None where there is none."""
    if found.before is None or found.after is None or not found.revisions:
        return None
    measure = found.measure
    rows = [
        (
            each.month.label,
            printed(measure, each.before),
            printed(measure, each.after),
            _change(measure, each.change),
            "[z]" if each.relative is None else format_change(each.relative),
        )
        for each in found.revisions
    ]
    return Table(
        f"{measure.title}, {found.area.name}: revisions, the largest first",
        (
            "Month",
            f"Released {day(found.before.released_on)}",
            f"Released {day(found.after.released_on)}",
            "Change",
            "Change as a percentage",
        ),
        tuple(rows),
        ("[z] not applicable: the earlier figure was zero.",)
        if any(row[-1] == "[z]" for row in rows)
        else (),
    )


def revisions_rows(found: Revised) -> Iterator[list[Any]]:
    """Yield the header and the rows of the CSV of revisions, the largest first, unrounded."""
    yield [
        "measure",
        "area_code",
        "area",
        "period",
        "value_before",
        "value_after",
        "change",
        "released_before",
        "released_after",
        "source",
    ]
    if found.before is None or found.after is None:
        return
    for each in found.revisions:
        yield [
            found.measure.slug,
            found.area.code,
            found.area.name,
            str(each.month),
            _plain(each.before),
            _plain(each.after),
            _plain(each.change),
            found.before.released_on.isoformat(),
            found.after.released_on.isoformat(),
            _source(found.after),
        ]


def _source(release: Release) -> str:
    return f"{release.publisher}, {release.title}"


def _plain(value: float) -> float | int:
    return int(value) if float(value).is_integer() else round(value, 6)


def _change(measure: Measure, change: float) -> str:
    sign = "+" if change > 0 else MINUS if change < 0 else ""
    return f"{sign}{printed(measure, abs(change), digits=1)}"
