"""What an act refuses, in words for whoever asked."""

from __future__ import annotations


class ThemesError(Exception):
    """Nothing was changed; the message says why, and what to do."""
