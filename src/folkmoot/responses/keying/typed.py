"""What was typed of a form on paper, read as answers; what is none is kept as it stands.

A form on paper is never refused: what cannot be an answer becomes a mark beside the answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from folkmoot.responses.forms import LONGEST_NAME, LONGEST_TEXT, Given, check_step, lines
from folkmoot.responses.forms.beside import ORGANISATION_KIND
from folkmoot.responses.importing import as_received
from folkmoot.responses.keying.lines import LETTERS, Line, Way, code_at, declined_name, lines_of
from folkmoot.responses.models import PaperMark
from folkmoot.responses.questions import (
    BESIDE,
    KIND,
    ORGANISATION,
    ChoiceQuestion,
    MonitoringQuestion,
    Question,
    SurveyForm,
    reply,
)
from folkmoot.responses.questions.kinds import field_name

Mark = PaperMark.Mark
ILLEGIBLE, DECLINES = "?", "pn"
LONGEST = LONGEST_TEXT


class KeyedWrongError(ValueError):
    """What was typed for one line cannot be an answer to it; the sentence says why."""


@dataclass(slots=True)
class Typed:
    """A form as it was read: fields of answers, and marks by the key of a question.

    `remarks` say by field what was noticed, for whoever types to look at the paper again.
    """

    answers: dict[str, list[str]] = field(default_factory=dict)
    marks: dict[str, tuple[Mark, str]] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)


def clean_typed(form: SurveyForm, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed in the lines of a form; fields that it does not have are left out."""
    return {
        line.name: lines(typed[line.name])[: LONGEST_NAME if line.is_beside else LONGEST]
        for line in lines_of(form)
        if typed.get(line.name, "").strip()
    }


def read_typed(form: SurveyForm, typed: Mapping[str, str]) -> Typed:
    """Return answers and marks of what was typed, by name of line, for a form."""
    found = Typed()
    for line in lines_of(form):
        value = typed.get(line.name, "").strip()
        if value:
            _take(line, value, found)
    _settle_sender(found)
    _check(form, found)
    _leave_out_unasked(form, found)
    return found


def codes_typed(line: Line, value: str) -> list[str]:
    """Return the codes of options typed by number or letter: "2", "1 3", "1,3", "ac", "13".

    Raises KeyedWrongError for what is no option.
    """
    numbers: list[int] = []
    many = len(line.options)
    for word in re.split(r"[\s,;.+/&]+", value.lower().strip(" ,;.")):
        if word.isascii() and word.isdigit():
            whole = int(word[:6])
            # "13" of five options is options 1 and 3.
            is_run = whole > many and many < 10
            numbers += [int(mark) for mark in word[:20]] if is_run else [whole]
        elif word.isascii() and word.isalpha() and len(word) <= many:
            numbers += [LETTERS.index(mark) + 1 for mark in word]
        elif word == "y" or word == "yes":
            numbers.append(1)
        else:
            raise KeyedWrongError(f"“{value[:40]}” is not the number of an option.")
    codes = [code_at(line.options, number) for number in dict.fromkeys(numbers)]
    if None in codes:
        raise KeyedWrongError(f"This question has the options 1 to {many}.")
    if line.way is Way.ONE and len(codes) > 1:
        raise KeyedWrongError("This question takes one answer.")
    return [code for code in codes if code]


def day_typed(value: str) -> tuple[str, str, str]:
    """Return day, month and year of what was typed: "3 9 1998", "03/09/98", "03091998"."""
    parts = re.findall(r"\d+|[A-Za-z]+", value)
    if len(parts) == 1 and len(parts[0]) in {6, 8} and parts[0].isdigit():
        run = parts[0]
        parts = [run[:2], run[2:4], run[4:]]
    if len(parts) != 3:
        raise KeyedWrongError("Type day, month and year, such as 3 9 1998.")
    if len(parts[0]) == 4:
        parts.reverse()
    day, month, year = parts
    if len(year) == 2 and year.isdigit():
        # Nobody answers for a day to come: two figures past today's are of the last century.
        year = f"19{year}" if int(year) > 40 else f"20{year}"
    return day, month, year


