"""What is wrong with the answer to a question, in one sentence for each thing that is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from folkmoot.responses.forms.closed import choice_error, ranking_error
from folkmoot.responses.forms.texts import LONGEST_TEXT, text_error
from folkmoot.responses.questions import (
    DECLINED,
    Answers,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    NumberQuestion,
    PlaceQuestion,
    PostcodeQuestion,
    Question,
    RankingQuestion,
    TextQuestion,
    field_name,
    is_declined,
    reply,
)
from folkmoot.responses.questions.replies import first
from folkmoot.responses.questions.values import NUMBER, is_postcode, read_point

# A point at the very edge of the picture may be rounded past it.
EDGE_DEGREES = 1e-6


def answer_errors(question: Question, answers: Answers) -> dict[str, str]:
    """Return what is wrong with the answer to a question: a sentence by the part that it is of.

    `answers` are all fields that the question has. Of a grid each row has its own error.
    """
    if isinstance(question, GridQuestion):
        found = {part.key: choice_error(part, answers) for part in _rows(question)}
        return {key: error for key, error in found.items() if error}
    error = _error(question, answers)
    return {question.key: error} if error else {}


def _rows(question: GridQuestion) -> Iterator[ChoiceQuestion]:
    for part in question.parts:
        assert isinstance(part, ChoiceQuestion)
        yield part


def _error(question: Question, answers: Answers) -> str:
    if isinstance(question, ChoiceQuestion):
        return choice_error(question, answers)
    if error := _error_of_declining(question, answers):
        return error
    if is_declined(question, answers):
        return ""
    names = question.names
    if not isinstance(question, FileQuestion) and any(len(answers.get(n, ())) > 1 for n in names):
        return f"'{question.title}' was sent more than once: write your answer in one place."
    if not any(first(answers, name) for name in names):
        return _needed(question) if question.required else ""
    match question:
        case TextQuestion():
            return text_error(_words_of(question, answers), LONGEST_TEXT)
        case RankingQuestion():
            return ranking_error(question, answers)
        case NumberQuestion():
            return _number_error(question, answers)
        case DateQuestion():
            return _day_error(question, answers)
        case PostcodeQuestion():
            return _postcode_error(question, answers)
        case FileQuestion():
            return _files_error(question, answers)
        case PlaceQuestion():
            return _place_error(question, answers)
    return ""


def _words_of(question: Question, answers: Answers) -> str:
    """Return what was typed as it is kept: with the space around it."""
    return next((value for value in answers.get(question.key, ()) if value.strip()), "")


def _needed(question: Question) -> str:
    match question:
        case NumberQuestion():
            return f"Write a number to answer '{question.title}'."
        case DateQuestion():
            return f"Write the day, month and year to answer '{question.title}'."
        case RankingQuestion():
            return f"Put the options of '{question.title}' in order."
        case PlaceQuestion(picture=picture) if picture:
            return f"Mark a place on the map or describe it to answer '{question.title}'."
    return f"Write an answer to '{question.title}'."


def _error_of_declining(question: Question, answers: Answers) -> str:
    """Return why "prefer not to say" is wrong: sent as nothing known, or beside an answer."""
    if not question.may_decline:
        return ""
    name = field_name(question.key, DECLINED)
    values = [value for value in answers.get(name, ()) if value.strip()]
    if values and values != ["yes"]:
        return f"Tick 'Prefer not to say' at '{question.title}' or leave it."
    others = [each for each in question.names if each != name]
    if values and any(first(answers, each) for each in others):
        return (
            f"You answered '{question.title}' and ticked 'Prefer not to say': "
            "untick it or take your answer out."
        )
    return ""


def _number_error(question: NumberQuestion, answers: Answers) -> str:
    written = reply(question, answers)[0]
    of = f" of {question.unit}" if question.unit and question.unit.isalpha() else ""
    if not NUMBER.fullmatch(written):
        return f"Write a number{of} in digits, such as 12, to answer '{question.title}'."
    value = Decimal(written)
    lowest, highest = question.lowest, question.highest
    if (lowest is not None and value < Decimal(repr(lowest))) or (
        highest is not None and value > Decimal(repr(highest))
    ):
        return f"Write a number{of} {_range(lowest, highest)} to answer '{question.title}'."
    decimals = len(written.partition(".")[2].rstrip("0"))
    if decimals > question.decimals:
        how = (
            f"with at most {question.decimals} digits after the point"
            if question.decimals
            else "without a fraction"
        )
        return f"Write a number{of} {how} to answer '{question.title}'."
    return ""


def _range(lowest: float | None, highest: float | None) -> str:
    if lowest is None:
        return f"of at most {highest:,.15g}"
    if highest is None:
        return f"of at least {lowest:,.15g}"
    return f"from {lowest:,.15g} to {highest:,.15g}"


def _day_error(question: DateQuestion, answers: Answers) -> str:
    missing = [
        part
        for part in ("day", "month", "year")
        if not first(answers, field_name(question.key, part))
    ]
    if missing:
        return f"Write the {' and the '.join(missing)} too to answer '{question.title}'."
    try:
        day = date.fromisoformat(reply(question, answers)[0])
    except ValueError:
        return (
            f"Write a day that there is, with four digits for the year, such as 27 3 2021, "
            f"to answer '{question.title}'."
        )
    if question.earliest and day < question.earliest:
        return f"Write a day from {_day_words(question.earliest)} on to answer '{question.title}'."
    if question.latest and day > question.latest:
        return f"Write a day up to {_day_words(question.latest)} to answer '{question.title}'."
    return ""


def _day_words(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _postcode_error(question: PostcodeQuestion, answers: Answers) -> str:
    if is_postcode(reply(question, answers)[0], is_whole=question.is_whole):
        return ""
    if question.is_whole:
        return f"Write a whole postcode, such as SW1A 2AA, to answer '{question.title}'."
    return (
        "Write a postcode, such as SW1A 2AA, or its first half, such as SW1A, to answer "
        f"'{question.title}'."
    )


def _files_error(question: FileQuestion, answers: Answers) -> str:
    numbers = reply(question, answers)
    if not all(each.isascii() and each.isdigit() for each in numbers):
        return f"A file that was sent for '{question.title}' is not known: choose it again."
    if len(numbers) > question.most:
        many = "one file" if question.most == 1 else f"{question.most} files"
        return f"Send at most {many} for '{question.title}': take the others out."
    return ""


def _place_error(question: PlaceQuestion, answers: Answers) -> str:
    if error := text_error(_words_of(question, answers), LONGEST_TEXT):
        return error
    sent = first(answers, field_name(question.key, "point"))
    if not sent:
        return ""
    point = read_point(sent)
    if point is None:
        return f"The mark on the map at '{question.title}' cannot be read: mark the place again."
    north, south = question.north + EDGE_DEGREES, question.south - EDGE_DEGREES
    east, west = question.east + EDGE_DEGREES, question.west - EDGE_DEGREES
    if question.picture and not (south <= point[0] <= north and west <= point[1] <= east):
        return f"The mark at '{question.title}' is not on the map: mark the place again."
    return ""
