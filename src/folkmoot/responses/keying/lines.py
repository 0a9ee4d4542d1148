"""What a form on paper and its keying screen show: questions by number, options by number.

Both are made of the same lines, so that what is typed is what stands on the paper.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from folkmoot.responses.forms import extras_of
from folkmoot.responses.questions import (
    AUTHORITY,
    CONTACT_NAME,
    CONTACT_ROLE,
    DECLINED,
    KIND,
    MONITORING_CONSENT,
    ORGANISATION,
    PREFER_NOT_TO_SAY,
    PUBLICATION,
    QUOTE,
    SENDER,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    NumberQuestion,
    Option,
    PlaceQuestion,
    PostcodeQuestion,
    Question,
    RankingQuestion,
    Step,
    SurveyForm,
    TextQuestion,
    field_name,
)

ABOUT_RESPONSE = "About your response"
# What is agreed to before anything else of its step is answered.
FIRST = (MONITORING_CONSENT,)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
YES = (Option("yes", "Yes"),)
# What stands beside the questions, in the words of a form on paper.
BESIDE: dict[str, tuple[str, tuple[Option, ...]]] = {
    QUOTE: ("May we quote your words, without your name?", YES),
    MONITORING_CONSENT: ("I agree that my answers to the equality questions are kept", YES),
    KIND: (
        "Whom do you answer for?",
        (Option("individual", "Myself"), Option("organisation", "An organisation")),
    ),
    ORGANISATION: ("Name of the organisation", ()),
    CONTACT_NAME: ("Your name, if you answer for an organisation", ()),
    CONTACT_ROLE: ("Your role there", ()),
    AUTHORITY: ("May you answer for it?", (Option("yes", "Yes"), Option("no", "No"))),
    PUBLICATION: (
        "May we publish your response?",
        (
            Option("not", "No"),
            Option("unnamed", "Yes, without my name"),
            Option("named", "Yes, with the organisation’s name"),
        ),
    ),
}


class Way(Enum):
    """How a line is filled in: the value is what the screen says to type."""

    ONE = "number"
    SEVERAL = "numbers"
    RANK = "rank"
    NUMBER = "a number"
    DATE = "day month year"
    POSTCODE = "postcode"
    SHORT = "a line"
    LONG = "text"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to fill in.

    `number` is what stands before it on paper: "5", "5b" for a row of a grid or an option to be
    ranked, "B" for what stands beside the questions, "" for the text beside an option. `name` is
    its field. `part` is the key of what it answers.
    """

    number: str
    name: str
    label: str
    way: Way
    part: str
    options: tuple[Option, ...] = ()
    may_decline: bool = False
    is_beside: bool = False

    @property
    def numbered(self) -> list[tuple[int, Option]]:
        """The options with the numbers by which they are typed."""
        return list(enumerate(self.options, start=1))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its lines; `question` is None for what stands beside the questions."""

    number: str
    title: str
    lines: tuple[Line, ...]
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class AskedStep:
    """A step with what it asks; its number is 0 for the part about who answers."""

    step: Step
    asked: tuple[Asked, ...]


def asked_steps(form: SurveyForm) -> tuple[AskedStep, ...]:
    """Return all that a form asks, as it is numbered on screen and on paper.

    Who answers stands in a part of its own, before equality questions that come last: those are
    on a sheet of their own.
    """
    numbers = form.numbers
    beside: dict[int, tuple[str, ...]] = {}
    for step in form.steps:
        # The screen asks on every page that needs it; paper asks once.
        before = {name for names in beside.values() for name in names}
        beside[step.number] = tuple(n for n in extras_of(form, step) if n not in before)
    sender = [name for names in beside.values() for name in names if name in SENDER]
    quoted = [name for names in beside.values() for name in names if name == QUOTE]
    marks = {
        name: LETTERS[place].upper()
        for place, name in enumerate(dict.fromkeys([*quoted, *sender, *FIRST]))
    }
    steps = [
        AskedStep(
            step,
            (
                *(_beside(name, marks[name]) for name in beside[step.number] if name in FIRST),
                *(_asked(question, str(numbers[question.key])) for question in step.questions),
                *(
                    _beside(name, marks[name])
                    for name in beside[step.number]
                    if name not in SENDER and name not in FIRST
                ),
            ),
        )
        for step in form.steps
    ]
    if sender:
        last = len(steps)
        while last > 1 and steps[last - 1].step.monitors:
            last -= 1
        about = Step(0, ABOUT_RESPONSE, "", ())
        asked = tuple(_beside(name, marks[name]) for name in sender)
        steps.insert(last, AskedStep(about, asked))
    return tuple(steps)


def lines_of(form: SurveyForm) -> list[Line]:
    """Return every line of a form, in order."""
    return [line for each in asked_steps(form) for asked in each.asked for line in asked.lines]


def mark_of(place: int) -> str:
    """Return the letter of a row from 0: a to z, then aa."""
    return LETTERS[place] if place < 26 else LETTERS[place // 26 - 1] + LETTERS[place % 26]


def _asked(question: Question, number: str) -> Asked:
    return Asked(number, question.title, tuple(_lines(question, number)), question)


def _beside(name: str, number: str) -> Asked:
    label, options = BESIDE[name]
    way = Way.ONE if options else Way.SHORT
    line = Line(number, name, label, way, name, options, is_beside=True)
    return Asked(number, label, (line,))


def _lines(question: Question, number: str) -> Iterator[Line]:
    match question:
        case GridQuestion():
            for place, (row, part) in enumerate(zip(question.rows, question.parts, strict=True)):
                options = part.options if isinstance(part, ChoiceQuestion) else ()
                mark = f"{number}{mark_of(place)}"
                yield Line(mark, part.key, row.label, Way.ONE, part.key, options)
        case ChoiceQuestion():
            yield Line(
                number,
                question.key,
                question.title,
                Way.SEVERAL if question.several else Way.ONE,
                question.key,
                question.options,
            )
            yield from _texts(question)
        case RankingQuestion():
            for place, option in enumerate(question.options):
                name = field_name(question.key, option.code)
                mark = f"{number}{mark_of(place)}"
                is_last = place == len(question.options) - 1
                yield Line(
                    mark,
                    name,
                    option.label,
                    Way.RANK,
                    question.key,
                    may_decline=question.may_decline and is_last,
                )
        case FileQuestion():
            # What comes with a form on paper is scanned, and kept with the response.
            return
        case _:
            yield Line(
                number,
                question.key,
                question.title,
                _way(question),
                question.key,
                may_decline=question.may_decline,
            )


def _texts(question: ChoiceQuestion) -> Iterator[Line]:
    for option in question.options:
        if option.asks_text:
            name = field_name(question.key, option.code)
            yield Line("", name, option.label, Way.SHORT, question.key)


def _way(question: Question) -> Way:
    match question:
        case NumberQuestion():
            return Way.NUMBER
        case DateQuestion():
            return Way.DATE
        case PostcodeQuestion():
            return Way.POSTCODE
        case TextQuestion(is_short=False):
            return Way.LONG
        case TextQuestion() | PlaceQuestion():
            return Way.SHORT
    raise ValueError(f"{type(question).__name__} cannot be asked on paper.")


def declined_name(key: str) -> str:
    """Return the field by which a question that is none of options is declined."""
    return field_name(key, DECLINED)


def code_at(options: Sequence[Option], number: int) -> str | None:
    """Return the code of an option by its number from 1; None where there is none."""
    return options[number - 1].code if 1 <= number <= len(options) else None


def is_declining(option: Option) -> bool:
    """Whether an option is "prefer not to say"."""
    return option.code == PREFER_NOT_TO_SAY
