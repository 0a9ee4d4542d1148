"""Why an export cannot be made."""

from __future__ import annotations


class TooLargeError(Exception):
    """A format cannot hold what was chosen; the sentence says what to do."""


class ExportRefusedError(ValueError):
    """What was asked for does not go together; the sentence says why and what to do."""
