"""Free-text answers to themes, in one call: `discover_themes(texts)`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from folkmoot.texts.campaigns import Campaign, campaigns_in
from folkmoot.texts.clustering import Clusters, cluster, common_part, without_common
from folkmoot.texts.embedding import EXACT_LENGTH, Vectors, embed, exact
from folkmoot.texts.labelling import Naming, exemplars, name_themes
from folkmoot.texts.languages import NAMES, main_language
from folkmoot.texts.reading import Numbers, Reading, Status, read_answers
from folkmoot.texts.redaction import without_personal_details
from folkmoot.texts.wording import without_masks

# A second theme is named when an answer is at least this near to it, beside its own.
SECOND_LIKENESS = 0.8
# More different wordings than this are not compared with each other: themes are formed from so
# many, drawn by chance, and the others join the theme whose centre is nearest.
MOST_COMPARED = 20_000
# Wordings placed at a time.
PLACED_AT_ONCE = 50_000

__all__ = ["Assignment", "Discovery", "Status", "Theme", "discover_themes"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Something that many answers say."""

    id: int
    """1 for the largest."""
    label: str
    keywords: tuple[str, ...]
    size: int
    """Answers assigned to it, copies of a campaign's letter included."""
    share: float
    """Of the answers assigned to any theme, 0 to 1."""
    exemplars: tuple[int, ...]
    """Rows of the answers that show it best, best first."""
    cohesion: float
    """Mean cosine of its different answers to its centre, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where one answer stands."""

    row: int
    status: Status
    theme_id: int | None
    score: float | None
    """Cosine to the centre of its theme, -1 to 1."""
    second_theme_id: int | None
    campaign_id: int | None
    """1 for the largest campaign; None outside campaigns."""
    language: str = ""
    """Code such as "en"; "" where it cannot be told, or nothing was written."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found: every answer is accounted for in `assignments`, in the order given."""

    answers: int
    empty: int
    cannot_tell: int
    campaigns: tuple[Campaign, ...]
    themes: tuple[Theme, ...]
    assignments: tuple[Assignment, ...]
    languages: tuple[tuple[str, int], ...] = ()
    """Code of each language and its answers, most first; those that cannot be told are absent."""
    compared: int = 0
    """Different wordings that formed the themes; all there are, unless there were too many."""


@dataclass(frozen=True, slots=True)
class _Units:
    """Answers that form themes as one: of the same words, or copies of one letter."""

    of_row: Numbers
    """The unit of each answer; -1 for those that are in no theme."""
    rows: Numbers
    """The answer that stands for each unit."""
    weights: Numbers
    """How many answers each unit stands for."""


@dataclass(slots=True)
class _Placing:
    """Where each unit was put: rows as in `_Units`."""

    group: Numbers
    score: npt.NDArray[np.float64]
    second: Numbers
    """-1 where no second group is near enough."""


