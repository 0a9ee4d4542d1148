"""The columns of the wide MPS crime files that are months, and files that make one release."""

from __future__ import annotations

import re
from collections.abc import Sequence

from folkmoot.core.periods import Month, months_between
from folkmoot.sources.sheets import Sheet

_MONTH = re.compile(r"(\d{4})(0[1-9]|1[0-2])")
ONE_RELEASE = "give both files of one release, downloaded on the same day"


def months_of(sheet: Sheet, keys: int) -> tuple[Month, ...]:
    """Return the months of a header after so many columns of keys; they must be consecutive."""
    months: list[Month] = []
    for name in sheet.header[keys:]:
        found = _MONTH.fullmatch(name)
        if not found:
            raise sheet.refuse(
                f"'{name}' is not a month such as 202502",
                "restore the header as it was published",
                line=1,
                column=name or None,
            )
        month = Month(int(found[1]), int(found[2]))
        if months and month != months[-1].shift(1):
            raise sheet.refuse(
                f"{month.label} follows {months[-1].label}, so "
                + hole_or_overlap(months[-1], month),
                line=1,
                column=name,
            )
        months.append(month)
    if not months:
        raise sheet.refuse("there is no column for a month", line=1)
    return tuple(months)


def refuse_misfits(files: Sequence[tuple[Sheet, Sequence[Month]]], keys: int) -> None:
    """Refuse files, oldest first, whose months are not those of one release."""
    if len(files) > 2:
        raise files[2][0].refuse("a release has two files, and this is the third", ONE_RELEASE)
    if len(files) < 2:
        return
    (older, before), (newer, after) = files
    if after[0] != before[-1].shift(1):
        raise newer.refuse(
            f"it begins in {after[0].label} and {older.file.name} ends in {before[-1].label}, so "
            + hole_or_overlap(before[-1], after[0]),
            ONE_RELEASE,
            line=1,
            column=newer.header[keys],
        )


def hole_or_overlap(last: Month, first: Month) -> str:
    """Say which months are missing between two neighbours, or stand in both."""
    if months_between(last, first) > 1:
        begin, end, problem = last.shift(1), first.shift(-1), "missing"
    else:
        begin, end, problem = first, last, "there twice"
    if begin >= end:
        return f"{end.label if problem == 'missing' else begin.label} is {problem}"
    return f"{begin.label} to {end.label} are {problem}"
