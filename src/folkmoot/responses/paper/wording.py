"""Conditions in the words of a form on paper: "Answer question 5 only if you chose Yes at 3"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from folkmoot.core.routing import (
    ALWAYS,
    Answered,
    AnyOf,
    AtLeast,
    Condition,
    Every,
    FirstOf,
    Not,
    Some,
)
from folkmoot.responses.keying.lines import mark_of
from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    GridQuestion,
    NumberQuestion,
    Question,
    RankingQuestion,
    SurveyForm,
)


def answer_only_if(number: int, condition: Condition, form: SurveyForm) -> str:
    """Return when a question is to be answered, to whoever answers on paper; empty for always."""
    said = words(condition, form)
    return f"Answer question {number} only if {said}." if said else ""


def answer_part_only_if(condition: Condition, form: SurveyForm) -> str:
    """Return when a part of the form is to be answered; empty for always."""
    said = words(condition, form)
    return f"Answer this part only if {said}." if said else ""


def shown_only_if(condition: Condition, form: SurveyForm) -> str:
    """Return when something is shown, to an officer; empty for always."""
    said = words(condition, form)
    return f"Shown only if {said.replace('you ', 'they ')}." if said else ""


def words(condition: Condition, form: SurveyForm) -> str:
    """Return a condition in words: "you chose “Yes” or “Maybe” at question 3"; empty for always."""
    if condition == ALWAYS:
        return ""
    return _said(condition, form, is_so=True)


def _said(condition: Condition, form: SurveyForm, *, is_so: bool) -> str:
    match condition:
        case AnyOf(key, codes):
            verb = "chose" if is_so else "did not choose"
            return f"you {verb} {_options(key, codes, form)} at {_question(key, form)}"
        case FirstOf(key, codes):
            verb = "put" if is_so else "did not put"
            return f"you {verb} {_options(key, codes, form)} first at {_question(key, form)}"
        case Answered(key):
            return f"you {'answered' if is_so else 'did not answer'} {_question(key, form)}"
        case AtLeast(key, number):
            bound = f"{number:g}{_unit(key, form)}"
            said = f"{bound} or more" if is_so else f"less than {bound}, or nothing,"
            return f"you wrote {said} at {_question(key, form)}"
        case Every((Answered(key), Not(AtLeast(same, number)))) if key == same:
            bound = f"{number:g}{_unit(key, form)}"
            said = f"less than {bound}" if is_so else f"{bound} or more, or nothing,"
            return f"you wrote {said} at {_question(key, form)}"
        case Not(inner):
            return _said(inner, form, is_so=not is_so)
        case Every(conditions):
            return _joined(conditions, form, "and" if is_so else "or", is_so=is_so)
        case Some(conditions):
            return _joined(conditions, form, "or" if is_so else "and", is_so=is_so)


def _joined(conditions: Iterable[Condition], form: SurveyForm, word: str, *, is_so: bool) -> str:
    parts = [_said(each, form, is_so=is_so) for each in conditions if each != ALWAYS]
    # A part that is joined by the other word is set apart, so that it is read as one.
    other = " or you " if word == "and" else " and you "
    set_apart = [f"({part})" if other in part and len(parts) > 1 else part for part in parts]
    return f" {word} ".join(set_apart)


def _options(key: str, codes: Iterable[str], form: SurveyForm) -> str:
    labels = _labels(key, form)
    # In the order in which they are offered.
    order = list(labels)
    ordered = sorted(codes, key=lambda code: (order.index(code) if code in order else 999, code))
    said = [f"“{labels.get(code, code)}”" for code in ordered]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"


def _labels(key: str, form: SurveyForm) -> Mapping[str, str]:
    part = _part(key, form)
    offered = part.options if isinstance(part, ChoiceQuestion | RankingQuestion) else ()
    labels = {option.code: option.label for option in offered}
    return labels | {PREFER_NOT_TO_SAY: labels.get(PREFER_NOT_TO_SAY, "Prefer not to say")}


def _part(key: str, form: SurveyForm) -> Question | None:
    return next((part for part in form.parts if part.key == key), None)


def _unit(key: str, form: SurveyForm) -> str:
    part = _part(key, form)
    return f" {part.unit}" if isinstance(part, NumberQuestion) and part.unit else ""


def _question(key: str, form: SurveyForm) -> str:
    """Return a question by its number; a row of a grid by its letter as well: "question 5b"."""
    for question in form.questions:
        keys = [part.key for part in question.parts]
        if key == question.key:
            return f"question {form.numbers[question.key]}"
        if isinstance(question, GridQuestion) and key in keys:
            return f"question {form.numbers[question.key]}{mark_of(keys.index(key))}"
    return f"the question “{key}”"
