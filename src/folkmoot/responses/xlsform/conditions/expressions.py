"""Conditions written as expressions."""

from __future__ import annotations

from decimal import Decimal

from folkmoot.core.routing import (
    Answered,
    AnyOf,
    AtLeast,
    Condition,
    Every,
    FirstOf,
    Not,
    Some,
)
from folkmoot.responses.questions import (
    DECLINED,
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    Question,
    field_name,
)
from folkmoot.responses.xlsform.conditions.tokens import Named


def expression_of(condition: Condition, named: Named) -> str:
    """Return the expression that says a condition; empty where it always holds.

    Raises NotUnderstoodError for one on a question that there is not.
    """
    match condition:
        case AnyOf(key, codes):
            question = named(key)
            is_one = isinstance(question, ChoiceQuestion) and not question.several
            tests = [
                f"${{{key}}} = '{code}'"
                if is_one
                else f"selected(${{{_where(question, key, code)}}}, '{code}')"
                for code in sorted(codes)
            ]
            return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"
        case FirstOf(key, codes):
            tests = [f"selected-at(${{{key}}}, 0) = '{code}'" for code in sorted(codes)]
            return tests[0] if len(tests) == 1 else f"({' or '.join(tests)})"
        case Answered(key):
            return f"${{{key}}} != ''"
        case AtLeast(key, number):
            return f"${{{key}}} >= {digits(number)}"
        case Every((Answered(key), Not(AtLeast(same, number)))) if key == same:
            return f"${{{key}}} < {digits(number)}"
        case Every(conditions):
            parts = [expression_of(each, named) for each in conditions]
            return " and ".join(
                f"({part})" if isinstance(each, Some) else part
                for each, part in zip(conditions, parts, strict=True)
                if part
            )
        case Some(conditions):
            # In brackets of its own each, so that what is one test stays one.
            parts = [expression_of(each, named) for each in conditions]
            return " or ".join(map(_bracketed, parts))
        case Not(Answered(key)):
            return f"${{{key}}} = ''"
        case Not(inner):
            return f"not{_bracketed(expression_of(inner, named))}"


def _bracketed(said: str) -> str:
    """Return an expression in brackets; as it is where one pair holds the whole of it."""
    depth = 0
    for place, mark in enumerate(said):
        depth += (mark == "(") - (mark == ")")
        if depth == 0:
            return said if mark == ")" and place == len(said) - 1 else f"({said})"
    return f"({said})"


def _where(question: Question | None, key: str, code: str) -> str:
    """Return the name of the row in which a code is chosen: beside the question, for declining."""
    is_beside = code == PREFER_NOT_TO_SAY and not isinstance(question, ChoiceQuestion)
    return field_name(key, DECLINED) if is_beside else key


def digits(number: float) -> str:
    """Return a number without an exponent: "18", "0.5"."""
    return f"{Decimal(repr(number)).normalize():f}"
