"""Registrations of vehicles, in the styles that the DVLA issued."""

from __future__ import annotations

import re

from folkmoot.texts.english import listed
from folkmoot.texts.redaction.kinds import Found

_GAP = r"[ .-]{0,2}"
_CURRENT = (
    r"(?:[A-HJ-PR-Y]{2}" + _GAP + r"\d{2}" + _GAP + r"[A-HJ-PR-Z]{3}|"
    # With a gap in small letters it would be "at 10 the".
    r"(?i:[a-hj-pr-y]{2}\d{2}" + _GAP + r"[a-hj-pr-z]{3}))"
)
_PREFIX = r"[A-HJ-NP-TV-Y]\d{1,3}" + _GAP + r"[A-HJ-PR-Z]{3}"
_SUFFIX = r"[A-HJ-PR-Z]{3}" + _GAP + r"\d{1,3}[A-HJ-NPR-Y]"
_NORTHERN_IRISH = r"(?:[A-Z]I[A-Z]|[A-Z]{2}Z)" + _GAP + r"\d{1,4}"
_VEHICLE = re.compile(
    r"\b" + _CURRENT + r"\b|\b" + _PREFIX + r"\b|\b" + _SUFFIX + r"\b|\b" + _NORTHERN_IRISH + r"\b"
)
# In small letters the older styles need a word that says what they are.
_SAID = re.compile(
    r"\b(?:reg|registration|registered|number\s?plate|plate|vrm|index)s?\b"
    r"(?:\s?(?:number|num|no|mark|is|was|of|plate|car|the|:|=|-|#|\.)){0,4}\s{0,2}['\"“]?"
    r"(?P<mark>"
    + _CURRENT
    + "|"
    + _PREFIX
    + "|"
    + _SUFFIX
    + r"|(?-i:[A-Z]{1,3}"
    + _GAP
    + r"\d{1,4}|"
    r"\d{1,4}" + _GAP + r"[A-Z]{1,3}))\b",
    re.IGNORECASE,
)
_WORDS_OF_THREE = listed(
    "and the for are was has had not but you all can her him his one two out our who how now day "
    "new old per way off any get got why yes its man men may old too use she bed bus car min mph"
)


def vehicles(text: str) -> Found:
    """Yield registrations: current, prefix, suffix and Northern Irish."""
    for match in _VEHICLE.finditer(text):
        letters = match.group()[-3:]
        is_current = letters.isupper() and match.group()[1].isalpha()
        if is_current or letters.casefold() not in _WORDS_OF_THREE:
            yield match.span()
    for match in _SAID.finditer(text):
        if match.group("mark")[-3:].strip().casefold() not in _WORDS_OF_THREE:
            yield match.span("mark")
