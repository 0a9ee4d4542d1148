"""What the worker does for the workbench without being asked."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from django.db.models import Count

from folkmoot.publishing.schedule import register_job
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.weighing import keep_all_weightings
from folkmoot.themes.acts.working import ask_for_work, take_up_lost
from folkmoot.themes.foretelling import FEWEST_READ
from folkmoot.themes.models import Assignment, CodeFrame, Work

# So many more answers read by people are worth learning from again.
LEARN_AGAIN = 100


def register() -> None:
    """Let the worker take up lost work, learn as people go on reading, and weigh responses."""
    register_job("themes: take up lost work", timedelta(seconds=30), take_up_lost)
    register_job("themes: learn from what was read", timedelta(minutes=1), learn_where_due)
    register_job("themes: weigh responses", timedelta(minutes=10), keep_all_weightings)


def learn_where_due(at: datetime) -> int:
    """Ask for learning where people have read enough since it was last asked for; return where.

    Only of drafts: what a person has confirmed, and the public reads as such, changes by itself no
    more.
    """
    drafts = CodeFrame.objects.filter(is_current=True, confirmed_at=None)
    read = dict(
        Assignment.objects.filter(frame__in=drafts, readings__gte=1)
        .order_by()
        .values_list("frame")
        .annotate(read=Count("pk"))
    )
    asked = 0
    for frame in drafts.select_related("survey").filter(pk__in=read):
        many = read[frame.pk]
        if many >= FEWEST_READ and many >= _learnt_from(frame) + LEARN_AGAIN:
            # Other work is under way: the next round asks again.
            with suppress(ThemesError):
                ask_for_work(
                    frame.survey, frame.question, Work.Kind.LEARN, at, options={"read": many}
                )
                asked += 1
    return asked


def _learnt_from(frame: CodeFrame) -> int:
    """Return how many had been read when learning was last asked for, whatever became of it."""
    last = Work.objects.filter(
        survey=frame.survey_id,
        question=frame.question,
        kind=Work.Kind.LEARN,
        asked_at__gte=frame.made_at,
    ).first()
    return last.options.get("read", 0) if last else 0
