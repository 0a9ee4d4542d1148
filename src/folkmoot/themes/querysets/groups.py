"""What was found in the answers of each group of respondents."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from folkmoot.responses.models import Answer, MonitoringAnswer, Response
from folkmoot.themes.groups import CHANNEL, KIND, Grouping
from folkmoot.themes.models import Assignment, CodeFrame
from folkmoot.themes.querysets.responses import not_counted
from folkmoot.themes.querysets.tallies import Alike, keys


def alike_by_group(frame: CodeFrame, grouping: Grouping, until: datetime) -> dict[str, list[Alike]]:
    """Return the answers of a frame by the group of who gave them, gathered by what was found.

    Those of nobody's group are under NOBODY. Two queries, as in `answers_alike`.
    """
    counted = Assignment.objects.filter(frame=frame)
    gone = counted.filter(answer__response__in=not_counted([frame.survey_id], until))
    found = _rows(counted, grouping)
    found.subtract(_rows(gone, grouping))
    alike: dict[str, list[Alike]] = defaultdict(list)
    for (group, status, campaign, themes), answers in found.items():
        if answers:
            alike[group].append(Alike(status, campaign, keys(themes), answers))
    return alike


def _rows(
    counted: QuerySet[Assignment], grouping: Grouping
) -> Counter[tuple[str, str, int | None, str]]:
    found: Counter[tuple[str, str, int | None, str]] = Counter()
    rows = (
        counted.order_by()
        .annotate(written=Subquery(_written(grouping)))
        .values_list("written", "status", "campaign_id", "found")
        .annotate(answers=Count("id"))
    )
    for written, *same, answers in rows:
        found[(grouping.group_of(written), *same)] += answers
    return found


def _written(grouping: Grouping) -> QuerySet[Any]:
    """Return the query of what is written of who gave an answer."""
    response = OuterRef("answer__response")
    if grouping == KIND:
        return Response.objects.filter(pk=response).values("respondent__kind")
    if grouping == CHANNEL:
        return Response.objects.filter(pk=response).values("channel")
    model, column = (MonitoringAnswer, "choice") if grouping.is_special else (Answer, "choices")
    return model._default_manager.filter(response=response, question=grouping.question).values(
        column
    )
