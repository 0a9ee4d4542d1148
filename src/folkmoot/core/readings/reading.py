"""What a reading is, and the words that go with each kind of variation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from folkmoot.core.periods import Period
from folkmoot.core.spc import Variation

# Below this many points limits are too uncertain to tell change from chance.
FEWEST_POINTS = 12

UP, DOWN = "\N{BLACK UP-POINTING TRIANGLE}", "\N{BLACK DOWN-POINTING TRIANGLE}"
LEVEL, OPEN = "\N{BLACK DIAMOND}", "\N{WHITE DIAMOND}"

VERDICTS = {
    Variation.IMPROVEMENT: "a real improvement, not chance",
    Variation.CONCERN: "a real change for the worse, not chance",
    Variation.CHANGE: "a real change, not chance, and neither better nor worse by itself",
}


class Tone(Enum):
    """How a reading is shown: a colour, always with a shape and a word."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"
    COMMON = "common"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """What happened, whether it is more than chance, and since when.

    `word` is for a tile ("Getting worse"), `sentence` for a page, `headline` for over a chart.
    `since` is the first period of the change that still holds, None where there is none.
    """

    word: str
    shape: str
    tone: Tone
    sentence: str
    headline: str
    since: Period | None = None


def change_words(side: int, variation: Variation) -> tuple[str, str, Tone]:
    """Return word, shape and tone of a change up (1) or down (-1)."""
    shape = UP if side > 0 else DOWN
    if variation is Variation.IMPROVEMENT:
        return "Improving", shape, Tone.IMPROVEMENT
    if variation is Variation.CONCERN:
        return "Getting worse", shape, Tone.CONCERN
    return "More than usual" if side > 0 else "Less than usual", shape, Tone.NEUTRAL
