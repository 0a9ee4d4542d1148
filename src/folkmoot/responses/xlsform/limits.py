"""The column `constraint`: what an answer may be, as far as a kind of question can say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

_COUNT = re.compile(r"count-selected\(\s*\.\s*\)\s*(>=|<=|>|<|=)\s*(\d+)")
_EXCLUSIVE = (
    re.compile(
        r"not\(\s*selected\(\s*\.\s*,\s*['\"]([^'\"]+)['\"]\s*\)\s+and\s+"
        r"count-selected\(\s*\.\s*\)\s*>\s*1\s*\)"
    ),
    re.compile(
        r"if\(\s*selected\(\s*\.\s*,\s*['\"]([^'\"]+)['\"]\s*\)\s*,\s*"
        r"count-selected\(\s*\.\s*\)\s*=\s*1\s*,\s*true\(\)\s*\)"
    ),
    re.compile(
        r"not\(\s*selected\(\s*\.\s*,\s*['\"]([^'\"]+)['\"]\s*\)\s*\)\s+or\s+"
        r"count-selected\(\s*\.\s*\)\s*=\s*1"
    ),
)
_NUMBER = re.compile(r"\.\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)")
_DAY = re.compile(r"\.\s*(>=|<=|>|<)\s*(?:date\(\s*)?['\"](\d{4}-\d{2}-\d{2})['\"]\s*\)?")


@dataclass(slots=True)
class Limits:
    """What a constraint says; `left` holds the parts that have no counterpart."""

    lowest: float | None = None
    highest: float | None = None
    earliest: date | None = None
    latest: date | None = None
    least: int = 0
    most: int | None = None
    exclusive: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)


def limits_of(constraint: str, kind: str, decimals: int = 0) -> Limits:
    """Return what a constraint says of a question of a kind: "number", "date", "several", else."""
    found = Limits()
    for part in _parts(constraint):
        if not _take(found, _unbracketed(part), kind, decimals):
            found.left.append(part)
    return found


def _take(found: Limits, part: str, kind: str, decimals: int) -> bool:
    if kind == "number" and (match := _NUMBER.fullmatch(part)):
        step = Decimal(1).scaleb(-decimals)
        number = Decimal(match[2])
        match match[1]:
            case ">=" | ">":
                found.lowest = float(number if match[1] == ">=" else number + step)
            case _:
                found.highest = float(number if match[1] == "<=" else number - step)
        return True
    if kind == "date" and (match := _DAY.fullmatch(part)) and match[1] in {">=", "<="}:
        try:
            day = date.fromisoformat(match[2])
        except ValueError:
            return False
        if match[1] == ">=":
            found.earliest = day
        else:
            found.latest = day
        return True
    if kind != "several":
        return False
    for pattern in _EXCLUSIVE:
        if match := pattern.fullmatch(part):
            found.exclusive.add(match[1])
            return True
    if match := _COUNT.fullmatch(part):
        count = int(match[2])
        match match[1]:
            case ">=" | ">":
                found.least = count + (match[1] == ">")
            case "<=" | "<":
                found.most = count - (match[1] == "<")
            case _:
                found.least = found.most = count
        return True
    return False


def _parts(constraint: str) -> Iterator[str]:
    """Yield what stands between one "and" and the next, outside of brackets."""
    depth, part = 0, ""
    for word in re.split(r"(\(|\)|\band\b)", constraint):
        depth += (word == "(") - (word == ")")
        if word == "and" and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += word
    if part.strip():
        yield part.strip()


def _unbracketed(part: str) -> str:
    while part.startswith("(") and part.endswith(")") and part.find(")") == len(part) - 1:
        part = part[1:-1].strip()
    return part
