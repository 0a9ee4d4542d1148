"""What an act of performance refuses, in plain sentences."""

from __future__ import annotations

from datetime import date, datetime

from folkmoot.publishing.clock import local


class RefusedError(ValueError):
    """What somebody wants to say of figures cannot be so; a sentence for each field says why."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


def to_come(day: date, at: datetime) -> str:
    """Return a sentence for a day that is still to come; empty for one that has come."""
    if day <= local(at).date():
        return ""
    return f"{day.day} {day:%B %Y} is still to come: write the day on which it was."


def refuse(problems: dict[str, str]) -> None:
    """Raise RefusedError where something is wrong; fields without a sentence are left out."""
    if wrong := {field: sentence for field, sentence in problems.items() if sentence}:
        raise RefusedError(wrong)
