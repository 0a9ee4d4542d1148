"""Free-text answers to themes, in one call: `discover_themes(texts)`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from folkmoot.texts.campaigns import Campaign, campaigns_in
from folkmoot.texts.clustering import (
    Clusters,
    cluster,
    common_part,
    grouped,
    without_common,
)
from folkmoot.texts.embedding import CHARACTERS_READ, Vectors, embed
from folkmoot.texts.labelling import Naming, exemplars, name_themes
from folkmoot.texts.languages import NAMES
from folkmoot.texts.reading import Numbers, Reading, Status, read_answers
from folkmoot.texts.redaction import without_personal_details
from folkmoot.texts.results import Assignment, Discovery, Theme, ThemeGroup
from folkmoot.texts.sides import Side, Voice, sides_of
from folkmoot.texts.units import Placing, Units, is_foreign, units_of
from folkmoot.texts.voting import voted
from folkmoot.texts.wording import without_masks

# More different wordings than this are not compared with each other: themes are formed from so
# many, drawn by chance, and the others join the theme whose centre is nearest.
MOST_COMPARED = 12_000
# Wordings placed at a time.
PLACED_AT_ONCE = 50_000
# More themes than this are shown in groups, of about so many themes each.
MOST_IN_A_ROW = 15
THEMES_A_GROUP = 4

__all__ = ["Assignment", "Discovery", "Side", "Status", "Theme", "ThemeGroup", "discover_themes"]

Tell = Callable[[str, float], None]
"""Hears a step in a few words, and how much of the whole is done before it, 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Formed:
    """Themes as they formed: units compared, what they say in public, and their groups."""

    units: Numbers
    public: list[str]
    common: Vectors
    apart: Vectors
    clusters: Clusters


@dataclass(frozen=True, slots=True)
class _Named:
    """A group of units with its name and the units that show it."""

    naming: Naming
    shown: Numbers
    topic: frozenset[str]
    group: int | None


def discover_themes(
    texts: Sequence[str | None],
    *,
    themes: tuple[int, int] = (6, 20),
    seed: int = 20,
    tell: Tell = lambda step, share: None,
) -> Discovery:
    """Group the answers to one question into themes with names.

    `themes` is the fewest and the most themes wanted; few answers give fewer. Answers of the
    same words and copies of one campaign letter weigh as one in forming themes, yet each is
    assigned and counted. Answers in another language than most are one theme more, of those that
    somebody has to translate. The same texts and seed give the same result on any number of
    cores. `tell` hears each step before it begins, and how much is done, 0 to 1; what it raises
    ends the work. Raises ValueError for a range that is not 1 <= fewest <= most.
    """
    fewest, most = themes
    if not 1 <= fewest <= most:
        raise ValueError(
            f"The number of themes runs from at least 1 up to no fewer, not {fewest} to {most}."
        )
    tell(f"Reading {len(texts):,} answers", 0)
    reading = read_answers(texts)
    tell("Looking for campaigns", 0.2)
    campaigns = campaigns_in(reading)
    units = units_of(reading, campaigns)
    foreign = is_foreign(reading, units)
    own, others = np.flatnonzero(~foreign), np.flatnonzero(foreign)
    formed = _form(reading, units, _compared(own, seed), themes, seed, tell)
    placing = Placing.of(len(units.rows))
    placing.put(formed.units, formed.apart, formed.clusters.centres, formed.clusters.labels)
    _place_rest(placing, reading, units, np.setdiff1d(own, formed.units), formed, tell)
    tell("Naming themes", 0.75)
    labels, named = _name(reading, units, formed)
    if len(others):
        named.append(_gather_others(placing, reading, units, others, len(named)))
    sizes = np.bincount(placing.group, weights=units.weights, minlength=len(named))
    order = _largest_first(sizes[: len(named)])
    found, groups = _in_groups(labels, _themes(order, named, reading, units, placing))
    return Discovery(
        answers=len(texts),
        empty=reading.statuses.count(Status.EMPTY),
        cannot_tell=reading.statuses.count(Status.CANNOT_TELL),
        campaigns=tuple(campaigns),
        themes=found,
        assignments=_assignments(reading, campaigns, units, placing, order),
        groups=groups,
        languages=_languages(reading),
        wordings=len(own),
        compared=len(formed.units),
    )


