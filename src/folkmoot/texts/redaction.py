"""Personal details in free text, found by pattern, checksum, short lists and context.

Written to be checked by a person: it prefers to hide a word too many over a name too few. What
it finds and what it misses, with the measured recall: docs/methods/redaction.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from folkmoot.texts.english import FUNCTION_WORDS, listed
from folkmoot.texts.person_names import names_in


class Kind(Enum):
    """What a personal detail is; the value is how it reads where it was removed."""

    LINK = "link"
    EMAIL = "e-mail address"
    CARD_NUMBER = "card number"
    NHS_NUMBER = "NHS number"
    NATIONAL_INSURANCE = "National Insurance number"
    PHONE = "phone number"
    DATE_OF_BIRTH = "date of birth"
    ADDRESS = "address"
    POSTCODE = "postcode"
    VEHICLE = "vehicle registration"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Span:
    """A personal detail: text[start:end]."""

    start: int
    end: int
    kind: Kind


Found = Iterator[tuple[int, int]]

_LINK = re.compile(
    r"(?<![\w@])(?:https?://|www\.)[^\s<>\"'()]{2,2000}(?<![.,;:!?])|"
    r"(?<![\w@.])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|co\.uk|org\.uk|gov\.uk|ac\.uk|nhs\.uk|io|uk)"
    r"/(?:[^\s<>\"'()]{1,2000}(?<![.,;:!?]))?",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![\w.+%'’-])[\w.+%'’-]{1,64}\s?@\s?(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}\b|"
    r"(?<![\w.+%'’-])[\w.+%'’-]{1,64}\s?[\[(]\s?at\s?[\])]\s?[\w-]{1,63}"
    r"(?:\s?(?:\.|[\[(]\s?dot\s?[\])])\s?[a-z]{2,63}){1,3}",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(?<![\d.£$€+])\d(?:[ -]?\d){9,18}(?![\d%])")
_PHONE = re.compile(
    r"(?<![\w+.])(?:\+44[ .-]?(?:\(0\)[ .-]?)?|0044[ .-]?|0)(?:[ ().-]{0,2}\d){9,10}(?!\d)|"
    r"\(0\d{2,4}\)(?:[ .-]{0,2}\d){6,8}(?!\d)|"
    r"(?<![\w+])\+[1-9](?:[ ().-]{0,2}\d){8,13}(?!\d)"
)
_NATIONAL_INSURANCE = re.compile(
    r"\b(?!bg|gb|nk|kn|tn|nt|zz)(?:[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z]|qq)[ -]?"
    r"\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[a-d]\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"\b(?:gir ?0aa|(?:[a-pr-uwyz][a-hk-y]?\d[a-hjkps-uw\d]?)"
    r"\s{0,2}(?!1st|2nd|3rd|\dth)\d[abd-hjlnp-uw-z]{2})\b",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    r"\b[a-hj-pr-y]{2}\d{2} ?[a-hj-pr-z]{3}\b|"
    r"\b(?-i:[A-HJ-NPR-Y]\d{1,3} ?[A-HJ-PR-Z]{3})\b|"
    r"\b(?-i:[A-HJ-PR-Z]{3} ?\d{1,3}[A-HJ-NPR-Y])\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_BIRTH = re.compile(
    r"(?:\bborn\b|\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth\b|\bbirthday\b|\bbirth date\b)"
    r"(?:[\s:,–-]|is|was|on|the|=){0,8}"
    r"(?P<date>\d{1,2}[/. -]\d{1,2}[/. -](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|"
    r"\d{1,2}(?:st|nd|rd|th)?(?:\s+of)?\s+"
    + _MONTH
    + r",?(?:\s+\d{4}|\s+\d{2}\b)?|"
    + _MONTH
    + r"\s+\d{1,2}(?:st|nd|rd|th)?,?(?:\s+\d{4})?)",
    re.IGNORECASE,
)
_STREET = (
    r"(?:street|road|avenue|lane|crescent|terrace|grove|gardens|close|drive|court|place|square|"
    r"way|walk|mews|hill|row|parade|rise|park|green|gate|wharf|quay|st|rd|ave|ln|cres|gdns)"
)
_FLAT = r"(?:(?i:flat|apartment|apt|unit|room)\s+\d{1,4}[a-z]?,?\s+)"
_ADDRESS = re.compile(
    _FLAT + r"?\b\d{1,4}[a-zA-Z]?(?:\s?[-/]\s?\d{1,4})?,?\s+"
    r"(?:(?:St\.?\s+)?[A-Z][\w'’.-]{1,30}\s+){1,3}(?i:"
    + _STREET
    + r")\b\.?|"
    + _FLAT
    + r"(?:[A-Z][\w'’.-]{1,30}\s+){1,3}"
    r"(?:House|Court|Tower|Point|Mansions|Lodge|Heights|Buildings|Block)\b"
)
# Without capitals only the surest words for a street count.
_PLAIN_ADDRESS = re.compile(
    r"\b\d{1,4}[a-z]?,?\s+(?P<name>[a-z'’]{3,20}(?:\s+[a-z'’]{3,20})?)\s+"
    r"(?:street|road|avenue|lane|crescent|terrace|grove|gardens|rd)\b",
    re.IGNORECASE,
)
_UNITS = listed(
    "mph minute minutes min mins hour hours mile miles metre metres yard yards year years month "
    "months week weeks day days cars times percent pound pounds"
)
_NOT_A_STREET = (
    FUNCTION_WORDS
    | _UNITS
    | listed(
        "bus busy main people way lane high local residential different separate side quiet rural "
        "country cycle new closed"
    )
)
_WORDS_OF_THREE = listed("and the for are was has had not but you all can her him his")


def _matches(pattern: re.Pattern[str]) -> Callable[[str], Found]:
    return lambda text: (match.span() for match in pattern.finditer(text))


def _cards(text: str) -> Found:
    for match in _DIGITS.finditer(text):
        digits = [int(mark) for mark in match.group() if mark.isdigit()]
        if len(digits) >= 13 and passes_luhn(digits):
            yield match.span()


def _nhs_numbers(text: str) -> Found:
    for match in _DIGITS.finditer(text):
        digits = [int(mark) for mark in match.group() if mark.isdigit()]
        if len(digits) == 10 and digits[0] != 0 and passes_nhs_check(digits):
            yield match.span()


def passes_luhn(digits: list[int]) -> bool:
    """Whether the last digit is the check digit of the others. Source: ISO/IEC 7812-1, annex B."""
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0 and any(digits)


def passes_nhs_check(digits: list[int]) -> bool:
    """Whether ten digits are an NHS number, by modulus 11. Source: NHS Data Dictionary."""
    check = 11 - sum(digit * (10 - at) for at, digit in enumerate(digits[:9])) % 11
    return check != 10 and check % 11 == digits[9]


def _births(text: str) -> Found:
    return (match.span("date") for match in _BIRTH.finditer(text))


def _addresses(text: str) -> Found:
    for match in _ADDRESS.finditer(text):
        if not {word.casefold() for word in match.group().split()} & _UNITS:
            yield match.span()
    for match in _PLAIN_ADDRESS.finditer(text):
        if not {word.casefold() for word in match.group("name").split()} & _NOT_A_STREET:
            yield match.span()


def _vehicles(text: str) -> Found:
    for match in _VEHICLE.finditer(text):
        letters = match.group()[-3:].casefold()
        if letters not in _WORDS_OF_THREE:
            yield match.span()


# In this order: where two overlap, the earlier kind holds.
_FINDERS: tuple[tuple[Kind, Callable[[str], Found]], ...] = (
    (Kind.EMAIL, _matches(_EMAIL)),
    (Kind.LINK, _matches(_LINK)),
    (Kind.CARD_NUMBER, _cards),
    (Kind.NHS_NUMBER, _nhs_numbers),
    (Kind.NATIONAL_INSURANCE, _matches(_NATIONAL_INSURANCE)),
    (Kind.PHONE, _matches(_PHONE)),
    (Kind.DATE_OF_BIRTH, _births),
    (Kind.ADDRESS, _addresses),
    (Kind.POSTCODE, _matches(_POSTCODE)),
    (Kind.VEHICLE, _vehicles),
    (Kind.NAME, names_in),
)
_NEEDS_DIGIT = frozenset(Kind) - {Kind.EMAIL, Kind.LINK, Kind.NAME}


def find_personal_details(text: str) -> list[Span]:
    """Return the personal details in the text, in order, none overlapping another."""
    has_digit = any(mark.isdigit() for mark in text)
    found: list[Span] = []
    taken = bytearray(len(text))
    for kind, finder in _FINDERS:
        if kind in _NEEDS_DIGIT and not has_digit:
            continue
        for start, end in finder(text):
            if end > start and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Span(start, end, kind))
    return sorted(found, key=lambda span: span.start)


def redact(text: str) -> str:
    """Return the text with each personal detail replaced, as in "[name removed]"."""
    return _replaced(text, lambda span: f"[{span.kind.value} removed]")


def without_personal_details(text: str) -> str:
    """Return the text with each personal detail replaced by a stroke, which ends a clause."""
    return _replaced(text, lambda span: " | ")


def _replaced(text: str, wording: Callable[[Span], str]) -> str:
    pieces = []
    at = 0
    for span in find_personal_details(text):
        pieces += [text[at : span.start], wording(span)]
        at = span.end
    return "".join([*pieces, text[at:]])
