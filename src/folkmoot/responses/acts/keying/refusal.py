"""What is said where something cannot be done with a form on paper."""

from __future__ import annotations


class KeyingRefusedError(ValueError):
    """Something cannot be done with a form on paper; the sentence says why and what to do."""


def allow(is_allowed: bool, what: str) -> None:
    """Refuse what somebody may not do. Raises KeyingRefusedError."""
    if not is_allowed:
        raise KeyingRefusedError(f"You may not {what}: ask who gives permissions.")
