"""Dates of birth: a date that stands beside a word for being born."""

from __future__ import annotations

import re

from folkmoot.texts.redaction.kinds import Found

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"(?:\d{4}|['’]?\d{2})\b"
_DATE = (
    r"(?:\d{1,2}\s?[/. -]\s?\d{1,2}\s?[/. -]\s?(?:\d{4}|\d{2})\b|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\b|"
    r"\d{1,2}\s?(?:st|nd|rd|th)?(?:\s{1,2}of)?[\s-]{0,2}"
    + _MONTH
    + r"[,\s-]{0,3}(?:"
    + _YEAR
    + r")?|"
    + _MONTH
    + r"\s{1,2}\d{1,2}(?:st|nd|rd|th)?\b,?(?:\s{1,2}"
    + _YEAR
    + r")?)"
)
_WORD = (
    r"(?:\bborn\b|\bd\s?[./]?\s?o\s?[./]?\s?b\b\.?|\bdate[\s-]of[\s-](?:birth|brith|bith)\b|\bbirthday\b|"
    r"\bbirth\s?date\b)"
)
_SAID = re.compile(_WORD, re.IGNORECASE)
_AFTER = re.compile(
    _WORD + r"(?:[\s:,=–(-]|\bis\b|\bwas\b|\bon\b|\bthe\b){0,10}(?P<date>" + _DATE + ")",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?P<date>"
    + _DATE
    + r")(?:[\s:,=–(-]|\bis\b|\bwas\b|\bmy\b|\bhis\b|\bher\b|\bas\b|\bthe\b){1,8}"
    + _WORD,
    re.IGNORECASE,
)


def births(text: str) -> Found:
    """Yield the date alone: that somebody was born may stay."""
    if not _SAID.search(text):
        return
    for pattern in (_AFTER, _BEFORE):
        for match in pattern.finditer(text):
            start, end = match.span("date")
            yield start, start + len(text[start:end].rstrip(" ,-"))
