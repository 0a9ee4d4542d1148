"""Weighted shares beside unweighted ones: what was done, to whom, how well, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from folkmoot.core.disclosure import SMALLEST_SHOWN
from folkmoot.core.intervals import Interval
from folkmoot.core.tables import format_count, format_percent
from folkmoot.core.weighting import CAP, SMALLEST_EFFECTIVE, SMALLEST_LEVEL, WeightedShare, Why
from folkmoot.responses.questions import ChoiceQuestion
from folkmoot.themes.models import PopulationTable

METHODS = "https://github.com/folkmoot/folkmoot/blob/main/docs/methods/"
WEIGHTING_METHOD = f"{METHODS}weighting.md"
REPRESENTATION_METHOD = f"{METHODS}representation.md"
NO_SAMPLE = (
    "A consultation is not a sample: people chose to answer. Weighting can make up for groups that "
    "were heard from too little, if those of a group who answered think like those who did not; it "
    "cannot know what the others think, and no weight makes these shares those of the population."
)
NOT_WEIGHTED = "These figures are not weighted: every response counts once."


@dataclass(frozen=True, slots=True)
class WeightingShown:
    """The note on weighting: a headline, what was done, and where its figures are from.

    `questions` has the weighted shares of each closed question that has any; None is withheld.
    """

    headline: str
    is_shown: bool
    sentences: tuple[str, ...]
    sources: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    questions: Mapping[str, Mapping[str, WeightedShare | None]]
    method: str = WEIGHTING_METHOD


def weighting_shown(
    tables: Sequence[PopulationTable],
    found: Mapping[str, Any] | None,
    asked: Iterable[ChoiceQuestion],
    *,
    is_exact: bool = True,
) -> WeightingShown:
    """Return the note on weighting from what weighting found, or why nothing is weighted.

    Not `is_exact` where the number of individuals is withheld, as it tells that of organisations.
    """
    of_key = {each.key: each for each in asked}
    sources = tuple(source_sentence(table) for table in tables)
    if not tables:
        return _not_shown(NOT_WEIGHTED, (), ())
    if found is None:
        return _not_shown(
            "Weighted figures are being worked out.",
            ("They will be here within the hour.",),
            sources,
        )
    left_out = tuple(_left_out(each, of_key) for each in found["left_out"])
    if not found["used"]:
        return _not_shown("Weighted figures are not shown.", left_out, sources)
    if not found["is_sound"]:
        why = (
            f"After weighting, the answers would tell only as much as those of "
            f"{format_count(found['effective_size'])} people would: fewer than "
            f"{SMALLEST_EFFECTIVE}, which is too few."
        )
        return _not_shown("Weighted figures are not shown.", (why, *left_out), sources)
    return WeightingShown(
        headline=f"Weighted to the population by {_listed(_titles(found['used'], of_key))}",
        is_shown=True,
        sentences=(
            NO_SAMPLE,
            *_treated(found, is_exact),
            *_capped(found, of_key),
            *_unmatched(found, of_key),
            *left_out,
        ),
        sources=sources,
        figures=(
            ("Effective sample size", format_count(found["effective_size"])),
            ("Design effect", f"{found['design_effect']:.1f}"),
        ),
        questions={
            key: {code: _share(share) for code, share in each["shares"].items()}
            for key, each in found["questions"].items()
            if each["shares"]
        },
    )


def source_sentence(table: PopulationTable) -> str:
    """Return where a table's figures are from: source, day, licence."""
    day = f"{table.day.day} {table.day:%B %Y}"
    return f"{table.source}; figures for {day}; {table.licence}"


def _not_shown(headline: str, why: tuple[str, ...], sources: tuple[str, ...]) -> WeightingShown:
    return WeightingShown(headline, False, why, sources, (), {})


def _share(kept: Sequence[float] | None) -> WeightedShare | None:
    return None if kept is None else WeightedShare(kept[0], Interval(kept[1], kept[2]))


def _treated(found: Mapping[str, Any], is_exact: bool) -> Iterable[str]:
    """Say who was weighted, who could not be, and what became of them."""
    people = found["people"]
    many = format_count(people) if is_exact else f"about {format_count(round(people, -1))}"
    yield (
        f"Weighted are the answers of {many} individuals. Whoever "
        "answered for an organisation counts in the unweighted figures only."
    )
    if found["unknown"]:
        yield (
            f"{_about(found['unknown'])} told us nothing to weight them by: they count about once "
            "each. Who told us some of it is weighted by that."
        )
    else:
        yield "Who did not tell us all of it is weighted by what they told us."
    if found["outside"]:
        yield (
            f"{_about(found['outside'])} said that they are not of this population, for example as "
            "they live elsewhere: they count in the unweighted figures only."
        )


def _capped(found: Mapping[str, Any], asked: Mapping[str, ChoiceQuestion]) -> Iterable[str]:
    if not found["capped"]:
        yield f"Nobody counts more than {CAP:g} times: no weight had to be held there."
        return
    levels = [_level(each, asked) for each in found["capped_levels"]]
    mostly = f" Most of them are in: {', '.join(levels)}." if levels else ""
    yield (
        f"Nobody counts more than {CAP:g} times: the weights of "
        f"{_about(found['capped']).lower()} are held there.{mostly}"
    )


def _unmatched(found: Mapping[str, Any], asked: Mapping[str, ChoiceQuestion]) -> Iterable[str]:
    for variable, level, target, share in found["unmatched"]:
        yield (
            f"{_level((variable, level), asked)} could not be brought to its share of the "
            f"population: {format_percent(share)} after weighting, {format_percent(target)} there."
        )


def _left_out(kept: Sequence[str], asked: Mapping[str, ChoiceQuestion]) -> str:
    variable, why, level = kept
    title = asked[variable].title if variable in asked else variable
    named = asked[variable].label_of(level) if variable in asked else level
    if why == Why.NOBODY.name:
        return f"“{title}” is not used to weight: nobody answered it."
    # Whether it is nobody or a few may be withheld elsewhere on the page.
    return (
        f"“{title}” is not used to weight: nobody, or fewer than {SMALLEST_LEVEL} people, are in "
        f"“{named}”, and no weight lets so few speak for all of them."
    )


def _titles(keys: Iterable[str], asked: Mapping[str, ChoiceQuestion]) -> list[str]:
    return [f"“{asked[key].title}”" if key in asked else key for key in keys]


def _level(of: Sequence[str], asked: Mapping[str, ChoiceQuestion]) -> str:
    variable, level = of
    return f"“{asked[variable].label_of(level) if variable in asked else level}”"


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _about(people: int) -> str:
    """Return a number of people that tells of nobody: "Fewer than 5 people", "312 people"."""
    if people < SMALLEST_SHOWN:
        return f"Fewer than {SMALLEST_SHOWN} people"
    return f"{format_count(people)} people"
