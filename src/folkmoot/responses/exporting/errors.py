"""Why an export cannot be made."""

from __future__ import annotations


class TooLargeError(Exception):
    """A format cannot hold what was chosen; the sentence says what to do."""
