"""Two texts beside each other: passages paired by the words they share, then word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

from folkmoot.core.comparison.passages import Passage

# Two passages are one, reworded, where at least this share of their words is common to both.
LEAST_SHARED = 0.4
# Pairing takes time by the product of both lengths; beyond this nothing is paired, which takes a
# rewritten run of 700 passages in one section.
MOST_PAIRS = 500_000

# A kept run of words this short is told as part of the changes around it.
SHORT_RUN = 3


class Change(Enum):
    """What became of words or of a passage; the value is the wording shown to the public."""

    KEPT = "Unchanged"
    ADDED = "Added"
    REMOVED = "Taken out"
    REWORDED = "Reworded"


@dataclass(frozen=True, slots=True)
class Edit:
    """A run of words that were kept, added or removed together."""

    change: Change
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A passage before and after; None where it was not there.

    The kept and removed words of `edits`, in order, are the words before; the kept and added ones
    those after.
    """

    old: Passage | None
    new: Passage | None
    edits: tuple[Edit, ...]

    @property
    def change(self) -> Change:
        if self.old is None:
            return Change.ADDED
        if self.new is None:
            return Change.REMOVED
        same = all(edit.change is Change.KEPT for edit in self.edits)
        return Change.KEPT if same else Change.REWORDED


def compare_passages(old: Sequence[Passage], new: Sequence[Passage]) -> tuple[Row, ...]:
    """Return every passage of both texts, in order, with what became of its words.

    Both texts can be read out of the rows: see `Row`. Equal texts give kept rows only.
    """
    before, after = [each.words for each in old], [each.words for each in new]
    rows: list[Row] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            for was, now in zip(old[first:last], new[start:end], strict=True):
                rows.append(Row(was, now, (Edit(Change.KEPT, now.words),)))
        else:
            rows += _reworded(old[first:last], new[start:end])
    return tuple(rows)


def compare_words(old: Sequence[str], new: Sequence[str]) -> tuple[Edit, ...]:
    """Return the runs of words that were kept, removed and added.

    A kept run of three words or fewer, no longer than the changes on both its sides, is told as
    part of them: a lone "the" between two rewritten clauses helps nobody.
    """
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    runs = [
        _Run(tuple(old[first:last]), tuple(new[start:end]), tag == "equal")
        for tag, first, last, start, end in matcher.get_opcodes()
    ]
    edits: list[Edit] = []
    for run in _joined(runs):
        if run.is_kept:
            edits.append(Edit(Change.KEPT, run.old))
            continue
        if run.old:
            edits.append(Edit(Change.REMOVED, run.old))
        if run.new:
            edits.append(Edit(Change.ADDED, run.new))
    return tuple(edits)


class _Run(NamedTuple):
    old: tuple[str, ...]
    new: tuple[str, ...]
    is_kept: bool

    @property
    def length(self) -> int:
        return max(len(self.old), len(self.new))


def _joined(runs: Sequence[_Run]) -> list[_Run]:
    """Join changes over kept runs too short to help a reader."""
    joined: list[_Run] = []
    for place, run in enumerate(runs):
        before = joined[-1] if joined and not joined[-1].is_kept else None
        after = runs[place + 1].length if place + 1 < len(runs) else 0
        if before is not None and (
            not run.is_kept or run.length <= min(SHORT_RUN, before.length, after)
        ):
            joined[-1] = _Run(before.old + run.old, before.new + run.new, is_kept=False)
        else:
            joined.append(run)
    return joined


def _reworded(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[Row]:
    """Pair passages that share words, in order; the others were removed or added."""
    first = start = 0
    for was, now in [*_pairs(old, new), (len(old), len(new))]:
        yield from (_removed(each) for each in old[first:was])
        yield from (_added(each) for each in new[start:now])
        if was < len(old):
            yield Row(old[was], new[now], compare_words(old[was].words, new[now].words))
        first, start = was + 1, now + 1


def _pairs(old: Sequence[Passage], new: Sequence[Passage]) -> list[tuple[int, int]]:
    """Return the pairs, in order and without crossing, that share most words in sum."""
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return []
    bags = [Counter(each.words) for each in new]
    shares = [
        [
            _shared(bag, len(was.words), other, len(now.words))
            for other, now in zip(bags, new, strict=True)
        ]
        for was, bag in ((was, Counter(was.words)) for was in old)
    ]
    # best[i][j]: the greatest sum of shares among old[i:] and new[j:].
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = shares[i][j] + best[i + 1][j + 1] if shares[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs = []
    i = j = 0
    while i < len(old) and j < len(new):
        if shares[i][j] and best[i][j] == shares[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _shared(bag: Counter[str], length: int, other: Counter[str], its_length: int) -> float:
    """Return the share of words common to two passages (Dice), 0.0 below the least that counts."""
    both = length + its_length
    if 2 * min(length, its_length) < LEAST_SHARED * both or not both:
        return 0.0
    small, large = (bag, other) if len(bag) < len(other) else (other, bag)
    common = sum(min(number, large[word]) for word, number in small.items() if word in large)
    share = 2 * common / both
    return share if share >= LEAST_SHARED else 0.0


def _added(passage: Passage) -> Row:
    return Row(None, passage, (Edit(Change.ADDED, passage.words),))


def _removed(passage: Passage) -> Row:
    return Row(passage, None, (Edit(Change.REMOVED, passage.words),))
