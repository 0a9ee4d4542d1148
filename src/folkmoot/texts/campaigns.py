"""Campaigns: answers so alike that one letter lies behind them.

Candidates come from MinHash signatures (rensa) cut into bands; each is then checked against its
group's exemplar by what the two really share. Chaining pairs instead ("a is like b, b is like c")
joins letters that have little in common. See docs/methods/campaigns.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from rensa import RMinHash

from folkmoot.texts.wording import plain_text, words

# Three words in a row: people who write on one subject share words, but seldom three together.
SHINGLE_WORDS = 3
# Shorter answers ("nothing, all good") agree by chance, not by arrangement.
LEAST_WORDS = 8
# Two people may well share a sentence ("I do not feel safe walking home at night"). Only this many
# shared shingles tell of a common letter; answers with fewer must be mostly the same.
LEAST_SHARED = 30
MOSTLY_SAME = 0.6
# A letter shortened to one paragraph, or wrapped in a long story, shares little of the union but
# most of the shorter of the two.
CONTAINED = 0.5
# 64 bands of 2 find a pair with a Jaccard similarity of 0.25 with probability 0.98.
PERMUTATIONS = 128
BAND_ROWS = 2
SIGNATURE_SEED = 42
# The exemplar is chosen by its likeness to this many members; more would change nothing.
COMPARED = 40


@dataclass(frozen=True, slots=True)
class Campaign:
    """Answers made from one letter, as row numbers in the order given."""

    members: tuple[int, ...]
    exemplar: int
    identical_share: float
    """Share (0 to 1) of the members whose words equal the exemplar's; the exemplar counts."""


def find_campaigns(
    texts: Sequence[str | None], *, threshold: float = 0.25, min_size: int = 5
) -> list[Campaign]:
    """Return the groups of near-identical answers, largest first.

    `threshold` is the Jaccard similarity of three-word shingles (0 to 1) from which an answer
    counts as a copy of the exemplar. A cut or embedded copy is also known by sharing half of the
    shorter one's shingles; short answers must be mostly the same. Groups under `min_size` answers
    and answers under LEAST_WORDS words are left out. No answer is in two campaigns. Raises
    ValueError for a threshold outside 0 to 1 or a min_size under 2.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"The threshold of a campaign lies above 0 and up to 1, not {threshold}.")
    if min_size < 2:
        raise ValueError(f"A campaign has at least 2 answers, not {min_size}.")
    letters = _letters(texts)
    shingles = [_shingles(said) for said in letters]
    weights = [len(rows) for rows in letters.values()]
    rows_of = list(letters.values())
    found = []
    for exemplar, group in _groups(shingles, weights, threshold):
        members = sorted(row for letter in group for row in rows_of[letter])
        if len(members) >= min_size:
            identical = len(rows_of[exemplar]) / len(members)
            found.append(Campaign(tuple(members), rows_of[exemplar][0], identical))
    return sorted(found, key=lambda campaign: (-len(campaign.members), campaign.members))


def _letters(texts: Sequence[str | None]) -> dict[tuple[str, ...], list[int]]:
    """Return the rows of each different wording that is long enough, in order of first row."""
    letters: dict[tuple[str, ...], list[int]] = {}
    for row, text in enumerate(texts):
        said = tuple(words(plain_text(text)))
        if len(said) >= LEAST_WORDS:
            letters.setdefault(said, []).append(row)
    return letters


def _shingles(said: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        " ".join(said[at : at + SHINGLE_WORDS]) for at in range(len(said) - SHINGLE_WORDS + 1)
    )


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard similarity of two sets of shingles, 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def _is_copy(one: frozenset[str], exemplar: frozenset[str], threshold: float) -> bool:
    shared = len(one & exemplar)
    if not shared:
        return False
    jaccard = shared / (len(one) + len(exemplar) - shared)
    if shared < LEAST_SHARED:
        return jaccard >= max(threshold, MOSTLY_SAME)
    return jaccard >= threshold or shared / min(len(one), len(exemplar)) >= CONTAINED


def _neighbours(shingles: Sequence[frozenset[str]]) -> list[list[tuple[int, ...]]]:
    """Return, for each wording, the buckets it shares with others."""
    shared: list[list[tuple[int, ...]]] = [[] for _ in shingles]
    if len(shingles) < 2:
        return shared
    matrix = RMinHash.digest_matrix_from_token_sets(
        [sorted(each) for each in shingles], num_perm=PERMUTATIONS, seed=SIGNATURE_SEED
    )
    signatures = np.asarray(matrix.to_rows(), dtype=np.uint64)
    for band in range(0, PERMUTATIONS, BAND_ROWS):
        keys = signatures[:, band] << np.uint64(32) | signatures[:, band + 1]
        order = np.argsort(keys, kind="stable")
        starts = np.flatnonzero(np.diff(keys[order], prepend=keys[order[0]] ^ np.uint64(1)))
        for bucket in np.split(order, starts[1:]):
            if len(bucket) > 1:
                together = tuple(int(letter) for letter in bucket)
                for letter in together:
                    shared[letter].append(together)
    return shared


def _groups(
    shingles: Sequence[frozenset[str]], weights: Sequence[int], threshold: float
) -> list[tuple[int, list[int]]]:
    """Return pairs of an exemplar and its group of wordings.

    The wording with most neighbours gathers its copies first; the group then chooses the member
    most like the others as its exemplar, which gathers again from everything still free.
    """
    buckets = _neighbours(shingles)
    order = sorted(
        range(len(shingles)),
        key=lambda letter: (-weights[letter] * (1 + sum(map(len, buckets[letter]))), letter),
    )
    free = [True] * len(shingles)
    groups = []
    for leader in order:
        if not free[leader]:
            continue
        first = _gather(leader, [leader], shingles, buckets, free, threshold)
        exemplar = _most_typical(first, shingles, weights)
        # Copies far from the leader are met through the copies that are near it.
        group = _gather(exemplar, first, shingles, buckets, free, threshold)
        for letter in group:
            free[letter] = False
        groups.append((exemplar, group))
    return groups


def _gather(
    exemplar: int,
    through: Iterable[int],
    shingles: Sequence[frozenset[str]],
    buckets: Sequence[list[tuple[int, ...]]],
    free: Sequence[bool],
    threshold: float,
) -> list[int]:
    met = {bucket for letter in through for bucket in buckets[letter]}
    near = {letter for bucket in met for letter in bucket if free[letter]} | {exemplar}
    return sorted(
        letter
        for letter in near
        if letter == exemplar or _is_copy(shingles[letter], shingles[exemplar], threshold)
    )


def _most_typical(
    group: Sequence[int], shingles: Sequence[frozenset[str]], weights: Sequence[int]
) -> int:
    """Return the wording most used and most like the others; the first of equals."""
    if len(group) < 3:
        return max(group, key=lambda letter: (weights[letter], -letter))
    copies: Counter[str] = Counter()
    for letter in group:
        for shingle in shingles[letter]:
            copies[shingle] += weights[letter]
    total = sum(weights[letter] for letter in group)
    # The words most copies hold are the letter; what only one holds is its sender's own.
    core = frozenset(shingle for shingle, held in copies.items() if 2 * held > total)
    if core:
        return max(group, key=lambda letter: (likeness(shingles[letter], core), -letter))
    compared = group[:COMPARED]
    return max(
        group,
        key=lambda letter: (
            sum(likeness(shingles[letter], shingles[other]) for other in compared),
            -letter,
        ),
    )
