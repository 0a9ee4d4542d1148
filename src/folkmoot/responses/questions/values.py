"""Numbers, days, postcodes and points as they are typed, read and written. No framework."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from folkmoot.core.days import MONTHS

# No number and no postcode is longer; a text that is is not looked at mark by mark.
LONGEST = 100
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,15})?")
# Letters and digits before the space and after it; the last letters are never C, I, K, M, O or V.
DISTRICT = re.compile(r"[A-Z]{1,2}[0-9]([0-9]|[A-Z])?|GIR")
WHOLE_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9](?:[0-9]|[A-Z])?|GIR) ([0-9][ABD-HJLNP-UW-Z]{2})")
_SECTOR = re.compile(r"([A-Z]{1,2}[0-9](?:[0-9]|[A-Z])?) [0-9]")
_INWARD = re.compile(r"[0-9][A-Z]{2}$")


def number_written(typed: str) -> str:
    """Return a number with a point and without separators: "1,234.5" gives "1234.5".

    A single comma that cannot divide thousands is a decimal comma ("1,5" gives "1.5"). What is no
    number is returned as it was typed.
    """
    if len(typed) > LONGEST:
        return typed.strip()
    plain = "".join(
        str(unicodedata.decimal(mark)) if mark.isdecimal() else mark
        for mark in typed
        if not mark.isspace() and unicodedata.category(mark) != "Cf"
    )
    plain = plain.replace("−", "-").removeprefix("+")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    if re.fullmatch(r"-?\.\d+", plain):
        plain = plain.replace(".", "0.", 1)
    plain = plain.removesuffix(".") if re.fullmatch(r"-?\d+\.", plain) else plain
    return plain if NUMBER.fullmatch(plain) else typed.strip()


def day_written(day: str, month: str, year: str) -> str:
    """Return a day as YYYY-MM-DD; what is none with "/" between its parts, empty for nothing.

    A month may be a number or a name, of which three letters are enough.
    """
    try:
        return date(_digits(year, 4), _month(month), _digits(day, 2)).isoformat()
    except ValueError:
        return "/".join((day, month, year)) if day or month or year else ""


def day_parts(written: str) -> tuple[str, str, str]:
    """Return day, month and year of what `day_written` returned."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        day, month, year = [*written.split("/", 2), "", ""][:3]
        return day, month, year
    return str(found.day), str(found.month), f"{found.year:04}"


def postcode(typed: str, *, is_whole: bool) -> str:
    """Return a postcode as it is written, or its district alone: "SW1A 2AA", "SW1A".

    A part of one is returned as far as it goes: of "SW1A 2" the district.
    """
    if len(typed) > LONGEST:
        return typed.strip()
    spaced = " ".join(typed.upper().split())
    if not is_whole and (sector := _SECTOR.fullmatch(spaced)):
        return sector[1]
    plain = spaced.replace(" ", "")
    found = _INWARD.search(plain)
    # A district may end in a digit and letters too ("EC1A"), so only what follows one is taken.
    if found and DISTRICT.fullmatch(plain[: found.start()]):
        district = plain[: found.start()]
        return f"{district} {found[0]}" if is_whole else district
    return plain


def is_postcode(written: str, *, is_whole: bool) -> bool:
    """Whether what `postcode` returned could be a postcode, or a district."""
    return bool((WHOLE_POSTCODE if is_whole else DISTRICT).fullmatch(written))


def read_point(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees of "51.5,-0.12"; None where it is none."""
    try:
        latitude, longitude = map(float, text.split(","))
    except ValueError:
        return None
    is_on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180
    return (latitude, longitude) if is_on_earth else None


def point_written(point: tuple[float, float]) -> str:
    """Return latitude and longitude as a field has them: "51.5,-0.12"."""
    return f"{point[0]!r},{point[1]!r}"


def _digits(typed: str, most: int) -> int:
    if not (typed.isdecimal() and len(typed) <= most) or (most == 4 and len(typed) != most):
        raise ValueError(typed)
    return int(typed)


def _month(typed: str) -> int:
    name = typed.strip(".").lower()
    if len(name) >= 3 and name.isalpha():
        for number, month in enumerate(MONTHS, start=1):
            if month.startswith(name) or name == "sept" == month[:4]:
                return number
    return _digits(typed, 2)