def _compared(own: Numbers, seed: int) -> Numbers:
    """Return the units that form themes: all, or as many as can be compared, drawn by chance."""
    if len(own) <= MOST_COMPARED:
        return own
    drawn = np.random.default_rng(seed).choice(len(own), MOST_COMPARED, replace=False)
    return own[np.sort(drawn)]


def _embedded(texts: Sequence[str]) -> Vectors:
    # In lower case, for "NOTHING" and "nothIng" mean what "nothing" means.
    return embed([text.casefold() for text in texts])


def _form(
    reading: Reading,
    units: Units,
    compared: Numbers,
    themes: tuple[int, int],
    seed: int,
    tell: Tell,
) -> _Formed:
    tell(f"Reading {len(compared):,} different answers for what they mean", 0.35)
    # Without personal details, so that no theme forms around a name or carries one.
    public = [
        without_masks(without_personal_details(reading.texts[row][:CHARACTERS_READ]))
        for row in units.rows[compared]
    ]
    vectors = _embedded(public)
    common = common_part(vectors)
    apart = without_common(vectors, common)
    tell("Forming themes", 0.5)
    weights = units.weights[compared].tolist()
    clusters = cluster(apart, themes=themes, seed=seed, weights=weights)
    return _Formed(compared, public, common, apart, clusters)


def _place_rest(
    placing: Placing, reading: Reading, units: Units, rest: Numbers, formed: _Formed, tell: Tell
) -> None:
    """Put the units that were not compared into the themes of those compared that are nearest."""
    for start in range(0, len(rest), PLACED_AT_ONCE):
        share = 0.6 + 0.15 * start / len(rest)
        tell(f"Placing {len(rest):,} more answers: {start:,} done", share)
        some = rest[start : start + PLACED_AT_ONCE]
        vectors = _embedded([reading.texts[row] for row in units.rows[some]])
        apart = without_common(vectors, formed.common)
        groups = voted(apart, formed.apart, formed.clusters.labels)
        placing.put(some, apart, formed.clusters.centres, groups)


def _name(reading: Reading, units: Units, formed: _Formed) -> tuple[list[str], list[_Named]]:
    """Return the labels of the groups of themes, if there are any, and every theme with a name."""
    if not len(formed.units):
        return [], []
    clusters = formed.clusters
    namings = name_themes(formed.public, clusters, formed.common)
    groups: list[int | None] = [None] * len(namings)
    labels: list[str] = []
    if len(namings) > MOST_IN_A_ROW:
        of_cluster = grouped(clusters, round(len(namings) / THEMES_A_GROUP))
        groups = of_cluster.tolist()
        for at in range(max(of_cluster.tolist()) + 1):
            # The groups are numbered from the largest, so the first two say most.
            own = np.flatnonzero(of_cluster == at)
            more = [f"{len(own) - 2} more"] if len(own) > 2 else []
            labels.append("; ".join([*(namings[int(each)].label for each in own[:2]), *more]))
    named = []
    for number, (naming, group) in enumerate(zip(namings, groups, strict=True)):
        own = np.flatnonzero(clusters.labels == number)
        lengths = [len(reading.texts[row].split()) for row in units.rows[formed.units[own]]]
        best = exemplars(formed.apart[own], clusters.centres[number], lengths)
        named.append(_Named(naming, formed.units[own[best]], naming.topic, group))
    return labels, named


