"""Numbers of sections as they are printed in a plan: 2.9, 2.10, A.1."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*")
_PIECE = re.compile(r"(\d*)(.*)")


def number_key(number: str) -> tuple[tuple[bool, int, str], ...]:
    """Return what sections are sorted by: 2.10 after 2.9, 2a after 2, annex A after them all."""
    return tuple(_piece_key(piece) for piece in number.split("."))


def level(number: str) -> int:
    """Return how deep a section stands: 0 for 2, 1 for 2.3."""
    return number.count(".")


def _piece_key(piece: str) -> tuple[bool, int, str]:
    digits, rest = _PIECE.fullmatch(piece).groups()  # type: ignore[union-attr] # matches any text
    return (not digits, int(digits or 0), rest.casefold())