def discover_themes(
    texts: Sequence[str | None],
    *,
    themes: tuple[int, int] = (6, 20),
    seed: int = 20,
    tell: Callable[[str], None] = lambda step: None,
) -> Discovery:
    """Group the answers to one question into themes with names.

    `themes` is the fewest and the most themes wanted; few answers give fewer. Answers of the
    same words and copies of one campaign letter weigh as one in forming themes, yet each is
    assigned and counted. Answers in another language than most are one more theme, of those that
    somebody has to translate. The same texts and seed give the same result on any number of
    cores. `tell` hears each step in a few words. Raises ValueError for a range that is not
    1 <= fewest <= most.
    """
    fewest, most = themes
    if not 1 <= fewest <= most:
        raise ValueError(
            f"The number of themes runs from at least 1 up to no fewer, not {fewest} to {most}."
        )
    tell(f"Reading {len(texts):,} answers")
    reading = read_answers(texts)
    tell("Looking for campaigns")
    campaigns = campaigns_in(reading)
    units = _units(reading, campaigns)
    foreign = _foreign(reading, units)
    own = np.flatnonzero(~foreign)
    compared = _compared(own, seed)
    tell(f"Reading {len(compared):,} different answers for what they mean")
    # Without personal details, so that no theme forms around a name or carries one.
    public = [
        without_masks(without_personal_details(reading.texts[row])) for row in units.rows[compared]
    ]
    vectors = _embedded(public)
    common = common_part(vectors) if len(vectors) else np.zeros((1, 1), np.float32)
    apart = without_common(vectors, common)
    tell("Forming themes")
    clusters = cluster(apart, themes=themes, seed=seed, weights=units.weights[compared].tolist())
    placing = _Placing(
        np.zeros(len(units.rows), np.int64),
        np.zeros(len(units.rows)),
        np.full(len(units.rows), -1, np.int64),
    )
    _place(placing, compared, apart, clusters.centres, clusters.labels)
    rest = np.setdiff1d(own, compared, assume_unique=True)
    for start in range(0, len(rest), PLACED_AT_ONCE):
        tell(f"Placing the other {len(rest):,} answers: {start:,} done")
        some = rest[start : start + PLACED_AT_ONCE]
        near = without_common(_embedded([reading.texts[row] for row in units.rows[some]]), common)
        _place(placing, some, near, clusters.centres, None)
    tell("Naming themes")
    named = name_themes(public, clusters, common) if len(compared) else []
    shown = [
        compared[clusters.labels == group][
            _exemplars(reading, units, compared, apart, clusters, group)
        ]
        for group in range(len(named))
    ]
    if foreign.any():
        others = np.flatnonzero(foreign)
        named.append(_name_others(reading, units, others))
        shown.append(_place_others(placing, reading, units, others, len(named) - 1))
    order, found = _themes(named, shown, units, placing)
    return Discovery(
        answers=len(texts),
        empty=reading.statuses.count(Status.EMPTY),
        cannot_tell=reading.statuses.count(Status.CANNOT_TELL),
        campaigns=tuple(campaigns),
        themes=found,
        assignments=_assignments(reading, campaigns, units, placing, order),
        languages=_languages(reading),
        compared=len(compared),
    )


def _embedded(public: Sequence[str]) -> Vectors:
    # In lower case, for "NOTHING" and "nothIng" mean what "nothing" means.
    return embed([text.casefold() for text in public])


def _units(reading: Reading, campaigns: Sequence[Campaign]) -> _Units:
    """Return the units of answers that carry a theme, in order of their first answer."""
    key = reading.wording.copy()
    stands_for = dict[int, int]()
    for number, campaign in enumerate(campaigns):
        key[list(campaign.members)] = len(reading.first) + number
        stands_for[len(reading.first) + number] = campaign.exemplar
    is_assigned = np.fromiter(
        (status is Status.ASSIGNED for status in reading.statuses), np.bool_, len(key)
    )
    keys, first, place, weights = np.unique(
        key[is_assigned], return_index=True, return_inverse=True, return_counts=True
    )
    order = np.argsort(first, kind="stable")
    rank = np.empty(len(keys), np.int64)
    rank[order] = np.arange(len(keys))
    of_row = np.full(len(key), -1, np.int64)
    of_row[is_assigned] = rank[place]
    rows = np.flatnonzero(is_assigned)[first[order]]
    for at, unit_key in enumerate(keys[order].tolist()):
        if unit_key >= len(reading.first):
            rows[at] = stands_for[unit_key]
    return _Units(of_row, rows, weights[order].astype(np.int64))


def _languages(reading: Reading) -> tuple[tuple[str, int], ...]:
    counted = Counter(reading.languages)
    counted.pop("", None)
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def _foreign(reading: Reading, units: _Units) -> npt.NDArray[np.bool_]:
    """Return which units are in another language than most."""
    main = main_language(
        language
        for language, status in zip(reading.languages, reading.statuses, strict=True)
        if status is Status.ASSIGNED
    )
    languages = (reading.languages[row] for row in units.rows)
    return np.fromiter((each not in ("", main) for each in languages), np.bool_, len(units.rows))


