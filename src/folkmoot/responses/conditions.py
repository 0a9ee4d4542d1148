"""When a question or step is shown, as an officer writes it, to a condition of `core.routing`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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

ANY_OF, NONE_OF = "any-of", "none-of"
ANSWERED, UNANSWERED = "answered", "unanswered"
AT_LEAST, LESS_THAN = "at-least", "less-than"
FIRST_IS = "first-is"
TESTS = (
    (ANY_OF, "is one of"),
    (NONE_OF, "is none of"),
    (ANSWERED, "is answered"),
    (UNANSWERED, "is not answered"),
    (AT_LEAST, "is at least"),
    (LESS_THAN, "is less than"),
    (FIRST_IS, "puts first one of"),
)
OF_OPTIONS = (ANY_OF, NONE_OF, FIRST_IS)
OF_NUMBERS = (AT_LEAST, LESS_THAN)
RULE, ONE_OF = "rule", "one_of"


def condition(written: Any) -> Condition:
    """Return the condition that the blocks of "show only if" say; always where there are none.

    All blocks must hold: a rule, or a group of rules of which one must.
    """
    parts: list[Condition] = []
    for block in written or ():
        if block.block_type == ONE_OF:
            parts.append(Some(tuple(_rule(each) for each in block.value)))
        else:
            parts.append(_rule(block.value))
    if not parts:
        return ALWAYS
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def codes(written: str) -> frozenset[str]:
    """Return the option codes of a rule, written with commas between them."""
    return frozenset(code.strip() for code in written.split(",") if code.strip())


def _rule(rule: Mapping[str, Any]) -> Condition:
    question, test, value = rule["question"].strip(), rule["test"], rule["value"] or ""
    match test:
        case "any-of":
            return AnyOf(question, codes(value))
        case "none-of":
            return Not(AnyOf(question, codes(value)))
        case "answered":
            return Answered(question)
        case "unanswered":
            return Not(Answered(question))
        case "first-is":
            return FirstOf(question, codes(value))
        case "at-least":
            return AtLeast(question, float(value))
        case _:
            return Every((Answered(question), Not(AtLeast(question, float(value)))))
