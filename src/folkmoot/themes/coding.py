"""Which answers somebody reads next, with what the machine suggests and why."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from folkmoot.themes.models import Assignment, Claim, CodeFrame
from folkmoot.themes.searching.states import State, counted, in_state

if TYPE_CHECKING:
    from folkmoot.accounts.models import User


# More waiting answers than this are not counted: the screen is shown once an answer.
MOST_COUNTED = 1_000


class Order(Enum):
    """In which order answers are offered; the value is what stands in an address."""

    BEST = "best"
    PLAIN = "plain"


def to_be_read(
    frame: CodeFrame, coder: User, many: int, order: Order, left: Collection[int] = ()
) -> list[Assignment]:
    """Return the next answers for somebody: their own claims, second readings, then unread ones.

    Of unread ones those come first that two people read, so that it shows early how far people
    agree. Nothing of what others found is in them. Claims that are over must have been cleared.
    """
    answers = _readable(frame).exclude(pk__in=left)
    claimed = Claim.objects.filter(coder=coder).values("assignment")
    found = list(answers.filter(pk__in=claimed, readings__lt=2).exclude(codings__coder=coder))
    for wanted in (Q(readings=1, is_double=True), Q(readings=0, is_double=True), Q(readings=0)):
        if len(found) >= many:
            break
        free = answers.filter(wanted, claim=None).exclude(codings__coder=coder)
        free = free.exclude(pk__in=[each.pk for each in found])
        found += _ordered(free, order)[: many - len(found)]
    return found[:many]


def waiting(frame: CodeFrame, coder: User) -> int:
    """Return how many answers wait for somebody, counted up to one more than MOST_COUNTED."""
    found = in_state(counted(frame), State.WAITING, coder)
    return found[: MOST_COUNTED + 1].count()


def _readable(frame: CodeFrame) -> QuerySet[Assignment]:
    return (
        counted(frame)
        .exclude(status=Assignment.Status.EMPTY)
        .exclude(answer__text="")
        .select_related("answer")
    )


def _ordered(answers: QuerySet[Assignment], order: Order) -> QuerySet[Assignment]:
    if order is Order.PLAIN:
        return answers.order_by("id")
    return answers.order_by(F("priority").desc(), "id")
