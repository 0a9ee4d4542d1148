"""Numbers that lead to one person: cards, accounts, NHS, National Insurance, telephones, crimes."""

from __future__ import annotations

import re

from folkmoot.texts.redaction.kinds import Found

_DIGITS = re.compile(r"(?<![\w.£$€+])\d(?:[ .-]{0,2}\d){9,22}(?![\d%])")
_GROUP = re.compile(r"\d+")
# A card's number is written in four or five groups, its expiry date in two.
_MOST_GROUPS = 7
_CARD_LENGTHS = range(13, 20)
_IBAN = re.compile(
    r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b", re.IGNORECASE
)
_SORT_CODE = r"\d{2}[ -]?\d{2}[ -]?\d{2}"
_ACCOUNT = re.compile(
    r"\b(?:sort\s?code|s/c)(?:\s?(?:is|was|:|=|no\.?|number)){0,2}\s?(?P<code>"
    + _SORT_CODE
    + r")(?!\d)|"
    r"\b(?:bank\s)?(?:account|acct?|a/c)(?:\s?(?:number|num|no|is|was|:|=|#)\.?){0,3}\s?"
    r"(?P<account>\d(?:[ -]?\d){6,9})(?!\d)|"
    r"(?<![\w.-])(?P<both>\d{2}-\d{2}-\d{2}[ ,;/]{1,3}"
    r"(?:(?:account|acct?|a/c)(?:\s(?:number|no))?[ :.]{1,3})?\d{8})(?!\d)",
    re.IGNORECASE,
)
_NHS_SAID = re.compile(
    r"\bnhs\s?(?:number|num|no|id|nr)\.?(?:\s?(?:is|was|:|=|-|#)){0,2}\s{0,2}"
    r"(?P<number>\d(?:[ .-]{0,2}\d){8,10})(?!\d)",
    re.IGNORECASE,
)
_NATIONAL_INSURANCE = re.compile(
    r"\b(?!bg|gb|nk|kn|tn|nt|zz)(?:[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z]|qq)[ .-]{0,2}"
    r"\d{2}[ .-]{0,2}\d{2}[ .-]{0,2}\d{2}[ .-]{0,2}[a-d]\b|"
    r"\b(?:ni|n\.i\.|nino|national insurance)(?:\s(?:number|num|no))?\.?"
    r"(?:\s?(?:is|was|:|=|-|#)){0,2}\s{0,2}"
    r"(?P<number>[a-z]{2}[ .-]{0,2}\d(?:[ .-]{0,2}\d){4,6}(?:[ .-]{0,2}[a-z])?)\b",
    re.IGNORECASE,
)
_PART = r"(?:[ ().\u00a0\u2010-\u2014-]{0,2}\d)"
_PHONE = re.compile(
    # From abroad, or written as if.
    r"(?<![\w+.])(?:\(\+\s?44\)|\+\s?44|0044)[ .-]?(?:\(0\)[ .-]?)?" + _PART + r"{9,10}(?!\d)|"
    r"(?<![\w+.£$€-])44[ -]?7(?:[ -]?\d){9}(?!\d)|"
    r"(?<![\w+])(?:\+\s?|00)[1-9]" + _PART + r"{7,13}(?!\d)|"
    # A mobile number may lack a digit or have one too many, and begin with the letter O.
    r"(?<![\w+.£$€])[0oO]7" + _PART + r"{8,10}(?![\d%])|"
    r"(?<![\w+.£$€])0" + _PART + r"{9,10}(?![\d%])|"
    r"(?<![\w+.£$€])0\d{3,4}\s?/\s?" + _PART + r"{6,7}(?!\d)|"
    r"\(0\d{2,5}\)(?:[ .-]{0,2}\d){5,8}(?!\d)"
)
_PHONE_SAID = re.compile(
    r"\b(?:tel|telephone|phone|phoned|mobile|mob|cell|call|ring|text|whats\s?app|fax|landline)"
    r"(?:\s?(?:number|num|no|me|us|him|her|them|is|was|on|at|back|please|:|=|-|\.)){0,4}\s{0,2}"
    r"(?P<number>\+?\d(?:[ .-]{0,2}\d){5,12})(?!\d)(?!\s?(?:times|people|calls|%))",
    re.IGNORECASE,
)
_CRIME = re.compile(
    # Number and year, as the Metropolitan Police write it; others put an area before them.
    r"(?<![\w/])\d{6,8}/\d{2}(?![\w/])|"
    r"(?<![\w/])\d{2}[A-Z]{0,2}/\d{4,7}/\d{2}(?:\d{2})?(?![\w/])|"
    r"(?<![\w*])\d{2}\*\d{5,7}(?![\w*])|"
    r"(?<![\w/])CR[IN]?/(?:\d[A-Z0-9]{1,5}/)?\d{3,8}(?:/\d{2})?(?![\w/])|"
    # A control room's record: number and day.
    r"\bCAD[ :#]{0,3}(?:(?:number|num|no|ref)\b[ :.]{0,2})?\d{2,6}"
    r"(?:\s?(?:/|of|-|on)\s?\d{1,2}\s?(?:[A-Z]{3,4}|[/.-]\d{1,2}[/.-])\s?\d{2,4})?(?![\w/])|"
    r"\blog[ :#]{1,3}(?:(?:number|num|no|ref)\b[ :.]{0,2})?\d{2,6}"
    r"\s?(?:/|of|-|on)\s?\d{1,2}\s?(?:[A-Z]{3,4}|[/.-]\d{1,2}[/.-])\s?\d{2,4}(?![\w/])",
    re.IGNORECASE,
)
_CRIME_SAID = re.compile(
    r"\b(?:(?:crime|incident|police|case|occurrence|offence|custody|complaint|report|log|cad|"
    r"action\sfraud)\s{1,2}){1,2}"
    r"(?:reference|ref|number|num|no|id|log|urn)\b\.?"
    r"(?:\s?(?:number|num|no|is|was|being|:|=|-|#|\.)){0,3}\s{0,2}[(\[]?"
    r"(?P<number>(?:[a-z]{1,5}[ /-]?)?\d[a-z0-9*]{0,14}(?:[/-][a-z0-9*]{1,12}){0,5})|"
    r"\b(?:crn|urn|nfrc|(?:crime\s|our\s|your\s)?ref(?:erence)?(?:\sno|\snumber)?)\b\.?"
    r"(?:\s?(?:is|was|:|=|-|#|\.)){0,2}\s{0,2}"
    r"(?P<other>(?:[a-z]{1,5}[ /-]?)?\d[a-z0-9*]{0,14}(?:[/-][a-z0-9*]{1,12}){0,5})",
    re.IGNORECASE,
)
_LETTERS = {letter: str(at) for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", start=10)}


def cards(text: str) -> Found:
    """Yield numbers of payment cards; an expiry date that follows is no part of the number."""
    for match in _DIGITS.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(match.group())]
        if len(groups) > _MOST_GROUPS:
            groups = [(0, groups[-1][1])]
        for start, end in _runs_of(groups):
            digits = [int(mark) for mark in match.group()[start:end] if mark.isdecimal()]
            if len(digits) in _CARD_LENGTHS and passes_luhn(digits):
                yield match.start() + start, match.start() + end
                break