def _gather_others(
    placing: Placing, reading: Reading, units: Units, others: Numbers, group: int
) -> _Named:
    """Put the units in other languages into a group of their own and name it by them."""
    counted: Counter[str] = Counter()
    for unit in others:
        counted[NAMES[reading.languages[units.rows[unit]]]] += int(units.weights[unit])
    ranked = sorted(counted.items(), key=lambda each: (-each[1], each[0]))
    names = tuple(name for name, _ in ranked)
    label = f"Answers in {names[0]}" if len(names) == 1 else "Answers in other languages"
    listed = ", ".join(f"{name} ({many:,})" for name, many in ranked)
    description = f"Kept apart and not read for what they say, to be translated first: {listed}."
    vectors = _embedded([reading.texts[row] for row in units.rows[others]])
    centre = cluster(vectors, themes=(1, 1), seed=0).centres
    placing.put(others, vectors, centre, np.zeros(len(others), np.int64))
    placing.group[others], placing.second[others] = group, -1
    lengths = [len(reading.texts[row].split()) for row in units.rows[others]]
    shown = others[exemplars(vectors, centre[0], lengths)]
    return _Named(Naming(label, names, description), shown, frozenset(), None)


def _largest_first(sizes: npt.ArrayLike) -> Numbers:
    """Return the number of each group, 1 for the largest; the earlier of equals comes first."""
    counted = np.asarray(sizes, np.int64)
    order = np.empty(len(counted), np.int64)
    order[np.argsort(-counted, kind="stable")] = np.arange(1, len(counted) + 1)
    return order


def _themes(
    order: Numbers, named: Sequence[_Named], reading: Reading, units: Units, placing: Placing
) -> tuple[Theme, ...]:
    found = []
    assigned = int(units.weights.sum())
    for group in np.argsort(order):
        own = np.flatnonzero(placing.group == group)
        near = own[np.argsort(-placing.score[own], kind="stable")]
        each = named[group]
        size = int(units.weights[own].sum())
        voices = (
            Voice(int(row), reading.words_of(row), int(answers))
            for row, answers in zip(units.rows[near], units.weights[near], strict=True)
        )
        found.append(
            Theme(
                id=int(order[group]),
                label=each.naming.label,
                keywords=each.naming.keywords,
                size=size,
                share=size / assigned,
                exemplars=tuple(units.rows[each.shown].tolist()),
                cohesion=round(max(0.0, float(placing.score[own].mean())), 4),
                description=each.naming.description,
                sides=sides_of(voices, each.topic) if each.topic else (),
                group_id=each.group,
            )
        )
    return tuple(found)


def _in_groups(
    labels: Sequence[str], themes: Sequence[Theme]
) -> tuple[tuple[Theme, ...], tuple[ThemeGroup, ...]]:
    """Return the themes and their groups with the largest group numbered 1.

    The number of a theme's group is so far its place in `labels`.
    """
    if not labels:
        return tuple(themes), ()
    within = [[theme for theme in themes if theme.group_id == at] for at in range(len(labels))]
    order = _largest_first([sum(theme.size for theme in own) for own in within])
    numbered = tuple(
        theme if theme.group_id is None else replace(theme, group_id=int(order[theme.group_id]))
        for theme in themes
    )
    groups = tuple(
        ThemeGroup(
            number,
            labels[at],
            tuple(theme.id for theme in within[at]),
            sum(theme.size for theme in within[at]),
        )
        for number, at in enumerate(np.argsort(order).tolist(), start=1)
    )
    return numbered, groups


def _languages(reading: Reading) -> tuple[tuple[str, int], ...]:
    counted = Counter(language for language in reading.languages if language)
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def _assignments(
    reading: Reading,
    campaigns: Sequence[Campaign],
    units: Units,
    placing: Placing,
    order: Numbers,
) -> tuple[Assignment, ...]:
    campaign_of = {row: at for at, each in enumerate(campaigns, 1) for row in each.members}
    theme = order[placing.group].tolist() if len(order) else []
    score = np.round(placing.score, 4).tolist()
    second = [int(order[each]) if each >= 0 else None for each in placing.second]
    return tuple(
        Assignment(row, status, theme[unit], score[unit], second[unit], campaign_of.get(row), said)
        if unit >= 0
        else Assignment(row, status, None, None, None, campaign_of.get(row), said)
        for row, (status, unit, said) in enumerate(
            zip(reading.statuses, units.of_row.tolist(), reading.languages, strict=True)
        )
    )
