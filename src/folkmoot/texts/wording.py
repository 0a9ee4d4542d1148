"""An answer as people typed it, read as text and as words."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence

from folkmoot.texts.english import FUNCTION_WORDS, SAYS_NOTHING

_TAG = re.compile(
    r"</?(?:a|abbr|b|blockquote|body|br|code|div|em|font|h[1-6]|head|hr|html|i|img|li|link|meta|o:p"
    r"|ol|p|pre|script|small|span|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_UNSEEN = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SPACE = re.compile(r"\s+")
_MOST_SAID_OF_NOTHING = max(len(each.split()) for each in SAYS_NOTHING)
_APART = {code: " " for code in range(128) if not chr(code).isalnum() and chr(code) != "'"}
# Zero-width and joining marks and what controls a machine (NUL among it) are typed by nobody and
# split words that look whole.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u2060\ufeff]")


def plain_text(answer: str | None) -> str:
    """Return the answer without mark-up, entities and doubled spaces; "" for None.

    Only tags of HTML's own names go, so that "<3" and "under <5 minutes" stay.
    """
    if not answer:
        return ""
    text = answer
    if "<" in text:
        text = _TAG.sub(" ", _UNSEEN.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


_MASK = re.compile(r"\b[xX]{2,}\b|[*_#]+|\[[^\[\]]{0,40}(?:removed|redacted)\]", re.IGNORECASE)


def without_masks(text: str) -> str:
    """Return the text with names that were masked before ("XXXX was kind") replaced by a stroke."""
    return _SPACE.sub(" ", _MASK.sub(" | ", text)).strip()


def words(text: str) -> list[str]:
    """Return the words in lower case, in order; an apostrophe within a word stays."""
    lower = text.casefold().replace("’", "'")
    if not lower.isascii() or "''" in lower:
        return _WORD.findall(lower)
    # Ten times as fast as the pattern, and the same.
    apart = f" {lower.translate(_APART)} "
    said = apart.split()
    if "'" in lower and ("' " in apart or " '" in apart):
        return [word for word in (word.strip("'") for word in said) if word]
    return said


def is_empty(text: str) -> bool:
    """Whether nothing was written: only spaces, dashes and other punctuation."""
    return not any(unicodedata.category(mark)[0] in "LNS" for mark in text)


def carries_signal(said: Sequence[str]) -> bool:
    """Whether the words of an answer could belong to a theme.

    False for "No", "N/A", "Don't know", "See above", a lone emoji, or a run of numbers.
    "Nothing" carries signal: to "What could we do better?" it is a reply many people give.
    """
    if len(said) <= _MOST_SAID_OF_NOTHING and " ".join(said) in SAYS_NOTHING:
        return False
    return any(word not in FUNCTION_WORDS and not word.isnumeric() for word in said)
