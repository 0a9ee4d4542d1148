"""From what was typed to the reply that counts, to what the register keeps, and back.

Nothing here refuses: what is wrong with an answer is said in `forms`. Only right answers are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

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

# The last part of a postcode, after the district: "2AA" of "SW1A 2AA".
INWARD = re.compile(r"\s*[0-9][A-Z]{2}$")


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as the register keeps it (see `models.Answer`)."""

    choices: tuple[str, ...] = ()
    text: str = ""
    other: dict[str, str] = field(default_factory=dict)
    point: tuple[float, float] | None = None


def reply(question: Question, answers: Answers) -> Reply:
    """Return the reply to a question, or to one row of a grid; empty where there is none.

    Option codes of a closed question; codes in order of rank; "prefer-not-to-say" of any question
    that was declined; else one text as it is kept.
    """
    if is_declined(question, answers):
        return (PREFER_NOT_TO_SAY,)
    if isinstance(question, ChoiceQuestion | FileQuestion):
        return tuple(value for value in answers.get(question.key, ()) if value.strip())
    if isinstance(question, RankingQuestion):
        return _ranked(question, answers)
    text = _text(question, answers)
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
    if found == (PREFER_NOT_TO_SAY,) or isinstance(part, RankingQuestion | FileQuestion):
        return Kept(found) if found else None
    point = read_point(first(answers, field_name(part.key, "point")))
    if not found and not (point and isinstance(part, PlaceQuestion)):
        return None
    return Kept(
        text=found[0] if found else "", point=point if isinstance(part, PlaceQuestion) else None
    )


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
        year, month, day = answer.text.split("-")
        parts = {"day": str(int(day)), "month": str(int(month)), "year": year}
        return {field_name(key, name): [value] for name, value in parts.items()}
    point = {}
    if answer.point:
        point[field_name(key, "point")] = [f"{answer.point[0]},{answer.point[1]}"]
    return {key: [answer.text], **point}


def first(answers: Answers, name: str) -> str:
    """Return the first value of a field that says something, without space around it."""
    return next((value.strip() for value in answers.get(name, ()) if value.strip()), "")


def read_point(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees of "51.5,-0.12"; None where it is none."""
    try:
        latitude, longitude = map(float, text.split(","))
    except ValueError:
        return None
    is_on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return (latitude, longitude) if is_on_earth else None


def _text(question: Question, answers: Answers) -> str:
    """Return the text of an open question as it is kept, or as it was typed if it is wrong."""
    if isinstance(question, DateQuestion):
        return _day(question, answers)
    # A text is kept unchanged: the space around it too.
    typed = next((value for value in answers.get(question.key, ()) if value.strip()), "")
    if isinstance(question, NumberQuestion):
        return typed.strip().replace(",", "").replace(" ", "")
    if isinstance(question, PostcodeQuestion):
        return postcode(typed, is_whole=question.is_whole)
    return typed


def _day(question: DateQuestion, answers: Answers) -> str:
    day, month, year = (
        first(answers, field_name(question.key, part)) for part in ("day", "month", "year")
    )
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except (ValueError, OverflowError):
        return "/".join((day, month, year)) if day or month or year else ""


def postcode(typed: str, *, is_whole: bool) -> str:
    """Return a postcode as it is written, or its district alone: "SW1A 2AA", "SW1A"."""
    plain = re.sub(r"\s+", "", typed).upper()
    found = INWARD.search(plain)
    # A district may end in a digit and letters too ("EC1A"), so only what follows one is taken.
    if found and found.start() >= 2:
        district = plain[: found.start()]
        return f"{district} {plain[found.start() :]}" if is_whole else district
    return plain


def _ranked(question: RankingQuestion, answers: Answers) -> Reply:
    ranks = []
    for place, option in enumerate(question.options):
        typed = first(answers, field_name(question.key, option.code))
        if typed.isascii() and typed.isdigit():
            ranks.append((int(typed), place, option.code))
    return tuple(code for _, _, code in sorted(ranks))
