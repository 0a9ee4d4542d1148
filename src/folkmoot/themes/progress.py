"""How far the work on a question is: what was read, by whom, what remains, what to do next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count
from django.urls import reverse

from folkmoot.core.tables import format_count
from folkmoot.themes.models import Assignment, Campaign, CodeFrame, Coding
from folkmoot.themes.searching.states import codings, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

# Read by people, so many answers give suggestions worth having for the rest.
ENOUGH_READ = 300
# Stands for the key of somebody who has no account any more.
GONE = "gone"


class Coder(NamedTuple):
    """Somebody who read answers: their name, how many, and their key as in an address."""

    name: str
    read: int
    key: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of the answers of a code frame that count."""

    answers: int
    empty: int
    read: int
    """By at least one person, of those that say something."""
    cannot_tell: int
    none: int
    double: int
    """Drawn to be read by two people."""
    twice: int
    """Read by two people."""
    disputed: int
    resolved: int
    flagged: int
    coders: tuple[Coder, ...]
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
    """Return how far the reading of a frame's answers is. Three queries.

    All answers are gathered from an index alone: few different things are true of many of them.
    """
    status, by = Assignment.Status, Assignment.By
    found: Counter[str] = Counter()
    alike = ("status", "readings", "is_double", "in_dispute", "by")
    rows = counted(frame).order_by().values_list(*alike).annotate(many=Count("pk"))
    for stands, readings, is_double, in_dispute, stands_by, many in rows:
        is_true = {
            "answers": True,
            "empty": stands == status.EMPTY,
            "read": readings >= 1,
            "cannot_tell": stands == status.CANNOT_TELL,
            "none": stands == status.NONE,
            "double": is_double,
            "twice": readings >= 2,
            "disputed": in_dispute,
            "resolved": stands_by == by.RESOLVED,
        }
        for name, holds in is_true.items():
            found[name] += many if holds else 0
    flagged = codings(frame).filter(is_flagged=True).order_by()
    return Progress(
        **{name: found[name] for name in COUNTED},
        flagged=flagged.values("assignment").distinct().count(),
        coders=tuple(coders_of(frame)),
    )


COUNTED = (
    *("answers", "empty", "read", "cannot_tell", "none"),
    *("double", "twice", "disputed", "resolved"),
)


def coders_of(frame: CodeFrame) -> list[Coder]:
    """Return who read answers of a frame, and how many, most first. One query."""
    rows = (
        codings(frame)
        .exclude(round=Coding.Round.RESOLVED)
        .order_by()
        .values_list("coder", "coder__first_name", "coder__last_name", "coder__email")
        .annotate(read=Count("assignment", distinct=True))
        .order_by("-read", "coder")
    )
    return [
        Coder(
            f"{first or ''} {last or ''}".strip() or email or "Somebody whose account is gone",
            read,
            str(key) if key else GONE,
        )
        for key, first, last, email, read in rows
    ]


def read_by(frame: CodeFrame, coder: int) -> int:
    """Return how many answers of a frame one person read."""
    return codings(frame).filter(coder=coder).exclude(round=Coding.Round.RESOLVED).count()


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
            f"{format_count(found.read)} of {format_count(found.sayable)} read by people. Once "
            f"{enough} are read, what the machine learns from them is worth having.",
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
