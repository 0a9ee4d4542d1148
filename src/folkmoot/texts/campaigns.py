"""Campaigns: answers so alike that one letter lies behind them.

Candidates come from MinHash signatures cut into bands; each is then checked against its group's
exemplar by what the two really share. Chaining pairs instead ("a is like b, b is like c") joins
letters that have little in common. See docs/methods/campaigns.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from folkmoot.texts.reading import Numbers, Reading, read_answers

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
# 42 bands of 3 find a pair with a Jaccard similarity of 0.5 with probability 0.996. One of 0.25,
# such as two letters of which each was cut, they find with 0.48; it is met through copies between.
PERMUTATIONS = 126
BAND_ROWS = 3
# Among very many letters chance likeness grows faster than they do, and campaigns are larger: 31
# bands of 4 find a pair of 0.5 with 0.86.
MANY_LETTERS = 200_000
BAND_ROWS_OF_MANY = 4
SIGNATURE_SEED = 42
# Shingles signed at a time: what fits in a processor's own memory.
SHINGLES_AT_ONCE = 100_000
# A shingle is a number under 2 ** 26. That two of one pair of letters fall together by chance is a
# matter of one in a hundred thousand letters, and adds one to what they share.
SHINGLE_BITS = 26
# Copies far from a leader are met through this many of those that are near it.
MET_THROUGH = 200

Shingles = npt.NDArray[np.uint32]


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
    return campaigns_in(read_answers(texts), threshold=threshold, min_size=min_size)


def campaigns_in(reading: Reading, *, threshold: float = 0.25, min_size: int = 5) -> list[Campaign]:
    """Return the campaigns among answers that have been read, as `find_campaigns` does."""
    if not 0 < threshold <= 1:
        raise ValueError(f"The threshold of a campaign lies above 0 and up to 1, not {threshold}.")
    if min_size < 2:
        raise ValueError(f"A campaign has at least 2 answers, not {min_size}.")
    wordings = np.flatnonzero(reading.lengths >= LEAST_WORDS)
    if not len(wordings):
        return []
    weights = reading.weights()
    letters = _Letters.of(reading, wordings, weights[wordings])
    rows = np.argsort(reading.wording, kind="stable")
    ends = np.cumsum(weights)
    found = []
    for exemplar, group in _groups(letters, threshold, min_size):
        numbers = wordings[group]
        members = np.concatenate(
            [rows[ends[each] - weights[each] : ends[each]] for each in numbers]
        )
        chosen = wordings[exemplar]
        identical = int(weights[chosen]) / len(members)
        campaign = Campaign(tuple(sorted(members.tolist())), int(reading.first[chosen]), identical)
        found.append(campaign)
    return sorted(found, key=lambda campaign: (-len(campaign.members), campaign.members))


def copies_of(
    letters: Sequence[str], texts: Sequence[str | None], *, threshold: float = 0.25
) -> list[int | None]:
    """Return the place of the letter that each text is a copy of, or None.

    By the same rule as `find_campaigns`; of several letters the first given.
    """
    reading = read_answers([*letters, *texts])
    wordings = np.flatnonzero(reading.lengths >= LEAST_WORDS)
    copy_of: dict[int, int] = {}
    if letters and len(wordings):
        place = {int(wording): at for at, wording in enumerate(wordings)}
        long = _Letters.of(reading, wordings, reading.weights()[wordings])
        every = np.arange(len(wordings))
        for number, wording in enumerate(reading.wording[: len(letters)].tolist()):
            if wording in place:
                for each in wordings[_copies(place[wording], every, long, threshold)].tolist():
                    copy_of.setdefault(each, number)
    return [copy_of.get(wording) for wording in reading.wording[len(letters) :].tolist()]


@dataclass(frozen=True, slots=True)
class _Letters:
    """The different wordings that are long enough, as sets of shingles."""

    shingles: Shingles
    """The shingles of each letter, ascending, one letter after the other."""
    starts: Numbers
    """Where each begins; one more at the end."""
    weights: Numbers
    """How many answers use each."""
    buckets: _Buckets
    marks: npt.NDArray[np.bool_]
    """Which shingles the letter in hand has; all False between two letters."""

    @classmethod
    def of(cls, reading: Reading, wordings: Numbers, weights: Numbers) -> _Letters:
        keys = _shingle_keys(reading, wordings)
        letters = (keys >> np.uint64(SHINGLE_BITS)).astype(np.int64)
        shingles = (keys & np.uint64((1 << SHINGLE_BITS) - 1)).astype(np.uint32)
        del keys
        starts = np.searchsorted(letters, np.arange(len(wordings) + 1))
        del letters
        marks = np.zeros(1 << SHINGLE_BITS, np.bool_)
        return cls(shingles, starts, weights, _buckets(shingles, starts), marks)

    @property
    def sizes(self) -> Numbers:
        return np.diff(self.starts)

    def of_letter(self, letter: int) -> Shingles:
        return self.shingles[self.starts[letter] : self.starts[letter + 1]]

    def of_all(self, letters: Numbers) -> tuple[Shingles, Numbers]:
        """Return the shingles of several letters, one after the other, and where each begins."""
        sizes = self.starts[letters + 1] - self.starts[letters]
        begins = np.cumsum(sizes) - sizes
        at = np.arange(int(sizes.sum())) + np.repeat(self.starts[letters] - begins, sizes)
        return self.shingles[at], begins

    def shared(self, letters: Numbers, shingles: Shingles) -> Numbers:
        """Return how many of the shingles each of the letters has."""
        self.marks[shingles] = True
        held, begins = self.of_all(letters)
        shared = np.add.reduceat(self.marks[held], begins, dtype=np.int64)
        self.marks[shingles] = False
        return shared


@dataclass(frozen=True, slots=True)
class _Buckets:
    """Who shares a key with whom in each band."""

    order: npt.NDArray[np.int32]
    """A row a band: the letters in the order of their keys, equal keys together."""
    begin: npt.NDArray[np.int32]
    """A row a letter: where its bucket begins in the order of each band."""
    size: npt.NDArray[np.int32]
    """A row a letter: how many letters are in its bucket of each band."""

    @classmethod
    def of(cls, keys: npt.NDArray[np.uint64]) -> _Buckets:
        bands, letters = keys.shape
        found = cls(
            np.empty((bands, letters), np.int32),
            np.empty((letters, bands), np.int32),
            np.empty((letters, bands), np.int32),
        )
        for band in range(bands):
            order = np.argsort(keys[band], kind="stable")
            there = keys[band][order]
            opens = np.flatnonzero(np.concatenate([[True], there[1:] != there[:-1]]))
            sizes = np.diff(np.concatenate([opens, [letters]]))
            found.order[band] = order
            found.begin[order, band] = np.repeat(opens, sizes)
            found.size[order, band] = np.repeat(sizes, sizes)
        return found

    def met(self, letters: Numbers) -> Numbers:
        """Return the letters that share a key with any of some letters, and these, ascending."""
        sizes = self.size[letters]
        rows, bands = np.nonzero(sizes > 1)
        begins = self.begin[letters[rows], bands].tolist()
        ends = (self.begin[letters[rows], bands] + sizes[rows, bands]).tolist()
        spans = [
            self.order[band, begin:end]
            for band, begin, end in zip(bands.tolist(), begins, ends, strict=True)
        ]
        return np.unique(np.concatenate([letters, *spans]))


def _shingle_keys(reading: Reading, wordings: Numbers) -> npt.NDArray[np.uint64]:
    """Return the letter and the shingle of each shingle as one number, ascending, none twice."""
    sizes = reading.lengths[wordings] - (SHINGLE_WORDS - 1)
    begins = np.cumsum(sizes) - sizes
    at = np.arange(int(sizes.sum())) + np.repeat(reading.starts[wordings] - begins, sizes)
    mixed = np.zeros(len(at), np.uint64)
    for place in range(SHINGLE_WORDS):
        # Odd multipliers of 64 bits, as in splitmix64; sums wrap around.
        mixed ^= reading.hashes[reading.words[at + place]]
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(29)
    del at
    mixed >>= np.uint64(64 - SHINGLE_BITS)
    mixed |= np.repeat(np.arange(len(wordings), dtype=np.uint64) << np.uint64(SHINGLE_BITS), sizes)
    mixed.sort()
    is_new: npt.NDArray[np.bool_] = np.concatenate([[True], mixed[1:] != mixed[:-1]])
    return np.asarray(mixed[is_new], np.uint64)


def _buckets(shingles: Shingles, starts: Numbers) -> _Buckets:
    """Return, for each band of the letters' MinHash signatures, who shares a key with whom."""
    chance = np.random.default_rng(SIGNATURE_SEED)
    rows = BAND_ROWS if len(starts) <= MANY_LETTERS else BAND_ROWS_OF_MANY
    bands = PERMUTATIONS // rows
    factors = chance.integers(0, 1 << 31, (bands, rows), dtype=np.uint32) * 2 + 1
    terms = chance.integers(0, 1 << 32, (bands, rows), dtype=np.uint32)
    mixed = shingles * np.uint32(0x9E3779B1)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x85EBCA77)
    keys = np.zeros((bands, len(starts) - 1), np.uint64)
    blocks = _blocks(starts)
    for first, last in blocks:
        block = mixed[starts[first] : starts[last]]
        begins = starts[first:last] - starts[first]
        turned = np.empty_like(block)
        for band in range(bands):
            key = keys[band, first:last]
            for row in range(rows):
                np.multiply(block, factors[band, row], out=turned)
                np.add(turned, terms[band, row], out=turned)
                key *= np.uint64(0x9E3779B97F4A7C15)
                key ^= np.minimum.reduceat(turned, begins)
    return _Buckets.of(keys)


