"""Keeps the generated answers from being copies of each other by accident."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

RUN = 3
# Two answers that share this many runs of three words, and this share of all of theirs, read
# like copies of one letter.
ALIKE_RUNS = 7
ALIKE_SHARE = 0.2
# A pair of like answers is ordinary; a group is what a campaign looks like.
MOST_ALIKE = 2


class Variety:
    """The answers of a question so far, and whether one more would make a group of like ones."""

    def __init__(self) -> None:
        self._runs: list[set[str]] = []
        self._found: dict[str, list[int]] = defaultdict(list)
        self._alike: Counter[int] = Counter()

    def admits(self, text: str) -> bool:
        """Return whether an answer is new enough, counting it in if it is."""
        runs = _runs(text)
        shared = Counter(answer for run in runs for answer in self._found[run])
        like = [
            answer
            for answer, count in shared.items()
            if count >= min(ALIKE_RUNS, len(runs))
            and count >= ALIKE_SHARE * (len(runs) + len(self._runs[answer]) - count)
        ]
        if len(like) > MOST_ALIKE or any(self._alike[answer] >= MOST_ALIKE for answer in like):
            return False
        self._alike.update(like)
        self._alike[len(self._runs)] = len(like)
        for run in runs:
            self._found[run].append(len(self._runs))
        self._runs.append(runs)
        return True


def _runs(text: str) -> set[str]:
    words = re.findall(r"[\w']+", text.lower())
    return {" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))}
