"""Who was heard from, against the population, group by group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from folkmoot.core.disclosure import SMALLEST_BASE, SMALLEST_SHOWN, WITHHELD, protect
from folkmoot.core.representation import Represented, representation
from folkmoot.core.tables import MINUS, format_count, format_percent
from folkmoot.responses.questions import ChoiceQuestion
from folkmoot.themes.models import PopulationTable
from folkmoot.themes.presenters.counted import PROTECTED_NOTE
from folkmoot.themes.presenters.weighted import source_sentence


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One group: its share here and in the population (0 to 1 for bars), and as printed."""

    label: str
    count: str
    share: str
    population: str
    index: str
    interval: str
    points: str
    bar: float | None
    mark: float
    reading: str


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """A question whose groups are compared with the population; no rows where that is withheld."""

    key: str
    title: str
    headline: str
    base: str
    rows: tuple[GroupShown, ...]
    notes: tuple[str, ...]
    source: str


def compared(
    questions: Iterable[ChoiceQuestion],
    tables: Sequence[PopulationTable],
    counts: Mapping[str, Counter[str]],
) -> tuple[ComparedQuestion, ...]:
    """Return each question that has a population table, in the order of the survey."""
    of_key = {table.question: table for table in tables}
    return tuple(
        _compared(question, of_key[question.key], counts[question.key])
        for question in questions
        if question.key in of_key
    )


def _compared(
    question: ChoiceQuestion, table: PopulationTable, counts: Counter[str]
) -> ComparedQuestion:
    population = {margin.level: margin.figure for margin in table.margins.all()}
    # As the same question is counted elsewhere on the page: what is withheld there is here.
    codes = [option.code for option in question.options]
    shown = dict(zip(codes, protect([counts[code] for code in codes]), strict=True))
    inside = [code for code in codes if population.get(code)]
    outside = [code for code in codes if code not in inside]
    base = sum(counts[code] for code in inside)
    why = _why_not(base, counts.total(), any(shown[code] is None for code in outside))
    source = source_sentence(table)
    if why:
        return ComparedQuestion(question.key, question.title, "", "", (), (why,), source)
    found = representation(
        {code: counts[code] for code in inside},
        {code: population[code] for code in inside},
        smallest=1,
        smallest_base=1,
    )
    groups = [(each, shown[each.group] is not None) for each in found]
    rows = tuple(_row(question, each, is_shown) for each, is_shown in groups)
    left = counts.total() - base
    notes = [
        f"{format_count(left)} people who did not say, or are not of this population, are left out."
    ] * bool(left)
    notes += [PROTECTED_NOTE] * any(row.count == WITHHELD for row in rows)
    return ComparedQuestion(
        key=question.key,
        title=question.title,
        headline=_headline(question, [each for each, is_shown in groups if is_shown]),
        base=f"{format_count(base)} people in one of these groups",
        rows=rows,
        notes=tuple(notes),
        source=source,
    )


def _why_not(base: int, answered: int, is_withheld: bool) -> str:
    """Return why a comparison would tell too much, or nothing."""
    if answered < SMALLEST_BASE or base < SMALLEST_BASE:
        return f"Withheld: fewer than {SMALLEST_BASE} people answered."
    if is_withheld:
        return (
            f"Withheld: fewer than {SMALLEST_SHOWN} people did not say or are not of this "
            "population, and the shares of the others would give that number away."
        )
    return ""


def _row(question: ChoiceQuestion, found: Represented, is_shown: bool) -> GroupShown:
    label = question.label_of(found.group)
    population = format_percent(found.population_share, 1)
    if (
        not is_shown
        or found.share is None
        or found.index is None
        or found.interval is None
        or found.points is None
    ):
        return GroupShown(
            label=label,
            count=WITHHELD,
            share=WITHHELD,
            population=population,
            index=WITHHELD,
            interval="",
            points=WITHHELD,
            bar=None,
            mark=found.population_share,
            reading="",
        )
    return GroupShown(
        label=label,
        count=format_count(found.respondents or 0),
        share=format_percent(found.share, 1),
        population=population,
        index=f"{found.index:.0f}",
        interval=f"{found.interval.lower:.0f} to {found.interval.upper:.0f}",
        points=_points(found.points),
        bar=found.share,
        mark=found.population_share,
        reading=_reading(found),
    )


def _reading(found: Represented) -> str:
    if not found.differs or found.index is None:
        return "In proportion"
    return "Fewer than in proportion" if found.index < 100 else "More than in proportion"


def _headline(question: ChoiceQuestion, found: Sequence[Represented]) -> str:
    """Say which groups differ, the farthest in points first."""
    parts = list(_sides(question, found))
    if not parts:
        return "Every group shown is in proportion to the population."
    return f"{'. '.join(parts)}."


def _sides(question: ChoiceQuestion, found: Sequence[Represented]) -> Iterator[str]:
    differ = sorted(
        (each for each in found if each.differs), key=lambda each: -abs(each.points or 0)
    )
    for says, below in (("Heard from less than in proportion", True), ("More", False)):
        side = [each for each in differ if ((each.index or 0) < 100) is below]
        if side:
            named = ", ".join(question.label_of(each.group) for each in side)
            yield f"{says}: {named}"


def _points(points: float) -> str:
    rounded = round(points * 100, 1)
    sign = "+" if rounded > 0 else MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):.1f}"
