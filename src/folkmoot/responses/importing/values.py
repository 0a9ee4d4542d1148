"""From a cell to what it says: codes of options, instants, ticks."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from folkmoot.responses.importing.dialects import plain
from folkmoot.responses.questions import PREFER_NOT_TO_SAY, Option

TICKED = frozenset({"yes", "y", "1", "true", "x", "ticked", "checked", "selected", "✓", "✔", "on"})
NOT_TICKED = frozenset(
    {"", "-", "no", "n", "0", "false", "unticked", "unchecked", "not selected", "not ticked", "off"}
)
# What a product writes where somebody chose "other", before or beside what they typed.
_OTHERS = ("-oth-", "other", "other please say", "other please specify", "something else")
_DECLINED = frozenset({"prefer not to say", "prefer not to answer", "i prefer not to say"})
ALIKE = 0.88
LONGEST_CHOICES = 20_000
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?$"
)
_DAY = re.compile(r"(?P<first>\d{1,4})[-/. ](?P<second>\d{1,2})[-/. ](?P<third>\d{1,4})$")
_NAMED = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%d-%b-%Y", "%d/%b/%Y", "%a %b %d %Y")
# Hours ahead of UTC of the zones that exports name by letters. Where letters mean two zones it is
# the one of the product that writes them: Google's AST is of the Atlantic, and BST is of Britain.
_HOURS_AHEAD = {
    **dict.fromkeys(("gmt", "utc", "z", "wet"), 0),
    **dict.fromkeys(("bst", "cet", "west"), 1),
    **dict.fromkeys(("cest", "eet"), 2),
    "eest": 3,
    "wib": 7,
    **dict.fromkeys(("ast", "edt"), -4),
    **dict.fromkeys(("est", "cdt"), -5),
    **dict.fromkeys(("cst", "mdt"), -6),
    **dict.fromkeys(("mst", "pdt"), -7),
    "pst": -8,
}
# A zone behind a clock: by its letters, by how far it is from them, or from UTC.
_ZONE = re.compile(
    r"(?<=[\dMm.])\s*(?P<letters>\b[A-Za-z]{3,4}|Z)?(?P<by>[+-](?:\d{4}|\d{1,2}(?::\d{2})?))?$"
)
# Seconds or milliseconds since 1970, of days from 2001 on.
_SINCE_1970 = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?")
# "Tue Feb 13 12:58:16 WIB 2018": the year behind the clock, as Unix and Java print it.
_YEAR_LAST = re.compile(
    r"[A-Za-z]{3} (?P<month>[A-Za-z]{3}) (?P<day>\d{1,2}) (?P<clock>\d{1,2}:\d{2}:\d{2})"
    r"(?P<zone> [A-Za-z0-9+:-]+)? (?P<year>\d{4})"
)


def value_key(cell: str) -> str:
    """Return how a value is compared and remembered: "Strongly agree." is "strongly agree"."""
    # A value of marks alone, such as "-", is told by its marks.
    return plain(cell)[:300] or cell.strip()[:300]


def lookup(options: Iterable[Option]) -> dict[str, str]:
    """Return the code of each option by all that an export may write for it."""
    found: dict[str, str] = {}
    offered = list(options)
    for option in offered:
        found.setdefault(value_key(option.label), option.code)
    for option in offered:
        found.setdefault(value_key(option.code), option.code)
    beside = [option for option in offered if option.asks_text]
    if len(beside) == 1:
        for word in _OTHERS:
            found.setdefault(value_key(word), beside[0].code)
            found.setdefault(word, beside[0].code)
    if any(option.code == PREFER_NOT_TO_SAY for option in offered):
        for word in _DECLINED:
            found.setdefault(word, PREFER_NOT_TO_SAY)
    return found


def is_declining(cell: str) -> bool:
    """Whether a cell says that somebody would not say."""
    return value_key(cell) in _DECLINED or cell.strip() == PREFER_NOT_TO_SAY


def alike(value: str, options: Iterable[Option]) -> str:
    """Return the code of the option whose label is nearly a value; "" where none is."""
    labels = {value_key(option.label): option.code for option in options}
    found = difflib.get_close_matches(value_key(value), labels, n=1, cutoff=ALIKE)
    return labels[found[0]] if found else ""


def chosen(cell: str, separator: str, codes: dict[str, str]) -> list[tuple[str, str]]:
    """Return the choices in a cell, in its order: (code, "") or ("", what is no option).

    A label may hold the separator itself, so the longest run of pieces that is an option is taken;
    pieces between that are none stay together as one text.
    """
    whole = cell.strip()
    if not whole:
        return []
    if code := codes.get(value_key(whole)):
        return [(code, "")]
    # What is longer than any choices is a text, and is not taken apart.
    pieces = whole.split(separator) if separator and len(whole) < LONGEST_CHOICES else [whole]
    found: list[tuple[str, str]] = []
    unknown: list[str] = []
    at = 0
    # No label has more pieces than its text has separators.
    longest = 1 + max((key.count(" ") for key in codes), default=0)
    while at < len(pieces):
        for end in range(min(len(pieces), at + longest), at, -1):
            code = codes.get(value_key(separator.join(pieces[at:end])))
            if code is not None and any(piece.strip() for piece in pieces[at:end]):
                if text := separator.join(unknown).strip():
                    found.append(("", text))
                unknown = []
                found.append((code, ""))
                at = end
                break
        else:
            unknown.append(pieces[at])
            at += 1
    if text := separator.join(unknown).strip(f" {separator}"):
        found.append(("", text))
    return found


# A file has many rows of one day.
@lru_cache(maxsize=4096)
def read_day(cell: str, *, month_first: bool) -> date | None:
    """Return the day that a cell says; None where it says none.

    A year in front (ISO 8601) is beyond doubt; else `month_first` says how 3/4/2021 is read.
    """
    text = cell.strip().replace(",", "")
    if found := _DAY.match(text):
        first, second, third = (int(found[name]) for name in ("first", "second", "third"))
        if len(found["first"]) == 4:
            year, month, day = first, second, third
        elif len(found["third"]) in (2, 4):
            year = third + 2000 if len(found["third"]) == 2 else third
            day, month = (second, first) if month_first else (first, second)
        else:
            return None
        try:
            return date(year, month, day)
        except ValueError:
            return None
    if not text[:40].isascii():
        return None
    for form in _NAMED:
        try:
            return datetime.strptime(text[:40], form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def read_instant(cell: str, *, month_first: bool, zone: tzinfo) -> datetime | None:
    """Return the instant that a cell says, in `zone` where it names none; None where it says none.

    A day without a time is noon of that day. Understands ISO 8601, the notations of the products
    with or without seconds, AM and PM, and seconds or milliseconds since 1970.
    """
    text = " ".join(cell.split())
    if not text or len(text) > 60:
        return None
    if since := _SINCE_1970.fullmatch(text):
        return datetime.fromtimestamp(int(since[1]), UTC)
    if found := _YEAR_LAST.fullmatch(text):
        text = "{day} {month} {year} {clock}{zone}".format(**found.groupdict(default=""))
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        exact = None
    if exact is not None:
        if len(text) <= 10:
            exact = exact.replace(hour=12)
        return _settled(exact if exact.tzinfo else exact.replace(tzinfo=zone))
    text, offset = _without_zone(text)
    day_text, clock = text, time(12)
    if found := _CLOCK.search(text):
        read = _clock(found)
        if read is None:
            return None
        clock = read
        day_text = text[: found.start()].strip().rstrip(",T").strip()
        day_text = day_text.removesuffix(" at").strip()
    day = read_day(day_text, month_first=month_first)
    if day is None:
        return None
    if offset is not None:
        return _settled(datetime.combine(day, clock, tzinfo=UTC) - offset)
    return _settled(datetime.combine(day, clock, tzinfo=zone))


def _settled(instant: datetime) -> datetime | None:
    """Return an instant in UTC; None for one at the edge of the calendar."""
    try:
        return instant.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _clock(found: re.Match[str]) -> time | None:
    hour = int(found["hour"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"][0].lower() == "p" else 0)
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None


def _without_zone(text: str) -> tuple[str, timedelta | None]:
    """Return a time without the zone that it names, and how far that is ahead of UTC.

    Google's CSV ends "GMT" or "GMT+1".
    """
    if not text[-1].isalpha() and "+" not in text and "-" not in text:
        return text, None
    found = _ZONE.search(text)
    if not found or not found[0] or ":" not in text[: found.start()]:
        return text, None
    letters, by = (found["letters"] or "utc").lower(), found["by"]
    if letters not in _HOURS_AHEAD:
        return text, None
    ahead = timedelta(hours=_HOURS_AHEAD[letters])
    if by:
        hours, minutes = by[1:3].rstrip(":"), by[3:].lstrip(":")
        moved = timedelta(hours=int(hours), minutes=int(minutes or 0))
        ahead += moved if by[0] == "+" else -moved
    return text[: found.start()], ahead


def is_month_first(cells: Iterable[str]) -> bool | None:
    """Return whether the days of a column are written month first; None where it cannot be told."""
    firsts, seconds = [], []
    for cell in cells:
        if found := re.match(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4}", cell):
            firsts.append(int(found[1]))
            seconds.append(int(found[2]))
    if any(first > 12 for first in firsts):
        return False
    return True if any(second > 12 for second in seconds) else None
