"""How far the work on a question is: what was read, by whom, what remains, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse

from folkmoot.core.tables import format_count
from folkmoot.responses.models import Standing
from folkmoot.themes.models import Assignment, Campaign, CodeFrame, Coding

if TYPE_CHECKING:
    from collections.abc import Sequence

# Read by people, so many answers give suggestions worth having for the rest.
ENOUGH_READ = 300


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of the answers of a code frame that count."""

    answers: int
    empty: int
    read: int
    """By at least one person, of those that say something."""
    machine_only: int
    cannot_tell: int
    none: int
    double: int
    """Drawn to be read by two people."""
    twice: int
    """Read by two people."""
    disputed: int
    resolved: int
    flagged: int
    coders: tuple[tuple[str, int], ...]
    """Who read how many, most first."""

    @property
    def sayable(self) -> int:
        """Answers that say something: those that are read."""
        return self.answers - self.empty

    @property
    def remaining(self) -> int:
        """Answers that say something and that nobody has read."""
        return self.sayable - self.read


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the work on a question, in the order in which it is best done."""

    title: str
    told: str
    url: str
    is_done: bool


def progress(frame: CodeFrame) -> Progress:
    """Return how far the reading of a frame's answers is. Three queries."""
    counted = Assignment.objects.filter(
        frame=frame, answer__response__standing=Standing.STANDS
    ).order_by()
    status, by = Assignment.Status, Assignment.By
    found = counted.aggregate(
        answers=Count("pk"),
        empty=Count("pk", filter=Q(status=status.EMPTY)),
        read=Count("pk", filter=Q(readings__gte=1)),
        cannot_tell=Count("pk", filter=Q(status=status.CANNOT_TELL)),
        none=Count("pk", filter=Q(status=status.NONE)),
        double=Count("pk", filter=Q(is_double=True)),
        twice=Count("pk", filter=Q(readings__gte=2)),
        disputed=Count("pk", filter=Q(in_dispute=True)),
        resolved=Count("pk", filter=Q(by=by.RESOLVED)),
    )
    codings = Coding.objects.filter(assignment__frame=frame).order_by()
    flagged = codings.filter(is_flagged=True).values("assignment").distinct().count()
    coders = (
        codings.exclude(round=Coding.Round.RESOLVED)
        .values_list("coder__first_name", "coder__last_name", "coder__email")
        .annotate(read=Count("pk"))
        .order_by("-read", "coder")
    )
    return Progress(
        **found,
        machine_only=found["answers"] - found["empty"] - found["read"],
        flagged=flagged,
        coders=tuple(
            (f"{first} {last}".strip() or email or "Somebody whose account is gone", read)
            for first, last, email, read in coders
        ),
    )


def steps(
    frame: CodeFrame | None, at: tuple[int, str], answers: int, found: Progress | None
) -> Sequence[Step]:
    """Return the steps of the work on a question, `at` being its survey's key and its own."""
    question = reverse("themes:question", args=at)
    if frame is None or found is None:
        told = f"{format_count(answers)} answers, not read yet."
        return [Step("Let the machine read the answers", told, f"{question}#suggest", False)]
    campaigns = list(frame.campaigns.values_list("standing", flat=True))
    open_ = campaigns.count(Campaign.Standing.SUGGESTED)
    themes = list(frame.themes.standing().values_list("is_accepted", flat=True))
    accepted = sum(themes)
    enough = min(ENOUGH_READ, found.sayable)
    return [
        Step(
            "Review the campaigns",
            f"{len(campaigns) - open_} of {len(campaigns)} reviewed."
            if campaigns
            else "No answers are so alike that one letter lies behind them.",
            reverse("themes:campaigns", args=at),
            open_ == 0,
        ),
        Step(
            "Edit the code frame",
            f"{accepted} of {len(themes)} themes accepted; version {frame.version}.",
            reverse("themes:frame", args=at),
            accepted == len(themes),
        ),
        Step(
            "Code answers",
            f"{format_count(found.read)} of {format_count(found.sayable)} read by people. From "
            f"{enough} on the machine's suggestions for the rest are worth having.",
            reverse("themes:code", args=at),
            found.read >= enough,
        ),
        Step(
            "Look at the agreement",
            f"{format_count(found.twice)} of {format_count(found.double)} drawn answers read by "
            f"two people; {format_count(found.disputed)} to be resolved."
            if found.double or found.twice
            else "No answers are drawn yet to be read by two people.",
            reverse("themes:agreement", args=at),
            found.twice > 0 and found.twice >= found.double and not found.disputed,
        ),
        Step(
            "Publish",
            "The public page says that these themes are suggested by machine."
            if frame.is_draft
            else "Confirmed: the public page says so.",
            f"{question}#confirm",
            not frame.is_draft,
        ),
    ]
