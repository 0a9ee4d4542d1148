"""What people found in answers, learnt; and what it foretells of other answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from folkmoot.responses.models import Standing
from folkmoot.texts.coding import Coder, CodingError, Suggestion, learn_codes
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.settling import found_of, readings_of
from folkmoot.themes.acts.working import Tell, silent
from folkmoot.themes.agreement import INSTEAD
from folkmoot.themes.models import Assignment, CodeFrame
from folkmoot.themes.settling import standing_reading

# Fewer answers read by people teach less than the machine found without them.
FEWEST_READ = 100
SEED = 20
# Answers foretold at a time, between two looks whether the work is to go on.
AT_ONCE = 2_000
KEYS_AT_ONCE = 500
MACHINE_STATUSES = {key: status for status, key in INSTEAD.items()}


@dataclass(frozen=True, slots=True)
class Taught:
    """Answers that people read, and what stands as found in each: its code cell."""

    keys: tuple[int, ...]
    answers: tuple[int, ...]
    texts: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LearntTheme:
    """A theme foretold for an answer."""

    theme: int
    probability: float
    nearest: tuple[int, ...]
    """Answers most like it that people gave the theme, the nearest first."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is suggested for one answer, as it is kept."""

    themes: tuple[LearntTheme, ...]
    """The most probable first."""
    status: str
    doubt: float
    likeness: float
    """To the answer most like it that people read, 0 to 1."""
    words: tuple[tuple[int, tuple[str, ...]], ...]
    """What of it led to each theme."""

    @property
    def found(self) -> str:
        """Its themes as an assignment keeps them."""
        return found_of(each.theme for each in self.themes)

    def rooted(self, roots: Mapping[int, int | None]) -> Learnt:
        """Return it with merged themes as the ones in their place, each once."""
        themes = {
            root: replace(each, theme=root)
            for each in reversed(self.themes)
            for root in (roots[each.theme] or each.theme,)
        }
        return replace(self, themes=tuple(reversed(themes.values())))


def taught_by_people(frame: CodeFrame) -> Taught:
    """Return the answers whose reading stands; those in dispute teach nothing."""
    rows = (
        Assignment.objects.filter(
            frame=frame, readings__gte=1, answer__response__standing=Standing.STANDS
        )
        .exclude(answer__text="")
        .order_by("pk")
        .values_list("pk", "answer", "answer__text")
    )
    found = list(rows)
    cells: dict[int, str] = {}
    keys = [key for key, _, _ in found]
    for start in range(0, len(keys), KEYS_AT_ONCE):
        for key, readings in readings_of(keys[start : start + KEYS_AT_ONCE]).items():
            if reading := standing_reading(readings):
                codes = reading.themes or {INSTEAD[reading.status]}
                cells[key] = ";".join(str(code) for code in sorted(codes))
    taught = [each for each in found if each[0] in cells]
    return Taught(
        keys=tuple(key for key, _, _ in taught),
        answers=tuple(answer for _, answer, _ in taught),
        texts=tuple(text for _, _, text in taught),
        cells=tuple(cells[key] for key, _, _ in taught),
    )


def coder_of(taught: Taught, *, tell: Tell = silent) -> Coder:
    """Learn from what people found. Raises ThemesError where it is too little."""
    many = len(taught.keys)
    if many < FEWEST_READ:
        raise ThemesError(
            f"People have read {many:,} answer{'' if many == 1 else 's'} without dispute: from "
            f"{FEWEST_READ} on the machine can learn from them."
        )
    try:
        return learn_codes(taught.texts, taught.cells, seed=SEED, tell=tell)
    except CodingError as error:
        raise ThemesError(
            "What people found is too little to learn from: each theme takes at least five "
            "answers, and there must be two such themes."
        ) from error


def suggestions_for(
    texts: Mapping[int, str], coder: Coder, taught: Taught, *, tell: Tell = silent
) -> dict[int, Learnt]:
    """Return what is suggested for answers by their keys, texts read once however often sent."""
    different = list(dict.fromkeys(texts.values()))
    found: dict[str, Learnt] = {}
    for start in range(0, len(different), AT_ONCE):
        tell(
            f"Foretelling {len(different):,} answers: {start:,} done",
            start / max(len(different), 1),
        )
        some = different[start : start + AT_ONCE]
        for text, each in zip(some, coder.suggest(some), strict=True):
            found[text] = _learnt(each, taught)
    return {key: found[text] for key, text in texts.items()}


def _learnt(suggestion: Suggestion, taught: Taught) -> Learnt:
    codes = {int(code.name): code for code in suggestion.codes}
    themes = tuple(
        LearntTheme(key, code.probability, tuple(taught.answers[row] for row in code.nearest))
        for key, code in codes.items()
        if key > 0
    )
    if themes:
        status = Assignment.Status.ASSIGNED.value
    else:
        # Of an answer that says too little no code is foretold.
        status = MACHINE_STATUSES[next(iter(codes), INSTEAD[Assignment.Status.CANNOT_TELL])]
    words = tuple((key, code.words) for key, code in codes.items() if key > 0)
    return Learnt(themes, status, suggestion.doubt, suggestion.likeness, words)
