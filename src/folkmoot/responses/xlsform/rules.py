"""A condition as the rules that an officer edits: all must hold, each a test or "one of these"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, TypeAlias

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
from folkmoot.responses.conditions import (
    ANSWERED,
    ANY_OF,
    AT_LEAST,
    FIRST_IS,
    LESS_THAN,
    NONE_OF,
    ONE_OF,
    RULE,
    UNANSWERED,
)
from folkmoot.responses.xlsform.conditions import NotUnderstoodError, digits, less_than

# All groups must hold; of a group, one of its tests.
Groups: TypeAlias = tuple[tuple[Condition, ...], ...]
MOST_GROUPS = 60


def raw_rules(condition: Condition) -> list[dict[str, Any]]:
    """Return a condition as the page keeps it (see `conditions.condition`); empty for always.

    Brackets within brackets are multiplied out. Raises NotUnderstoodError where that gives more
    than 60 groups.
    """
    raw: list[dict[str, Any]] = []
    for group in _groups(condition, is_so=True):
        rules = [_rule(test) for test in dict.fromkeys(group)]
        if len(rules) == 1:
            raw.append({"type": RULE, "value": rules[0]})
        else:
            raw.append({"type": ONE_OF, "value": rules})
    # What says the same twice is said once.
    return [each for place, each in enumerate(raw) if each not in raw[:place]]


def _groups(condition: Condition, *, is_so: bool) -> Groups:
    """Return the groups that say a condition, or its contrary."""
    if _is_test(condition):
        return ((condition,),) if is_so else _contrary(condition)
    match condition:
        case Not(inner):
            return _groups(inner, is_so=not is_so)
        case Every(parts) if is_so:
            return _all(parts, is_so=True)
        case Some(parts) if not is_so:
            return _all(parts, is_so=False)
        case Every(parts) | Some(parts):
            return _one(parts, is_so=is_so)
    raise NotUnderstoodError("it has no counterpart here")


def _all(parts: Sequence[Condition], *, is_so: bool) -> Groups:
    found = tuple(group for part in parts for group in _groups(part, is_so=is_so))
    return tuple(dict.fromkeys(found))


def _one(parts: Sequence[Condition], *, is_so: bool) -> Groups:
    if not parts:
        raise NotUnderstoodError("it never holds")
    groups: Groups = ((),)
    for part in parts:
        more = _groups(part, is_so=is_so)
        groups = tuple((*left, *right) for left, right in product(groups, more))
        if len(groups) > MOST_GROUPS:
            raise NotUnderstoodError("it has too many brackets within brackets")
    return groups


def _is_test(condition: Condition) -> bool:
    match condition:
        case AnyOf() | FirstOf() | Answered() | AtLeast() | Not(AnyOf()) | Not(Answered()):
            return True
        case Every((Answered(key), Not(AtLeast(same)))):
            return key == same
    return False


def _contrary(test: Condition) -> Groups:
    match test:
        case Not(inner):
            return ((inner,),)
        case FirstOf():
            raise NotUnderstoodError("what is not put first cannot be tested")
        case AtLeast(key, number):
            # Nothing answered is not at least anything.
            return ((Not(Answered(key)), less_than(key, number)),)
        case Every((Answered(key), Not(AtLeast(_, number)))):
            return ((Not(Answered(key)), AtLeast(key, number)),)
    return ((Not(test),),)


def _rule(test: Condition) -> dict[str, str]:
    match test:
        case AnyOf(key, codes):
            return _said(key, ANY_OF, ", ".join(sorted(codes)))
        case Not(AnyOf(key, codes)):
            return _said(key, NONE_OF, ", ".join(sorted(codes)))
        case FirstOf(key, codes):
            return _said(key, FIRST_IS, ", ".join(sorted(codes)))
        case Answered(key):
            return _said(key, ANSWERED)
        case Not(Answered(key)):
            return _said(key, UNANSWERED)
        case AtLeast(key, number):
            return _said(key, AT_LEAST, digits(number))
        case Every((Answered(key), Not(AtLeast(_, number)))):
            return _said(key, LESS_THAN, digits(number))
    raise NotUnderstoodError("it has no counterpart here")


def _said(question: str, test: str, value: str = "") -> dict[str, str]:
    return {"question": question, "test": test, "value": value}


def every(conditions: Sequence[Condition]) -> Condition:
    """Return the condition that all hold, without those that always do."""
    parts = tuple(each for each in conditions if each != ALWAYS)
    if len(parts) < 2:
        return parts[0] if parts else ALWAYS
    flat: list[Condition] = []
    for part in parts:
        is_test = not isinstance(part, Every) or _is_test(part)
        flat += [part] if is_test else part.conditions  # type: ignore[union-attr]
    return Every(tuple(flat))
