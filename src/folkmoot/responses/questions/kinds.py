"""What a survey may ask: each kind of question as a plain value.

A question has one field in a form, named by its key, or several: `names` says which. A field
beside it is named `key--suffix` (see `field_name`); no key has two hyphens together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from folkmoot.core.routing import ALWAYS, Condition

PREFER_NOT_TO_SAY = "prefer-not-to-say"
DECLINE_LABEL = "Prefer not to say"
DECLINED = "declined"
# What a file may be, and how large, where nobody said otherwise.
FILE_TYPES = ("pdf", "docx", "odt", "jpg", "png")
FILE_MEGABYTES = 10
# What was typed or chosen: lists of values by name of field, as a draft keeps them.
Answers: TypeAlias = Mapping[str, Sequence[str]]


def field_name(key: str, suffix: str) -> str:
    """Return the name of a field beside a question's own: "travel--other"."""
    return f"{key}--{suffix}"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a closed question.

    `is_exclusive` goes with no other ("none of these"); `asks_text` has a field of its own
    ("other, please say").
    """

    code: str
    label: str
    is_exclusive: bool = False
    asks_text: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What every question has. `may_decline` offers "prefer not to say"."""

    key: str
    title: str
    hint: str
    required: bool
    sensitive: bool = field(default=False, kw_only=True)
    shown_if: Condition = field(default=ALWAYS, kw_only=True)
    why: str = field(default="", kw_only=True)
    may_decline: bool = field(default=False, kw_only=True)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all fields that the question has in a form."""
        declined = (field_name(self.key, DECLINED),) if self.may_decline else ()
        return (self.key, *declined)

    @property
    def signals(self) -> tuple[str, ...]:
        """The names of fields that say what to do with an answer; they are kept nowhere."""
        return ()

    @property
    def parts(self) -> tuple[Question, ...]:
        """What is answered, exported and counted on its own: the question, or a grid's rows."""
        return (self,)


@dataclass(frozen=True, slots=True)
class ChoiceQuestion(Question):
    """A closed question with one answer, or where `several` from `least` to `most`.

    Where it may be declined, "prefer not to say" is among its options.
    """

    options: tuple[Option, ...]
    several: bool = False
    least: int = 0
    most: int | None = None
    as_list: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The field of the question, and one for each option that asks for a text."""
        beside = (each.code for each in self.options if each.asks_text)
        return (self.key, *(field_name(self.key, code) for code in beside))

    def label_of(self, code: str) -> str:
        """Return the label of an option, or the code itself where it is no longer offered."""
        return next((each.label for each in self.options if each.code == code), code)


@dataclass(frozen=True, slots=True)
class ScaleQuestion(ChoiceQuestion):
    """A closed question whose options are points in order, such as degrees of agreement."""


@dataclass(frozen=True, slots=True)
class GridQuestion(Question):
    """Several statements, each put on the same scale. Its rows are answered each on its own.

    Where it may be declined, each row has "prefer not to say" as its last point.
    """

    rows: tuple[Option, ...]
    points: tuple[Option, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the rows."""
        return tuple(part.key for part in self.parts)

    @property
    def parts(self) -> tuple[Question, ...]:
        """One scale question a row, with the key `grid--row`."""
        rows = (
            ScaleQuestion(
                field_name(self.key, row.code),
                f"{self.title}: {row.label}",
                "",
                self.required,
                options=self.points,
                sensitive=self.sensitive,
                shown_if=self.shown_if,
                may_decline=self.may_decline,
            )
            for row in self.rows
        )
        return tuple(declinable(row) if self.may_decline else row for row in rows)


@dataclass(frozen=True, slots=True)
class RankingQuestion(Question):
    """Options to put in order, the first `most` or all of them; a field an option has its rank."""

    options: tuple[Option, ...]
    most: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """One field an option, and that of declining."""
        codes = (*(each.code for each in self.options), *((DECLINED,) if self.may_decline else ()))
        return tuple(field_name(self.key, code) for code in codes)

    def label_of(self, code: str) -> str:
        """Return the label of an option, or the code itself where it is no longer offered."""
        return next((each.label for each in self.options if each.code == code), code)


@dataclass(frozen=True, slots=True)
class MonitoringQuestion(ChoiceQuestion):
    """An equality question: never required, always with "prefer not to say", kept apart."""


@dataclass(frozen=True, slots=True)
class TextQuestion(Question):
    """A question answered in the respondent's own words; `words_guide` is no limit."""

    words_guide: int = 150
    may_be_quoted: bool = True
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class NumberQuestion(Question):
    """A question answered with a number from `lowest` to `highest`, in `unit`."""

    lowest: float | None = None
    highest: float | None = None
    decimals: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DateQuestion(Question):
    """A question answered with a day, in three fields."""

    earliest: date | None = None
    latest: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of day, month and year, and that of declining."""
        parts = ("day", "month", "year", *((DECLINED,) if self.may_decline else ()))
        return tuple(field_name(self.key, part) for part in parts)


@dataclass(frozen=True, slots=True)
class PostcodeQuestion(Question):
    """A question answered with a postcode; only its district is kept unless `is_whole`."""

    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class FileQuestion(Question):
    """A question answered with up to `most` files of some types, each no larger than said."""

    extensions: tuple[str, ...] = FILE_TYPES
    megabytes: int = FILE_MEGABYTES
    most: int = 1

    @property
    def signals(self) -> tuple[str, ...]:
        """The field of the files to take out again, by their numbers."""
        return (field_name(self.key, "remove"),)


@dataclass(frozen=True, slots=True)
class PlaceQuestion(Question):
    """A place on a picture of a map, and in words.

    The edges are degrees; without a picture the place is asked for in words only.
    """

    picture: int | None = None
    north: float = 0.0
    south: float = 0.0
    east: float = 0.0
    west: float = 0.0

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the words, of the point ("latitude,longitude") and of declining."""
        declined = (DECLINED,) if self.may_decline else ()
        return (self.key, *(field_name(self.key, part) for part in ("point", *declined)))

    @property
    def signals(self) -> tuple[str, ...]:
        """Where the picture was pressed and how large it was, in pixels; and taking a mark away.

        Browsers add ".x" and ".y" to the name of a picture that sends its form.
        """
        return tuple(field_name(self.key, part) for part in ("point.x", "point.y", "size", "clear"))


def declinable(question: ChoiceQuestion) -> ChoiceQuestion:
    """Return a closed question with "prefer not to say" as its last option."""
    if any(option.code == PREFER_NOT_TO_SAY for option in question.options):
        return question
    declining = Option(PREFER_NOT_TO_SAY, DECLINE_LABEL, is_exclusive=True)
    return replace(question, options=(*question.options, declining))
