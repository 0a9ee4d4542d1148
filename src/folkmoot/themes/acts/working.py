"""Long work asked for, cancelled, taken up again; and how one attempt at it tells where it is.

An attempt reads and computes for as long as it takes, then writes all it found in one transaction
that also ends the work. Whoever is not the work's attempt under way at that moment writes nothing,
so that neither a cancelled work nor a worker that was taken for lost leaves anything half done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from folkmoot.accounts.audit import record
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.models import Work

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.responses.models import Survey

Tell = Callable[[str, float], None]
"""Hears a step in a few words, and how much of the whole is done before it, 0 to 1."""
Finish = Callable[[str], None]
"""Hears how it ended, in one sentence, as the last thing of the transaction that writes it."""

# A worker gives a sign of life every ten seconds; after so long without one it is taken for lost.
LOST = timedelta(seconds=60)
# What three workers were lost at is not given to a fourth.
MOST_ATTEMPTS = 3


class StoppedError(Exception):
    """The work was cancelled, or given to another worker: nothing of it may be written."""


def silent(step: str, share: float) -> None:
    """Hear nothing."""


def unasked(outcome: str) -> None:
    """End nothing: what was done is nobody's long work."""


def within(tell: Tell, begin: float, end: float) -> Tell:
    """Return what hears a part of the work, which runs from one share of the whole to another."""
    return lambda step, share: tell(step, begin + share * (end - begin))


def heard_now() -> datetime:
    """Return the instant of a sign of life.

    By the machine's clock: a demonstration's begins anew with each of its processes.
    """
    return datetime.now(UTC)


def is_lost(work: Work) -> bool:
    """Whether its worker gave no sign of life for too long."""
    return work.state == Work.State.RUNNING and work.heard_at < heard_now() - LOST


def ask_for_work(
    survey: Survey,
    question: str,
    kind: str,
    at: datetime,
    by: User | None = None,
    *,
    options: dict[str, Any] | None = None,
) -> Work:
    """Let the worker do some long work on a question; without `by` the site does so by itself.

    Raises ThemesError while there is other work on the same question.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                work = Work.objects.create(
                    survey=survey,
                    question=question,
                    kind=kind,
                    options=options or {},
                    asked_at=at,
                    asked_by=by,
                    heard_at=heard_now(),
                )
        except IntegrityError as error:
            raise ThemesError(
                "The machine is at work on this question already: wait for its end, or cancel it."
            ) from error
        record("work asked for", work, at, by=by, after={"kind": work.kind, **work.options})
        _give_to_worker(work)
    return work


def cancel_work(work: Work, by: User, at: datetime) -> None:
    """Put an end to work; its worker stops at the next step. Raises ThemesError at its end."""
    with transaction.atomic():
        ended = Work.objects.filter(pk=work.pk, state__in=Work.OPEN).update(
            state=Work.State.CANCELLED,
            ended_at=at,
            outcome="Cancelled before its end: nothing was changed.",
        )
        if not ended:
            work.refresh_from_db()
            raise ThemesError(f"This is not possible any more: {work.outcome or 'it has ended.'}")
        record("work cancelled", work, at, by=by, before={"step": work.step})


def take_up_lost(at: datetime) -> int:
    """Give work whose worker was lost to the next one; return how many. Safe to run twice."""
    lost = Work.objects.filter(
        state=Work.State.RUNNING, heard_at__lt=heard_now() - LOST
    ).select_related("survey")
    return sum(_take_up(work, at) for work in lost)


def _take_up(work: Work, at: datetime) -> bool:
    """Return whether a next worker will do it; work that was lost too often is interrupted."""
    with transaction.atomic():
        same = Work.objects.filter(
            pk=work.pk,
            state=Work.State.RUNNING,
            attempt=work.attempt,
            heard_at=work.heard_at,
        )
        if work.attempt >= MOST_ATTEMPTS:
            same.update(
                state=Work.State.INTERRUPTED,
                ended_at=at,
                outcome=f"Interrupted: its worker was stopped {work.attempt} times before its "
                "end. Nothing was changed; start it again, and tell whoever runs the site.",
            )
            return False
        changed = same.update(
            state=Work.State.WAITING,
            attempt=work.attempt + 1,
            heard_at=heard_now(),
            step="Interrupted: the next worker takes it up from the beginning",
            share=0,
        )
        if not changed:
            return False
        _end_task(work, work.attempt)
        work.attempt += 1
        record("work taken up again", work, at, after={"attempt": work.attempt})
        _give_to_worker(work)
    return True


def _give_to_worker(work: Work) -> None:
    # The tasks of a room call its acts; here alone an act calls a task.
    from folkmoot.themes.tasks import do_work

    do_work.enqueue(work.pk, work.attempt)


def _end_task(work: Work, attempt: int) -> None:
    """Say of the task of an attempt that was lost that it is over, so that it can be cleared."""
    from folkmoot.themes.tasks import do_work

    DBTaskResult.objects.filter(
        task_path=do_work.module_path,
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [work.pk, attempt], "kwargs": {}},
    ).update(status=TaskResultStatus.FAILED, finished_at=heard_now())


@dataclass(frozen=True, slots=True)
class Attempt:
    """One worker's attempt at some work: tells where it is, and ends the work."""

    work: Work
    number: int

    @classmethod
    def begun(cls, work_id: int, number: int) -> Attempt | None:
        """Return the attempt, or None where the work was cancelled or another does it."""
        begun = Work.objects.filter(pk=work_id, state=Work.State.WAITING, attempt=number).update(
            state=Work.State.RUNNING, heard_at=heard_now(), step="Begun", share=0
        )
        if not begun:
            return None
        return cls(Work.objects.select_related("survey", "asked_by").get(pk=work_id), number)

    def tell(self, step: str, share: float) -> None:
        """Say which step begins. Raises StoppedError where it is not to go on."""
        self._change(step=step, share=round(share, 3), heard_at=heard_now())

    def beat(self) -> None:
        """Give a sign of life. Raises StoppedError where it is not to go on."""
        self._change(heard_at=heard_now())

    def end(self, state: str, outcome: str, at: datetime) -> None:
        """Say how it ended. Raises StoppedError where it had ended before."""
        self._change(state=state, outcome=outcome[:500], ended_at=at, share=1)

    def _change(self, **fields: Any) -> None:
        mine = Work.objects.filter(pk=self.work.pk, state=Work.State.RUNNING, attempt=self.number)
        if not mine.update(**fields):
            raise StoppedError
