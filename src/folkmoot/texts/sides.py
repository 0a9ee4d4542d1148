"""The two camps within a theme: those who are for something and those who are against it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from folkmoot.texts.stance import OPPOSITE, Stance, tone_of, wishes_in

# A camp is told of from this share of a theme's answers on, and from so many answers.
LEAST_SHARE = 0.05
LEAST_ANSWERS = 3
# Praise and complaint are set against each other where so many answers are one or the other:
# elsewhere people propose, and a "good" here and a "problem" there are no camps.
LEAST_FELT = 0.35
EXEMPLARS = 3
READABLE_WORDS = (4, 60)
_WISH = {1: Stance.FOR, -1: Stance.AGAINST, 0: None}


@dataclass(frozen=True, slots=True)
class Side:
    """The answers of a theme that stand on one side of it."""

    stance: Stance
    size: int
    exemplars: tuple[int, ...]
    """Rows of answers that show it, best first."""
    about: str = ""
    """The word, in the singular, of what is asked for or against; "" for praise and complaint."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One wording of a theme."""

    row: int
    words: Sequence[str]
    answers: int
    """How many answers say it."""


def sides_of(voices: Iterable[Voice], topic: Collection[str]) -> tuple[Side, ...]:
    """Return the two sides of a theme, larger first, or nothing where there is only one.

    `voices` come with those nearest to the theme first; `topic` holds the stems of what it is
    about. What people ask for comes before how they felt: only where no two camps ask for the
    opposite is praise set against complaint.
    """
    heard = list(voices)
    wished = [wishes_in(voice.words, topic) for voice in heard]
    found = []
    for word in sorted(topic):
        balances = [wishes.get(word, 0) for wishes in wished]
        sides = _both(heard, [_WISH[(each > 0) - (each < 0)] for each in balances], word)
        if sides:
            found.append(sides)
    if found:
        # The word on which the smaller camp is largest.
        return max(found, key=lambda sides: sides[-1].size)
    sides = _both(heard, [tone_of(voice.words) for voice in heard])
    felt = sum(side.size for side in sides)
    return sides if felt >= LEAST_FELT * sum(voice.answers for voice in heard) else ()


def _both(
    heard: Sequence[Voice], stances: Sequence[Stance | None], about: str = ""
) -> tuple[Side, ...]:
    least = max(LEAST_ANSWERS, LEAST_SHARE * sum(voice.answers for voice in heard))
    sides: dict[Stance, Side] = {}
    for stance in dict.fromkeys(each for each in stances if each is not None):
        own = [voice for voice, each in zip(heard, stances, strict=True) if each is stance]
        size = sum(voice.answers for voice in own)
        if size >= least:
            shortest, longest = READABLE_WORDS
            shown = [voice for voice in own if shortest <= len(voice.words) <= longest] or own
            sides[stance] = Side(
                stance, size, tuple(voice.row for voice in shown[:EXEMPLARS]), about
            )
    if any(OPPOSITE[stance] in sides for stance in sides):
        return tuple(sorted(sides.values(), key=lambda side: (-side.size, side.stance.name)))
    return ()
