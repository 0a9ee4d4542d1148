"""Where an answer stands once people have read it: pure rules, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person found: the key of their coding, its status, and its themes' keys."""

    key: int
    is_resolution: bool
    status: str
    themes: frozenset[int]

    def agrees(self, other: Reading) -> bool:
        """Whether two people found the same."""
        return self.status == other.status and self.themes == other.themes


def standing_reading(readings: Sequence[Reading]) -> Reading | None:
    """Return the reading by which an answer stands, or None where it stands as by machine.

    A resolution stands before all. Otherwise the first reading, where all agree; while two people
    differ neither of them stands.
    """
    for reading in readings:
        if reading.is_resolution:
            return reading
    if in_dispute(readings):
        return None
    return readings[0] if readings else None


def in_dispute(readings: Sequence[Reading]) -> bool:
    """Whether people differ and nobody has resolved it."""
    if any(reading.is_resolution for reading in readings):
        return False
    return any(not reading.agrees(readings[0]) for reading in readings[1:])
