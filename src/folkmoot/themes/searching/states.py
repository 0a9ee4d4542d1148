"""How far an answer is read: each state has one meaning, for the page that counts and the list."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from folkmoot.responses.models import Answer, Response, Standing
from folkmoot.themes.models import Assignment, CodeFrame, Coding

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

EMPTY = Assignment.Status.EMPTY


class State(Enum):
    """The value is what stands in an address."""

    UNREAD = "unread"
    READ = "read"
    WAITING = "waiting"
    DOUBLE = "double"
    TWICE = "twice"
    DISPUTED = "disputed"
    RESOLVED = "resolved"
    FLAGGED = "flagged"
    ALIKE = "alike"
    AS_SUGGESTED = "as-suggested"

    @property
    def words(self) -> str:
        """What stands on the page."""
        return _WORDS[self]


_WORDS = {
    State.UNREAD: "Nobody has read it",
    State.READ: "Read by people",
    State.WAITING: "Waits for me to read it",
    State.DOUBLE: "Drawn to be read by two people",
    State.TWICE: "Read by two people",
    State.DISPUTED: "Two people differ",
    State.RESOLVED: "Resolved by a third",
    State.FLAGGED: "Flagged",
    State.ALIKE: "Two people found the same",
    State.AS_SUGGESTED: "People found what the machine suggested",
}


def counted(frame: CodeFrame) -> QuerySet[Assignment]:
    """Return where the answers of a frame stand whose responses count.

    The few that do not are looked up first, so that 100,000 others need not be looked at.
    """
    return frame.assignments.exclude(answer__in=not_counted(frame.survey_id, frame.question))


def not_counted(survey_id: int, question: str) -> QuerySet[Answer, Any]:
    """Return the keys of the answers to a question whose responses were withdrawn or replaced."""
    gone = Response.objects.filter(
        survey=survey_id, standing__in=[each for each in Standing if each is not Standing.STANDS]
    )
    return Answer.objects.filter(question=question, response__in=gone.values("pk")).values("pk")


def codings(frame: CodeFrame) -> QuerySet[Coding]:
    """Return what people found in the answers of a frame that count, resolutions included."""
    return Coding.objects.filter(
        # Says nothing new: by it a database begins with the few answers that were read.
        assignment__readings__gte=1,
        assignment__frame=frame,
    ).exclude(assignment__answer__in=not_counted(frame.survey_id, frame.question))


def in_state(answers: QuerySet[Assignment], state: State, user: User) -> QuerySet[Assignment]:
    """Return the answers of a frame that are in a state, but for those that readings decide."""
    return _FILTERS[state](answers, user)


def _waiting(answers: QuerySet[Assignment], user: User) -> QuerySet[Assignment]:
    wanted = Q(readings=0) | Q(readings=1, is_double=True)
    own = Coding.objects.filter(assignment=OuterRef("pk"), coder=user)
    return answers.filter(wanted, ~Q(status=EMPTY), ~Q(answer__text=""), ~Exists(own))


def _flagged(answers: QuerySet[Assignment], user: User) -> QuerySet[Assignment]:
    flagged = Coding.objects.filter(assignment=OuterRef("pk"), is_flagged=True)
    return answers.filter(Exists(flagged), readings__gte=1)


_FILTERS: dict[State, Callable[[QuerySet[Assignment], User], QuerySet[Assignment]]] = {
    State.UNREAD: lambda answers, user: answers.filter(readings=0).exclude(status=EMPTY),
    State.READ: lambda answers, user: answers.filter(readings__gte=1),
    State.WAITING: _waiting,
    State.DOUBLE: lambda answers, user: answers.filter(is_double=True),
    State.TWICE: lambda answers, user: answers.filter(readings__gte=2),
    State.DISPUTED: lambda answers, user: answers.filter(in_dispute=True),
    State.RESOLVED: lambda answers, user: answers.filter(by=Assignment.By.RESOLVED),
    State.FLAGGED: _flagged,
}