def _blocks(starts: Numbers) -> list[tuple[int, int]]:
    """Return runs of letters with about SHINGLES_AT_ONCE shingles: the first and past the last."""
    cuts = np.searchsorted(starts, np.arange(0, int(starts[-1]), SHINGLES_AT_ONCE))
    edges = sorted({*cuts.tolist(), len(starts) - 1})
    return list(pairwise(edges))


def _groups(letters: _Letters, threshold: float, min_size: int) -> list[tuple[int, Numbers]]:
    """Return pairs of an exemplar and its group of letters, for groups that are campaigns.

    The letter with most neighbours gathers its copies first; the group then chooses the member
    most like the others as its exemplar, which gathers again from everything still free.
    """
    weights = letters.weights
    neighbours = (letters.buckets.size - 1).sum(axis=1, dtype=np.int64)
    free = np.ones(len(weights), np.bool_)
    groups = []
    for leader in np.lexsort((np.arange(len(weights)), -weights * (1 + neighbours))):
        if not free[leader] or not (neighbours[leader] or weights[leader] >= min_size):
            continue
        near = letters.buckets.met(np.array([leader]))
        near = near[free[near]]
        if weights[near].sum() < min_size:
            continue
        first = _copies(leader, near, letters, threshold)
        exemplar = _most_typical(first, letters)
        group = first
        if len(first) > 1:
            through = first[
                np.linspace(0, len(first) - 1, min(len(first), MET_THROUGH)).astype(int)
            ]
            near = letters.buckets.met(np.union1d(through, [exemplar]))
            group = _copies(exemplar, near[free[near]], letters, threshold)
        free[group] = False
        if weights[group].sum() >= min_size:
            groups.append((exemplar, group))
    return groups


