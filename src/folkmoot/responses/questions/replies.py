"""From what was typed to the reply that counts, to what the register keeps, and back.

Nothing here refuses: what is wrong with an answer is said in `forms`. Only right answers are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from folkmoot.core.routing import Reply
from folkmoot.responses.questions.kinds import (
    DECLINED,
    PREFER_NOT_TO_SAY,
    Answers,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    NumberQuestion,
    PlaceQuestion,
    PostcodeQuestion,
    Question,
    RankingQuestion,
    field_name,
)
from folkmoot.responses.questions.values import (
    day_parts,
    day_written,
    number_written,
    point_written,
    postcode,
    read_point,
)

# No list of options is as long; a longer number is none.
MOST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as the register keeps it (see `models.Answer`)."""

    choices: tuple[str, ...] = ()
    text: str = ""
    other: dict[str, str] = field(default_factory=dict)
    point: tuple[float, float] | None = None


def reply(question: Question, answers: Answers) -> Reply:
    """Return the reply to a question, or to one row of a grid; empty where there is none.

    Option codes of a closed question, each once; codes in order of rank; "prefer-not-to-say" of
    any question that was declined; numbers of files; else one text as it is kept, which of a place
    is its point where there are no words.
    """
    if is_declined(question, answers):
        return (PREFER_NOT_TO_SAY,)
    if isinstance(question, ChoiceQuestion | FileQuestion):
        values = answers.get(question.key, ())
        return tuple(dict.fromkeys(value for value in values if value.strip()))
    if isinstance(question, RankingQuestion):
        return _ranked(question, answers)
    text = _text(question, answers)
    if not text.strip() and (point := place_point(question, answers)):
        return (point_written(point),)
    return (text,) if text.strip() else ()


def is_declined(question: Question, answers: Answers) -> bool:
    """Whether "prefer not to say" was ticked beside a question that has it as its own field."""
    if isinstance(question, ChoiceQuestion) or not question.may_decline:
        return False
    return bool(first(answers, field_name(question.key, DECLINED)))


def kept(part: Question, answers: Answers) -> Kept | None:
    """Return what the register keeps of an answer; None where the question was skipped."""
    found = reply(part, answers)
    if isinstance(part, ChoiceQuestion):
        beside = {
            option.code: first(answers, field_name(part.key, option.code))
            for option in part.options
            if option.asks_text and option.code in found
        }
        other = {code: text for code, text in beside.items() if text}
        return Kept(found, other=other) if found else None
    if is_declined(part, answers) or isinstance(part, RankingQuestion | FileQuestion):
        return Kept(found) if found else None
    text = _text(part, answers)
    point = place_point(part, answers)
    if not text.strip() and point is None:
        return None
    return Kept(text=text if text.strip() else "", point=point)


def given(part: Question, answer: Kept) -> dict[str, list[str]]:
    """Return the fields that would give a kept answer: what `kept` does, backwards."""
    key, choices = part.key, list(answer.choices)
    if isinstance(part, ChoiceQuestion):
        beside = {field_name(key, code): [text] for code, text in answer.other.items()}
        return {key: choices, **beside}
    if choices == [PREFER_NOT_TO_SAY]:
        return {field_name(key, DECLINED): ["yes"]}
    if isinstance(part, RankingQuestion):
        return {field_name(key, code): [str(rank)] for rank, code in enumerate(choices, start=1)}
    if isinstance(part, FileQuestion):
        return {key: choices}
    if isinstance(part, DateQuestion):
        parts = zip(("day", "month", "year"), day_parts(answer.text), strict=True)
        return {field_name(key, name): [value] for name, value in parts}
    point = {field_name(key, "point"): [point_written(answer.point)]} if answer.point else {}
    return {key: [answer.text], **point}


def first(answers: Answers, name: str) -> str:
    """Return the first value of a field that says something, without space around it."""
    return next((value.strip() for value in answers.get(name, ()) if value.strip()), "")


def place_point(question: Question, answers: Answers) -> tuple[float, float] | None:
    """Return the point of a place on a map, in degrees; None without one."""
    if not isinstance(question, PlaceQuestion):
        return None
    return read_point(first(answers, field_name(question.key, "point")))


def ranks(question: RankingQuestion, answers: Answers) -> dict[str, str]:
    """Return what was typed or chosen as the rank of each option; those without are absent."""
    typed = {
        option.code: first(answers, field_name(question.key, option.code))
        for option in question.options
    }
    return {code: rank for code, rank in typed.items() if rank}


def is_rank(typed: str) -> bool:
    """Whether a text is a rank: a whole number from 1."""
    return typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS and int(typed) > 0


def _text(question: Question, answers: Answers) -> str:
    """Return the text of an open question as it is kept, or as it was typed if it is wrong."""
    if isinstance(question, DateQuestion):
        parts = ("day", "month", "year")
        return day_written(*(first(answers, field_name(question.key, part)) for part in parts))
    # A text is kept unchanged: the space around it too.
    typed = next((value for value in answers.get(question.key, ()) if value.strip()), "")
    if isinstance(question, NumberQuestion):
        return number_written(typed)
    if isinstance(question, PostcodeQuestion):
        return postcode(typed, is_whole=question.is_whole)
    return typed


def _ranked(question: RankingQuestion, answers: Answers) -> Reply:
    """Return codes by rank; those of one rank, which is wrong, in the order of the options."""
    typed = ranks(question, answers)
    return tuple(
        sorted(
            (code for code, rank in typed.items() if is_rank(rank)),
            key=lambda code: int(typed[code]),
        )
    )