def _compared(own: Numbers, seed: int) -> Numbers:
    """Return the units that form themes: all, or as many as can be compared, drawn by chance."""
    if len(own) <= MOST_COMPARED:
        return own
    drawn = np.random.default_rng(seed).choice(len(own), MOST_COMPARED, replace=False)
    return own[np.sort(drawn)]


def _place(
    placing: _Placing, units: Numbers, apart: Vectors, centres: Vectors, labels: Numbers | None
) -> None:
    """Note each unit's group (the nearest, where no labels say it), its score and second group."""
    if not len(units):
        return
    products = exact(apart) @ exact(centres).T
    cosines = np.asarray(products / np.float32(EXACT_LENGTH**2), dtype=np.float32)
    group = np.argmax(cosines, axis=1) if labels is None else labels
    at = np.arange(len(units))
    score = cosines[at, group]
    cosines[at, group] = -np.inf
    second = np.argmax(cosines, axis=1)
    near = cosines[at, second]
    is_near = (near > 0) & (near >= SECOND_LIKENESS * score)
    placing.group[units] = group
    placing.score[units] = score
    placing.second[units] = np.where(is_near, second, -1)


def _exemplars(
    reading: Reading,
    units: _Units,
    compared: Numbers,
    apart: Vectors,
    clusters: Clusters,
    group: int,
) -> list[int]:
    own = np.flatnonzero(clusters.labels == group)
    lengths = [len(reading.texts[row].split()) for row in units.rows[compared[own]]]
    return exemplars(apart[own], clusters.centres[group], lengths)


def _name_others(reading: Reading, units: _Units, others: Numbers) -> Naming:
    counted: Counter[str] = Counter()
    for unit in others:
        counted[reading.languages[units.rows[unit]]] += int(units.weights[unit])
    names = [NAMES[code] for code, _ in sorted(counted.items(), key=lambda each: (-each[1], each))]
    label = f"Answers in {names[0]}" if len(names) == 1 else "Answers in other languages"
    return Naming(label, tuple(names))


def _place_others(
    placing: _Placing, reading: Reading, units: _Units, others: Numbers, group: int
) -> Numbers:
    """Put the units in other languages into a group of their own; return those that show it."""
    vectors = _embedded([reading.texts[row] for row in units.rows[others]])
    centre = cluster(vectors, themes=(1, 1), seed=0).centres
    _place(placing, others, vectors, centre, np.zeros(len(others), np.int64))
    placing.group[others] = group
    placing.second[others] = -1
    lengths = [len(reading.texts[row].split()) for row in units.rows[others]]
    return np.asarray(others[exemplars(vectors, centre[0], lengths)], np.int64)


def _themes(
    named: Sequence[Naming], shown: Sequence[Numbers], units: _Units, placing: _Placing
) -> tuple[Numbers, tuple[Theme, ...]]:
    """Return the number of each group's theme and the themes, largest first."""
    groups = len(named)
    sizes = np.bincount(placing.group, weights=units.weights, minlength=groups).astype(np.int64)
    members = np.bincount(placing.group, minlength=groups)
    sums = np.bincount(placing.group, weights=placing.score, minlength=groups)
    ranking = np.lexsort((np.arange(groups), -sizes[:groups]))
    order = np.empty(groups, np.int64)
    order[ranking] = np.arange(1, groups + 1)
    assigned = int(units.weights.sum())
    found = tuple(
        Theme(
            id=place,
            label=named[group].label,
            keywords=named[group].keywords,
            size=int(sizes[group]),
            share=int(sizes[group]) / assigned,
            exemplars=tuple(units.rows[shown[group]].tolist()),
            cohesion=round(max(0.0, float(sums[group] / members[group])), 4),
        )
        for place, group in enumerate(ranking.tolist(), start=1)
    )
    return order, found


def _assignments(
    reading: Reading,
    campaigns: Sequence[Campaign],
    units: _Units,
    placing: _Placing,
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
