"""Quotations fit to be published: personal details out, ended where a sentence ends."""

from __future__ import annotations

import re
from functools import lru_cache

from folkmoot.texts import redact
from folkmoot.texts.wording import plain_text

LONGEST = 280
# Under this, a sentence end is too early to stand for the answer; cut at a word instead.
SHORTEST = 80
ELLIPSIS = "\N{NO-BREAK SPACE}…"

_SENTENCE_END = re.compile(r"[.!?]['\")\]’”]*(?=\s)")


def shorten(text: str, longest: int = LONGEST) -> str:
    """Return a text of at most `longest` characters, ended at a sentence or else at a word.

    White space, line breaks included, becomes single spaces. What was left out shows as "…".
    """
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[: longest - len(ELLIPSIS) + 1]
    ends = [found.end() for found in _SENTENCE_END.finditer(head)]
    cut = ends[-1] if ends and ends[-1] >= min(SHORTEST, longest // 2) else head.rfind(" ")
    return head[: cut if cut > 0 else longest - len(ELLIPSIS)].rstrip(" ,;:–-") + ELLIPSIS


@lru_cache(maxsize=4096)
def quotation(answer: str, longest: int = LONGEST) -> str:
    """Return an answer as it may be quoted: redacted first, so that no half number is left.

    Kept, as the same few answers are quoted on page after page.
    """
    return shorten(redact(plain_text(answer)), longest)
