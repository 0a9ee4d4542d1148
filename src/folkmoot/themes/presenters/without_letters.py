"""What changes in themes if the letters that many people sent are left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from folkmoot.core.disclosure import SMALLEST_SHOWN, WITHHELD, protect
from folkmoot.core.tables import MINUS, Table, format_count, format_percent
from folkmoot.themes.models import Assignment
from folkmoot.themes.querysets import Alike, Tally, counted_themes, letters_of, tally_of

if TYPE_CHECKING:
    from folkmoot.themes.models import CodeFrame, Theme

# Themes of which the sentence tells how their place changes; the table has all.
NAMED = 3
HEADERS = (
    "Theme",
    "Place, all answers",
    "Place, no letters",
    "Share, all answers",
    "Share, no letters",
    "Change",
)
PLACES_NOTE = (
    "Places are among the themes that do not stand under another. Shares are of the answers that "
    "said something, once with every copy of a letter and once without any."
)
KEPT_NOTE = (
    f"{WITHHELD} withheld: with the figure for all answers beside it, it would tell of fewer than "
    f"{SMALLEST_SHOWN} people."
)
ORDINALS = (
    *("first", "second", "third", "fourth", "fifth"),
    *("sixth", "seventh", "eighth", "ninth", "tenth"),
)


@dataclass(frozen=True, slots=True)
class WithoutLetters:
    """One sentence for a question, a table of its themes, and a sentence for each theme's page."""

    sentence: str
    table: Table
    of_theme: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A theme with its shares; None without letters where that is withheld."""

    theme: Theme
    with_letters: float
    without: float | None
    place: int | None
    place_without: int | None

    @property
    def moves(self) -> int:
        """By how many places it falls (or rises, below 0)."""
        if self.place is None or self.place_without is None:
            return 0
        return self.place_without - self.place

    @property
    def points(self) -> float:
        """By how many percentage points its share changes."""
        return 0.0 if self.without is None else (self.without - self.with_letters) * 100


def without_letters(
    frame: CodeFrame, themes: Sequence[Theme], whole: Tally, alike: Sequence[Alike]
) -> WithoutLetters | None:
    """Return what changes without letters; None where there are none, or it would tell too much.

    `themes` are those of the page in its order. The page shows both tables, so that one less the
    other counts as a third, of the copies by theme: what would tell a small number of any of the
    three is withheld in the second.
    """
    standing = letters_of(frame)
    letters = [same for same in alike if same.campaign in standing]
    copies = sum(same.answers for same in letters)
    part = tally_of(frame, alike, with_letters=False)
    if copies < SMALLEST_SHOWN or part.answers < SMALLEST_SHOWN:
        return None
    kept_back = _kept_back(frame, themes, whole, part, letters)
    rows = _rows([theme for theme in themes if whole.themes[theme.pk]], whole, part, kept_back)
    if not any(row.without is not None for row in rows):
        return None
    many = len({same.campaign for same in letters})
    return WithoutLetters(
        sentence=_sentence(rows, many, copies),
        table=_table(rows),
        of_theme={row.theme.pk: _of_theme(row) for row in rows if row.without is not None},
    )


def _kept_back(
    frame: CodeFrame,
    themes: Sequence[Theme],
    whole: Tally,
    part: Tally,
    letters: Sequence[Alike],
) -> set[int]:
    """Return the themes of which nothing is told without letters."""
    counts = counted_themes(frame)
    copies: Counter[int] = Counter()
    statuses: Counter[str] = Counter()
    for same in letters:
        statuses[same.status] += same.answers
        for theme in {each for found in same.themes for each in counts[found]}:
            copies[theme] += same.answers
    keys = [theme.pk for theme in themes]
    lists = (
        [*(whole.themes[key] for key in keys), whole.cannot_tell, whole.none],
        [*(part.themes[key] for key in keys), part.cannot_tell, part.none],
        [
            *(copies[key] for key in keys),
            statuses[Assignment.Status.CANNOT_TELL],
            statuses[Assignment.Status.NONE],
        ],
    )
    shown = [protect(counts) for counts in lists]
    return {key for place, key in enumerate(keys) if any(counts[place] is None for counts in shown)}


def _rows(
    themes: Sequence[Theme], whole: Tally, part: Tally, kept_back: Collection[int]
) -> list[_Row]:
    ranked = [each.pk for each in themes if each.parent_id is None and each.pk not in kept_back]
    places, places_without = _places(ranked, whole), _places(ranked, part)
    return [
        _Row(
            theme=theme,
            with_letters=whole.themes[theme.pk] / whole.answers,
            without=None if theme.pk in kept_back else part.themes[theme.pk] / part.answers,
            place=places.get(theme.pk),
            place_without=places_without.get(theme.pk),
        )
        for theme in themes
    ]


def _places(themes: Sequence[int], tally: Tally) -> dict[int, int]:
    """Return the place of each theme by its number of answers, from 1; equal ones share it."""
    return {
        theme: 1 + sum(tally.themes[other] > tally.themes[theme] for other in themes)
        for theme in themes
    }


def _sentence(rows: Sequence[_Row], letters: int, copies: int) -> str:
    """Return what changes: "Without the 3 letters …, “X” falls from first to fourth; …"."""
    they = "the letter" if letters == 1 else f"the {letters} letters"
    said = [f"Without {they} ({format_count(copies)} copies)"]
    # The farthest first, and of equal ways those that fall.
    moving = sorted(
        (row for row in rows if row.moves), key=lambda row: (-abs(row.moves), -row.moves)
    )
    told = moving[:NAMED]
    others = [row for row in rows if row.without is not None and row not in told]
    within = max((abs(row.points) for row in others), default=0.0)
    # A hair more than a whole number, as floats have it, is that number.
    points = max(1, ceil(round(within, 6)))
    near = f"within {points} percentage point{'' if points == 1 else 's'}"
    if not told:
        return f"{said[0]}, no theme changes its place, and each share stays {near}."
    moves = [
        f"“{row.theme.label}” {'falls' if row.moves > 0 else 'rises'} from "
        f"{_ordinal(row.place or 0)} to {_ordinal(row.place_without or 0)}"
        for row in told
    ]
    listed = moves[0] if len(moves) == 1 else f"{', '.join(moves[:-1])} and {moves[-1]}"
    rest = f"; the shares of the others stay {near}" if others else ""
    return f"{said[0]}, {listed}{rest}."


def _table(rows: Sequence[_Row]) -> Table:
    withheld = any(row.without is None for row in rows)
    return Table(
        "Themes with and without letters",
        HEADERS,
        tuple(
            (
                row.theme.label,
                str(row.place or ""),
                str(row.place_without or ""),
                format_percent(row.with_letters),
                WITHHELD if row.without is None else format_percent(row.without),
                WITHHELD if row.without is None else _change(row.points),
            )
            for row in rows
        ),
        (PLACES_NOTE, *((KEPT_NOTE,) if withheld else ())),
    )


def _change(points: float) -> str:
    whole = round(points)
    sign = "+" if whole > 0 else MINUS if whole < 0 else ""
    return f"{sign}{abs(whole)} point{'' if abs(whole) == 1 else 's'}"


def _of_theme(row: _Row) -> str:
    place = (
        f", and it would be {_ordinal(row.place_without)} of the themes instead of "
        f"{_ordinal(row.place)}"
        if row.moves and row.place and row.place_without
        else ""
    )
    return (
        f"Without letters that many people sent, its share would be "
        f"{format_percent(row.without or 0)} instead of {format_percent(row.with_letters)}{place}."
    )


def _ordinal(place: int) -> str:
    """Return a place in words up to the tenth: "first"."""
    if place <= len(ORDINALS):
        return ORDINALS[place - 1]
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10)
    return f"{place}{ending or 'th'}"
