"""Free-text answers to themes, in one call: `discover_themes(texts)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from folkmoot.texts.campaigns import Campaign, find_campaigns
from folkmoot.texts.clustering import Clusters, centred, cluster
from folkmoot.texts.embedding import EXACT_LENGTH, Vectors, embed, exact
from folkmoot.texts.labelling import exemplars, name_themes
from folkmoot.texts.redaction import without_personal_details
from folkmoot.texts.wording import carries_signal, is_empty, plain_text, without_masks, words

# A second theme is named when an answer is at least this near to it, beside its own.
SECOND_LIKENESS = 0.8


class Status(Enum):
    """Where an answer stands after themes were sought."""

    ASSIGNED = "assigned"
    EMPTY = "empty"
    CANNOT_TELL = "cannot tell"


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


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found: every answer is accounted for in `assignments`, in the order given."""

    answers: int
    empty: int
    cannot_tell: int
    campaigns: tuple[Campaign, ...]
    themes: tuple[Theme, ...]
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class _Wording:
    """Answers that form themes as one: the same words, or copies of one letter."""

    text: str
    exemplar: int
    rows: tuple[int, ...]


def discover_themes(
    texts: Sequence[str | None], *, themes: tuple[int, int] = (6, 20), seed: int = 20
) -> Discovery:
    """Group the answers to one question into themes with names.

    `themes` is the fewest and the most themes wanted; few answers give fewer. Answers of the
    same words and copies of one campaign letter weigh as one in forming themes, yet each is
    assigned and counted. The same texts and seed give the same result on any number of cores.
    Raises ValueError for a range that is not 1 <= fewest <= most.
    """
    fewest, most = themes
    if not 1 <= fewest <= most:
        raise ValueError(
            f"The number of themes runs from at least 1 up to no fewer, not {fewest} to {most}."
        )
    read = [plain_text(text) for text in texts]
    standings = [_standing(text) for text in read]
    campaigns = find_campaigns(read)
    wordings = _wordings(read, standings, campaigns)
    # Without personal details, so that no theme forms around a name or carries one.
    public = [without_masks(without_personal_details(wording.text)) for wording in wordings]
    # In lower case, for "NOTHING" and "nothIng" mean what "nothing" means.
    vectors = embed([text.casefold() for text in public])
    apart = centred(vectors)
    weights = [len(wording.rows) for wording in wordings]
    clusters = cluster(apart, themes=themes, seed=seed, weights=weights)
    found = _themes(wordings, public, vectors, apart, clusters)
    return Discovery(
        answers=len(texts),
        empty=standings.count(Status.EMPTY),
        cannot_tell=standings.count(Status.CANNOT_TELL),
        campaigns=tuple(campaigns),
        themes=found,
        assignments=_assignments(standings, campaigns, wordings, apart, clusters),
    )


def _standing(text: str) -> Status:
    if is_empty(text):
        return Status.EMPTY
    return Status.ASSIGNED if carries_signal(text) else Status.CANNOT_TELL


def _wordings(
    read: Sequence[str], standings: Sequence[Status], campaigns: Sequence[Campaign]
) -> list[_Wording]:
    letter_of = {row: number for number, each in enumerate(campaigns) for row in each.members}
    alike: dict[int | str, list[int]] = {}
    for row, text in enumerate(read):
        if standings[row] is Status.ASSIGNED:
            alike.setdefault(letter_of.get(row, " ".join(words(text))), []).append(row)
    wordings = []
    for key, rows in alike.items():
        exemplar = campaigns[key].exemplar if isinstance(key, int) else rows[0]
        wordings.append(_Wording(read[exemplar], exemplar, tuple(rows)))
    return wordings


def _themes(
    wordings: Sequence[_Wording],
    public: Sequence[str],
    vectors: Vectors,
    apart: Vectors,
    clusters: Clusters,
) -> tuple[Theme, ...]:
    if not wordings:
        return ()
    common = (
        np.zeros((1, vectors.shape[1]), np.float32)
        if apart is vectors
        else vectors.mean(axis=0, dtype=np.float64, keepdims=True).astype(np.float32)
    )
    names = name_themes(public, clusters, common)
    assigned = sum(len(wording.rows) for wording in wordings)
    found = []
    for group, naming in enumerate(names):
        own = np.flatnonzero(clusters.labels == group)
        size = sum(len(wordings[int(at)].rows) for at in own)
        lengths = [len(wordings[int(at)].text.split()) for at in own]
        shown = exemplars(apart[own], clusters.centres[group], lengths)
        near = _cosines(apart[own], clusters.centres[group : group + 1])
        found.append(
            Theme(
                id=group + 1,
                label=naming.label,
                keywords=naming.keywords,
                size=size,
                share=size / assigned,
                exemplars=tuple(wordings[int(own[at])].exemplar for at in shown),
                cohesion=round(max(0.0, float(near.mean(dtype=np.float64))), 4),
            )
        )
    return tuple(found)


def _cosines(vectors: Vectors, centres: Vectors) -> Vectors:
    products = exact(vectors) @ exact(centres).T
    return np.asarray(products / np.float32(EXACT_LENGTH**2), dtype=np.float32)


def _assignments(
    standings: Sequence[Status],
    campaigns: Sequence[Campaign],
    wordings: Sequence[_Wording],
    apart: Vectors,
    clusters: Clusters,
) -> tuple[Assignment, ...]:
    campaign_of = {row: at + 1 for at, each in enumerate(campaigns) for row in each.members}
    placed: dict[int, tuple[int, float, int | None]] = {}
    if wordings:
        cosines = _cosines(apart, clusters.centres)
        for at, wording in enumerate(wordings):
            own = int(clusters.labels[at])
            placement = (own + 1, round(float(cosines[at, own]), 4), _second(cosines[at], own))
            placed.update(dict.fromkeys(wording.rows, placement))
    assignments = []
    for row, status in enumerate(standings):
        theme, score, second = placed.get(row, (None, None, None))
        assignments.append(Assignment(row, status, theme, score, second, campaign_of.get(row)))
    return tuple(assignments)


def _second(cosines: Vectors, own: int) -> int | None:
    others = cosines.copy()
    others[own] = -np.inf
    second = int(np.argmax(others))
    near_enough = cosines[second] > 0 and cosines[second] >= SECOND_LIKENESS * cosines[own]
    return second + 1 if second != own and near_enough else None