def _take(line: Line, value: str, found: Typed) -> None:
    if value == ILLEGIBLE:
        found.marks[line.part] = (Mark.ILLEGIBLE, "")
        return
    if value.lower() == DECLINES and line.may_decline:
        found.answers[declined_name(line.part)] = ["yes"]
        return
    try:
        found.answers |= _fields(line, value)
    except KeyedWrongError as error:
        found.remarks[line.name] = str(error)
        found.marks[line.part] = (Mark.AS_WRITTEN, value)


def _fields(line: Line, value: str) -> dict[str, list[str]]:
    match line.way:
        case Way.ONE | Way.SEVERAL:
            is_yes = line.is_beside and value.lower() in {"y", "yes"}
            return {line.name: [line.options[0].code] if is_yes else codes_typed(line, value)}
        case Way.DATE:
            names = (field_name(line.name, part) for part in ("day", "month", "year"))
            return {name: [part] for name, part in zip(names, day_typed(value), strict=True)}
    return {line.name: [value]}


def _settle_sender(found: Typed) -> None:
    """Take a name of an organisation for the answer of one, unless somebody said otherwise."""
    name = found.answers.get(ORGANISATION)
    if name and KIND not in found.answers and KIND not in found.marks:
        found.answers[KIND] = [ORGANISATION_KIND]
    elif name and found.answers.get(KIND) != [ORGANISATION_KIND]:
        found.marks[ORGANISATION] = (Mark.NOT_ASKED, name[0])
        found.remarks[ORGANISATION] = "Whoever answers for themselves names no organisation."
    elif not name and found.answers.get(KIND) == [ORGANISATION_KIND]:
        # An organisation that does not say its name cannot be one in the register.
        found.marks[KIND] = (Mark.AS_WRITTEN, "An organisation, without its name")
        found.remarks[KIND] = "The name of the organisation is missing."
        del found.answers[KIND]


def _check(form: SurveyForm, found: Typed) -> None:
    """Turn what the checks of the form on screen refuse into marks, part by part."""
    for step in as_received(form).steps:
        for question in step.questions:
            names = [name for part in question.parts for name in part.names]
            names = list(dict.fromkeys((*question.names, *names)))
            alone = replace(step, questions=(question,))
            errors = check_step(alone, Given(found.answers, names)).errors
            for name, error in errors.items():
                _mark_wrong(question, name, error, found)


def _mark_wrong(question: Question, name: str, error: str, found: Typed) -> None:
    wrong = [part for part in question.parts if name == part.key or name in part.names]
    for part in wrong or question.parts:
        said = [found.answers.pop(each, []) for each in (part.key, *part.names)]
        words = "; ".join(value for values in said for value in values if value.strip())
        if words:
            found.marks[part.key] = (Mark.AS_WRITTEN, words)
        found.remarks.setdefault(part.key, error)


def _leave_out_unasked(form: SurveyForm, found: Typed) -> None:
    """Mark what was answered off the way, and needed questions that were left blank."""
    way = form.on_the_way(found.answers)
    asked = {part.key for part in way.parts}
    for part in form.parts:
        said = reply(part, found.answers)
        if part.key not in asked:
            if said:
                found.marks[part.key] = (Mark.NOT_ASKED, _words(part, found))
                for name in (part.key, *part.names):
                    found.answers.pop(name, None)
        elif not said and part.required and part.key not in found.marks:
            found.marks[part.key] = (Mark.BLANK, "")
    for part in form.parts:
        # What an equality question says never stands beside the other answers.
        if isinstance(part, MonitoringQuestion) and part.key in found.marks:
            found.marks[part.key] = (found.marks[part.key][0], "")


def _words(part: Question, found: Typed) -> str:
    names = dict.fromkeys((part.key, *part.names))
    values = [value for name in names for value in found.answers.get(name, ())]
    if isinstance(part, ChoiceQuestion):
        values = [part.label_of(value) for value in values]
    return "; ".join(values)


def beside_answers(answers: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return what was said beside the questions."""
    return {name: values for name, values in answers.items() if name in BESIDE}
