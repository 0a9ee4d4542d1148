"""Tables as values: what a page, a CSV and a spreadsheet all print."""

from __future__ import annotations

from dataclasses import dataclass

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, headers with their units, and rows of printed cells; the first is the header.

    `notes` stand under the table and explain its shorthand.
    """

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.headers):
                raise ValueError(
                    f"'{self.caption}': {len(row)} cells for {len(self.headers)} headers in {row}."
                )


def format_count(value: float) -> str:
    """Return a whole number with thousands separators: "1,971"."""
    rounded = round(value)
    return f"{MINUS if rounded < 0 else ''}{abs(rounded):,}"


def format_percent(share: float, digits: int = 0) -> str:
    """Return a share of 0 to 1 as a percentage: "47%"."""
    percent = round(share * 100, digits)
    return f"{MINUS if percent < 0 else ''}{abs(percent):.{digits}f}%"


def format_change(change: float, digits: int = 1) -> str:
    """Return a relative change of 0.042 as "+4.2%", and none as "0.0%"."""
    percent = round(change * 100, digits)
    sign = "+" if percent > 0 else MINUS if percent < 0 else ""
    return f"{sign}{abs(percent):.{digits}f}%"