def _runs_of(groups: list[tuple[int, int]]) -> Found:
    """Yield every run of neighbouring groups, long ones first."""
    for many in range(len(groups), 0, -1):
        for first in range(len(groups) - many + 1):
            yield groups[first][0], groups[first + many - 1][1]


def bank_accounts(text: str) -> Found:
    """Yield IBANs that pass their check, sort codes and account numbers."""
    for match in _IBAN.finditer(text):
        if passes_iban_check(match.group()):
            yield match.span()
    for match in _ACCOUNT.finditer(text):
        yield match.span(match.lastgroup or 0)


def nhs_numbers(text: str) -> Found:
    """Yield numbers that pass the NHS check, or that are said to be an NHS number."""
    for match in _NHS_SAID.finditer(text):
        yield match.span("number")
    for match in _DIGITS.finditer(text):
        digits = [int(mark) for mark in match.group() if mark.isdigit()]
        if len(digits) == 10 and digits[0] != 0 and passes_nhs_check(digits):
            yield match.span()


def national_insurance_numbers(text: str) -> Found:
    """Yield National Insurance numbers; one that is said to be one may lack its last letter."""
    return (match.span(match.lastgroup or 0) for match in _NATIONAL_INSURANCE.finditer(text))


def phones(text: str) -> Found:
    """Yield telephone numbers, of Britain and with a country's code."""
    for match in _PHONE.finditer(text):
        yield match.span()
    for match in _PHONE_SAID.finditer(text):
        yield match.span("number")


def crime_references(text: str) -> Found:
    """Yield the numbers by which the police know a crime, an incident or a call."""
    for match in _CRIME.finditer(text):
        yield match.span()
    for match in _CRIME_SAID.finditer(text):
        name = match.lastgroup or ""
        if sum(mark.isdigit() for mark in match.group(name)) >= 4:
            yield match.span(name)


def passes_luhn(digits: list[int]) -> bool:
    """Whether the last digit is the check digit of the others. Source: ISO/IEC 7812-1, annex B."""
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0 and any(digits)


def passes_nhs_check(digits: list[int]) -> bool:
    """Whether ten digits are an NHS number, by modulus 11. Source: NHS Data Dictionary."""
    check = 11 - sum(digit * (10 - at) for at, digit in enumerate(digits[:9])) % 11
    return check != 10 and check % 11 == digits[9]


def passes_iban_check(written: str) -> bool:
    """Whether an IBAN's two check digits fit the rest, by modulus 97. Source: ISO 13616-1."""
    marks = [mark for mark in written.upper() if mark.isalnum()]
    if not 15 <= len(marks) <= 34:
        return False
    turned = "".join(_LETTERS.get(mark, mark) for mark in [*marks[4:], *marks[:4]])
    return turned.isdecimal() and int(turned) % 97 == 1
