"""What a personal detail is, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

Found = Iterator[tuple[int, int]]
Finder = Callable[[str], Found]
"""Yields start and end of what it finds."""


class Kind(Enum):
    """What a personal detail is; the value is how it reads where it was removed."""

    LINK = "link"
    EMAIL = "e-mail address"
    SOCIAL_MEDIA = "social media name"
    BANK_ACCOUNT = "bank account"
    CARD_NUMBER = "card number"
    CRIME_REFERENCE = "crime reference number"
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
