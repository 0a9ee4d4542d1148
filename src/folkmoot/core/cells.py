"""Text in a cell that a spreadsheet never takes for a formula, and back again.

Source: OWASP, CSV injection: a cell must not begin with =, +, -, @, a tab, a carriage return or a
line feed, nor with the full-width forms of these signs; an apostrophe before it makes it text.
Two departures: an apostrophe gets one more, and so does a text that looks like the mark of a
missing answer, so that taking the first apostrophe away always gives what was typed.
"""

from __future__ import annotations

import re

# A spreadsheet passes over space before a sign when it reads a file.
_NEEDS_APOSTROPHE = re.compile("[ \u00a0\u3000\ufeff]*['=+\\-@\t\r\n＝＋－＠\\[]").match


def safe_text(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would not read it as text."""
    return f"'{text}" if _NEEDS_APOSTROPHE(text) else text


def typed_text(cell: str) -> str:
    """Return what was typed of a cell that `safe_text` made."""
    return cell[1:] if cell.startswith("'") else cell
