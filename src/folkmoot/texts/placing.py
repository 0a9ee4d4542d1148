"""New answers put into themes that stand already, and known as copies of letters that are known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from folkmoot.texts.clustering import common_part, without_common
from folkmoot.texts.embedding import Vectors, embed, unit
from folkmoot.texts.reading import Status, read_answers
from folkmoot.texts.units import Placing

# Answers placed at a time.
PLACED_AT_ONCE = 20_000

Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class PlacedAnswer:
    """Where a new answer belongs."""

    status: Status
    theme: int | None = None
    """The place of its theme among those given; None where it says too little."""
    score: float | None = None
    """Cosine to the centre of its theme, -1 to 1."""
    second: int | None = None
    """Another theme that is nearly as near."""


def place_in_themes(
    texts: Sequence[str | None],
    examples: Sequence[Sequence[str]],
    *,
    tell: Tell = lambda step, share: None,
) -> list[PlacedAnswer]:
    """Put each answer into the theme whose answers it is most like.

    `examples` are answers of each theme, at least one each. What all of them have in common is
    left out, as where themes are formed. The same answers give the same places on any number of
    cores. `tell` hears each step before it begins, and how much is done, 0 to 1; what it raises
    ends the work. Raises ValueError for a theme without an answer.
    """
    if not examples or not all(examples):
        raise ValueError("Each theme needs at least one answer to place others by.")
    tell("Reading what the themes say", 0)
    shown = [_embedded(answers) for answers in examples]
    common = common_part(np.concatenate(shown))
    centres = unit(
        np.stack([without_common(each, common).mean(axis=0, dtype=np.float64) for each in shown])
    )
    tell(f"Reading {len(texts):,} new answers", 0.3)
    reading = read_answers(texts)
    says = np.flatnonzero([status is Status.ASSIGNED for status in reading.statuses])
    placing = Placing.of(len(says))
    for start in range(0, len(says), PLACED_AT_ONCE):
        tell(f"Placing {len(says):,} new answers: {start:,} done", 0.5 + 0.5 * start / len(says))
        some = np.arange(start, min(start + PLACED_AT_ONCE, len(says)))
        vectors = _embedded([reading.texts[row] for row in says[some]])
        placing.put(some, without_common(vectors, common), centres)
    found = [PlacedAnswer(status) for status in reading.statuses]
    for at, row in enumerate(says.tolist()):
        second = int(placing.second[at])
        found[row] = PlacedAnswer(
            Status.ASSIGNED,
            int(placing.group[at]),
            round(float(placing.score[at]), 4),
            second if second >= 0 else None,
        )
    return found


def _embedded(texts: Sequence[str]) -> Vectors:
    return embed([text.casefold() for text in texts])