def _copies(exemplar: int, near: Numbers, letters: _Letters, threshold: float) -> Numbers:
    """Return those of some letters that are copies of the exemplar, itself among them."""
    own = letters.of_letter(exemplar)
    shared = letters.shared(near, own)
    sizes = letters.starts[near + 1] - letters.starts[near]
    jaccard = shared / (sizes + len(own) - shared)
    contained = shared / np.minimum(sizes, len(own))
    few = shared < LEAST_SHARED
    is_copy = np.where(
        few,
        jaccard >= max(threshold, MOSTLY_SAME),
        (jaccard >= threshold) | (contained >= CONTAINED),
    )
    return np.asarray(near[is_copy], np.int64)


def _most_typical(group: Numbers, letters: _Letters) -> int:
    """Return the letter most used and most like the others; the first of equals."""
    weights = letters.weights[group]
    if len(group) < 3:
        return int(group[np.argmax(weights)])
    held, begins = letters.of_all(group)
    sizes = np.diff(np.concatenate([begins, [len(held)]]))
    there, place = np.unique(held, return_inverse=True)
    copies = np.bincount(place, weights=np.repeat(weights, sizes))
    # The words most copies hold are the letter; what only one holds is its sender's own.
    core = there[2 * copies > weights.sum()]
    if not len(core):
        core = there[copies == copies.max()]
    shared = letters.shared(group, core)
    likeness = shared / (sizes + len(core) - shared)
    return int(group[np.argmax(likeness)])
