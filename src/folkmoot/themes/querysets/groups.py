"""What was found in the answers of each group of respondents."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, TextField
from django.db.models.functions import Cast

from folkmoot.responses.questions import PREFER_NOT_TO_SAY
from folkmoot.themes.groups import CHANNEL, CHOSEN, KIND, NOBODY, Grouping, Source
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
    """Count each group in a column of its own: sorting 100,000 rows by group takes far longer."""
    codes = [code for code, _ in grouping.groups]
    columns = {
        f"group_{place}": Count("id", filter=_is_in(grouping, code))
        for place, code in enumerate(codes)
    }
    rows = (
        _with_written(counted, grouping)
        .order_by()
        .values_list("status", "campaign_id", "found")
        .annotate(everybody=Count("id"), **columns)
    )
    found: Counter[tuple[str, str, int | None, str]] = Counter()
    for status, campaign, themes, everybody, *counts in rows:
        for code, answers in zip(codes, counts, strict=True):
            found[code, status, campaign, themes] = answers
        found[NOBODY, status, campaign, themes] = everybody - sum(counts)
    return found


def _with_written(counted: QuerySet[Assignment], grouping: Grouping) -> QuerySet[Assignment]:
    """Annotate what is written of who gave an answer; None where nothing is."""
    if grouping == KIND:
        return counted.annotate(written=F("answer__response__respondent__kind"))
    if grouping == CHANNEL:
        return counted.annotate(written=F("answer__response__channel"))
    relation = "monitoring_answers" if grouping.is_special else "answers"
    path = f"answer__response__{relation}"
    of_question = Q(**{f"{path}__question": grouping.question})
    own: Any = counted.annotate(own=FilteredRelation(path, condition=of_question))
    if grouping.is_special:
        return own.annotate(written=F("own__choice"))
    # Choices as they are kept: '["bus", "walk"]'.
    return own.annotate(written=Cast("own__choices", TextField()))


def _is_in(grouping: Grouping, code: str) -> Q:
    """Return what leaves those who are in a group."""
    if grouping.source is not Source.ANSWER:
        return Q(written=code)
    if not grouping.option:
        return Q(written=f'["{code}"]')
    chose = Q(written__contains=f'"{grouping.option}"')
    if code == CHOSEN:
        return chose
    said = Q(written__isnull=False) & ~Q(written__in=["[]", f'["{PREFER_NOT_TO_SAY}"]'])
    return said & ~chose
