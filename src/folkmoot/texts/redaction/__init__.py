"""Personal details in free text, found by pattern, checksum, short lists and context.

Written to be checked by a person: it prefers to hide a word too many over a name too few. What
it finds and what it misses, with the measured recall: docs/methods/redaction.md.
"""

from __future__ import annotations

from collections.abc import Callable

from folkmoot.texts.person_names import names_in
from folkmoot.texts.redaction.births import births
from folkmoot.texts.redaction.kinds import Finder, Kind, Span
from folkmoot.texts.redaction.numbers import (
    bank_accounts,
    cards,
    crime_references,
    national_insurance_numbers,
    nhs_numbers,
    phones,
)
from folkmoot.texts.redaction.online import emails, handles, links
from folkmoot.texts.redaction.places import addresses, postcodes
from folkmoot.texts.redaction.vehicles import vehicles

__all__ = ["Kind", "Span", "find_personal_details", "redact", "without_personal_details"]

# In this order: where two find the same, the earlier kind holds.
_FINDERS: tuple[tuple[Kind, Finder], ...] = (
    (Kind.EMAIL, emails),
    (Kind.LINK, links),
    (Kind.SOCIAL_MEDIA, handles),
    (Kind.DATE_OF_BIRTH, births),
    (Kind.BANK_ACCOUNT, bank_accounts),
    (Kind.CARD_NUMBER, cards),
    (Kind.CRIME_REFERENCE, crime_references),
    (Kind.NHS_NUMBER, nhs_numbers),
    (Kind.NATIONAL_INSURANCE, national_insurance_numbers),
    (Kind.PHONE, phones),
    (Kind.ADDRESS, addresses),
    (Kind.POSTCODE, postcodes),
    (Kind.VEHICLE, vehicles),
    (Kind.NAME, names_in),
)
_NEEDS_DIGIT = frozenset(Kind) - {Kind.EMAIL, Kind.LINK, Kind.SOCIAL_MEDIA, Kind.NAME}


def find_personal_details(text: str) -> list[Span]:
    """Return the personal details in the text, in order, none overlapping another."""
    has_digit = any(mark.isdigit() for mark in text)
    found = [
        (start, -end, order, kind)
        for order, (kind, finder) in enumerate(_FINDERS)
        if has_digit or kind not in _NEEDS_DIGIT
        for start, end in finder(text)
        if end > start
    ]
    return _apart(found)


def _apart(found: list[tuple[int, int, int, Kind]]) -> list[Span]:
    """Return what was found in order; what overlaps is one, of the kind of its longest part."""
    spans: list[Span] = []
    longest = 0
    for start, minus_end, _, kind in sorted(found, key=lambda each: each[:3]):
        end, last = -minus_end, spans[-1] if spans else None
        if last is None or start >= last.end:
            spans.append(Span(start, end, kind))
            longest = end - start
        elif end > last.end or end - start > longest:
            kept = kind if end - start > longest else last.kind
            spans[-1] = Span(last.start, max(last.end, end), kept)
            longest = max(longest, end - start)
    return spans


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
