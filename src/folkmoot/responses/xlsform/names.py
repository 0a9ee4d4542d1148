"""Names of questions and options as Folkmoot's keys and codes."""

from __future__ import annotations

import re
from collections.abc import Container

LONGEST_KEY = 56


def key_of(name: str) -> str:
    """Return a name as a key: small letters, digits and single hyphens, a letter first."""
    key = code_of(name)
    return key if key[:1].isalpha() else f"q-{key}".strip("-")


def code_of(name: str) -> str:
    """Return a name of an option as a code: small letters, digits and single hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST_KEY].strip("-") or "option"


def distinct(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: itself, or with the first number that makes it so."""
    if name not in taken:
        return name
    return next(found for number in range(2, 100_000) if (found := f"{name}-{number}") not in taken)
