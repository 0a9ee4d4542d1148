"""The tokens of an expression, and what says that one is not understood."""

from __future__ import annotations

import re
from collections.abc import Callable

from folkmoot.responses.questions import Question

# Given a name as it stands in ${...}, the question it means; None where there is none.
Named = Callable[[str], Question | None]

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<name>\$\{\s*[^}]+?\s*\})
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<number>-?\d+(?:\.\d+)?)
    | (?P<sign><=|>=|!=|=|<|>|\(|\)|,)
    | (?P<word>[A-Za-z][A-Za-z0-9-]*)
    )""",
    re.VERBOSE,
)
_CURLY = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


class NotUnderstoodError(ValueError):
    """A condition says what Folkmoot has no condition for; the sentence says what."""


def tokens(written: str) -> list[tuple[str, str]]:
    """Return the tokens of an expression in order, each its kind (name, text, ...) and its words.

    Curly quotation marks count as straight. Raises NotUnderstoodError where none can be made out.
    """
    text = written.translate(_CURLY).strip()
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotUnderstoodError(f"“{text[at:].strip()[:30]}” is not understood")
        kind = str(match.lastgroup)
        found.append((kind, match.group(kind)))
        at = match.end()
    return found
