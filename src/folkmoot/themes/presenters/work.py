"""Long work as the workbench prints it: how far it is, and how earlier work ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from folkmoot.core.tables import format_percent
from folkmoot.publishing.clock import local
from folkmoot.themes.acts.working import heard_now, is_lost
from folkmoot.themes.models import Work

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey

# Somebody is told that no worker seems to run after so long without one.
WAITED_LONG = timedelta(minutes=2)
SHOWN = 10
BY_ITSELF = "the site, by itself"


@dataclass(frozen=True, slots=True)
class WorkShown:
    """One piece of long work."""

    id: int
    kind: str
    standing: str
    """Its state, as a person says it."""
    told: str
    """The step it is at, or how it ended."""
    percent: int
    share: str
    asked: str
    """By whom and when."""
    ended: str
    is_open: bool
    may_be_started_again: bool


def works_shown(survey: Survey, question: str) -> tuple[WorkShown | None, tuple[WorkShown, ...]]:
    """Return the work under way on a question, if any, and what was done before. One query."""
    rows = Work.objects.filter(survey=survey, question=question).select_related("asked_by")
    works = [work_shown(work) for work in rows[: SHOWN + 1]]
    # The last asked for: there is one at a time.
    under_way = works[0] if works and works[0].is_open else None
    return under_way, tuple(works[1:] if under_way else works[:SHOWN])


def work_shown(work: Work) -> WorkShown:
    """Return one piece of work as printed."""
    return WorkShown(
        id=work.pk,
        kind=work.get_kind_display(),
        standing=work.get_state_display(),
        told=_told(work),
        percent=round(work.share * 100),
        share=format_percent(work.share),
        asked=f"{_moment(work.asked_at)} by {work.asked_by or BY_ITSELF}",
        ended=_moment(work.ended_at) if work.ended_at else "",
        is_open=work.is_open,
        may_be_started_again=work.state in (Work.State.INTERRUPTED, Work.State.FAILED),
    )


def _told(work: Work) -> str:
    if not work.is_open:
        return work.outcome
    if is_lost(work):
        return (
            "Nothing was heard of its worker for more than a minute: the next worker takes it up "
            "by itself. Nothing was changed yet."
        )
    if work.state == Work.State.WAITING:
        if work.heard_at < heard_now() - WAITED_LONG:
            return (
                "It waits for a worker, and none has come for some minutes: tell whoever runs the "
                "site that “folkmoot worker” does not seem to run."
            )
        return work.step or "It waits for the worker."
    return work.step


def _moment(at: datetime) -> str:
    return f"{local(at):%-d %B %Y, %H:%M}"
