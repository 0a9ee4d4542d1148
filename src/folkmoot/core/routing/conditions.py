"""Conditions on answers to earlier questions, and whether they hold."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

# A reply: option codes, or one text, or the digits of a number; empty where nothing was given.
Reply: TypeAlias = tuple[str, ...]
Replies: TypeAlias = Mapping[str, Reply]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds where the reply to a question has at least one of some option codes."""

    question: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class FirstOf:
    """Holds where the first code of the reply to a question is one of some: what ranks first."""

    question: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """Holds where a question was answered at all."""

    question: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds where the reply to a question is a number not below `number`."""

    question: str
    number: float


@dataclass(frozen=True, slots=True)
class Every:
    """Holds where all of its conditions hold; an empty one always holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Holds where at least one of its conditions holds; an empty one never holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where its condition does not."""

    condition: Condition


Atom: TypeAlias = AnyOf | FirstOf | Answered | AtLeast
Condition: TypeAlias = AnyOf | FirstOf | Answered | AtLeast | Every | Some | Not
ALWAYS = Every(())


def holds(condition: Condition, replies: Replies) -> bool:
    """Return whether a condition holds for the replies that count."""
    match condition:
        case AnyOf(question, codes):
            return not codes.isdisjoint(replies.get(question, ()))
        case FirstOf(question, codes):
            return not codes.isdisjoint(tuple(replies.get(question, ()))[:1])
        case Answered(question):
            return any(part.strip() for part in replies.get(question, ()))
        case AtLeast(question, number):
            value = _number(replies.get(question, ()))
            return value is not None and value >= number
        case Every(conditions):
            return all(holds(each, replies) for each in conditions)
        case Some(conditions):
            return any(holds(each, replies) for each in conditions)
        case Not(inner):
            return not holds(inner, replies)


def described(condition: Condition, titles: Mapping[str, str]) -> str:
    """Return a condition in words: "“Were you a victim?” is yes or no"."""
    match condition:
        case AnyOf(question, codes):
            return f"“{titles.get(question, question)}” is {' or '.join(sorted(codes))}"
        case FirstOf(question, codes):
            first = " or ".join(sorted(codes))
            return f"“{titles.get(question, question)}” puts {first} first"
        case Answered(question):
            return f"“{titles.get(question, question)}” is answered"
        case AtLeast(question, number):
            return f"“{titles.get(question, question)}” is at least {number:g}"
        case Every(conditions):
            return _joined(conditions, " and ", titles) or "always"
        case Some(conditions):
            return _joined(conditions, " or ", titles) or "never"
        case Not(inner):
            return f"not ({described(inner, titles)})"


def asked_about(condition: Condition) -> tuple[str, ...]:
    """Return the keys of the questions that a condition asks about, each once, in order."""
    match condition:
        case AnyOf(question) | FirstOf(question) | Answered(question) | AtLeast(question):
            return (question,)
        case Every(conditions) | Some(conditions):
            keys = (key for each in conditions for key in asked_about(each))
            return tuple(dict.fromkeys(keys))
        case Not(inner):
            return asked_about(inner)


def atoms(condition: Condition) -> list[Atom]:
    """Return the tests of single questions that a condition is made of, in order."""
    match condition:
        case Every(conditions) | Some(conditions):
            return [atom for each in conditions for atom in atoms(each)]
        case Not(inner):
            return atoms(inner)
    return [condition]


def _number(reply: Reply) -> float | None:
    try:
        value = float(reply[0]) if reply else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _joined(conditions: Sequence[Condition], word: str, titles: Mapping[str, str]) -> str:
    parts = [described(each, titles) for each in conditions]
    inner = [f"({part})" if " and " in part or " or " in part else part for part in parts]
    return word.join(inner if len(parts) > 1 else parts)
