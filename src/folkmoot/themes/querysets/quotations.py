"""Quotations of themes and of letters, from people who may be quoted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from folkmoot.responses.models import Answer, Standing
from folkmoot.themes.models import AssignedTheme, Assignment, Campaign, Theme
from folkmoot.themes.wording import quotation

# Candidates read for each quotation shown: some repeat a letter or another answer.
CANDIDATES_EACH = 4
# Themes asked for at once: SQLite joins at most 500 queries into one.
THEMES_AT_ONCE = 100
# Stands for the theme in a query that is written once and asked for each.
ANY_THEME = -1


def quotations(
    themes: Iterable[int], questions: Collection[str], until: datetime, each: int
) -> dict[int, list[str]]:
    """Return up to `each` quotations a theme, by its key, from people who may be quoted.

    The exemplars first, then the answers nearest to the theme's centre; one of each campaign, and
    none twice. `questions` are those whose answers may be quoted at all. Two queries (for more than
    a hundred themes a further one each hundred); none for 0.
    """
    wanted = list(themes)
    if not each or not wanted or not questions:
        return {}
    roots = dict(
        Theme.objects.filter(Q(pk__in=wanted) | Q(stands_in__in=wanted))
        .order_by()
        .values_list("pk", "stands_in_id")
    )
    ways = _ways(questions, until, each * CANDIDATES_EACH)
    candidates: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for theme, *candidate in _of_each(ways, sorted(roots)):
        candidates[roots[theme] or theme].append(tuple(candidate))
    return {theme: _chosen(sorted(candidates[theme], key=_nearest), each) for theme in candidates}


def _ways(
    questions: Collection[str], until: datetime, most: int
) -> list[QuerySet[AssignedTheme, Any]]:
    """Return the queries that find candidates of one theme, each along an index and cut short.

    Together they hold the first of each order that matters: exemplars; the nearest answers that are
    no letters; those that people or a second look of the machine found; copies of letters.
    """
    said = AssignedTheme.objects.filter(
        theme=ANY_THEME,
        stands=True,
        assignment__answer__question__in=questions,
        assignment__answer__response__may_be_quoted=True,
        assignment__answer__response__standing=Standing.STANDS,
        assignment__answer__response__submitted_at__lt=until,
    )
    single = said.filter(assignment__campaign=None)
    ordered = (
        said.filter(exemplar_rank__isnull=False).order_by("exemplar_rank", "id"),
        single.filter(score__isnull=False).order_by("-score", "id"),
        single.filter(score=None).order_by("id"),
        said.exclude(assignment__campaign=None).order_by("id"),
    )
    return [
        rows.values_list(
            "theme_id",
            "pk",
            "exemplar_rank",
            "place",
            "score",
            "assignment__campaign_id",
            "assignment__answer__text",
        )[:most]
        for rows in ordered
    ]


def _of_each(
    ways: Sequence[QuerySet[AssignedTheme, Any]], themes: Sequence[int]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of queries for each theme, asked for in one query.

    Django cannot join queries that are cut short on SQLite, hence by hand.
    """
    written = [way.query.sql_with_params() for way in ways]
    for start in range(0, len(themes), THEMES_AT_ONCE):
        parts: list[str] = []
        values: list[Any] = []
        for theme in themes[start : start + THEMES_AT_ONCE]:
            for sql, parameters in written:
                # Django wrote the query; values are passed apart.
                parts.append(f"SELECT * FROM ({sql}) AS part_{len(parts)}")  # noqa: S608
                values += [theme if each == ANY_THEME else each for each in parameters]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            yield from cursor.fetchall()


def _nearest(candidate: tuple[Any, ...]) -> tuple[Any, ...]:
    """Order candidates: exemplars by rank, letters last, then by place and nearness."""
    key, rank, place, score, campaign, _ = candidate
    return (
        (rank is None, rank or 0, campaign is not None, place),
        (score is None, -(score or 0), key),
    )


def _chosen(candidates: Iterable[tuple[Any, ...]], each: int) -> list[str]:
    """Return the first quotations that repeat neither another nor its letter."""
    chosen: list[str] = []
    seen: set[object] = set()
    for *_, campaign, text in candidates:
        if campaign in seen:
            continue
        said = quotation(text)
        if not said or said.casefold() in seen:
            continue
        chosen.append(said)
        seen |= {said.casefold()} | ({campaign} if campaign else set())
        if len(chosen) == each:
            break
    return chosen


def letters(
    campaigns: Collection[Campaign], questions: Collection[str], until: datetime
) -> dict[int, str]:
    """Return a quotation of each campaign, by its key: its exemplar, or the first to be quoted.

    The campaigns come with their exemplars and whose these are. Two queries, unless all of these
    may be quoted.
    """
    exemplars = {each.pk: each.exemplar for each in campaigns}
    found = {
        campaign: answer.text
        for campaign, answer in exemplars.items()
        if answer.question in questions
        and answer.response.may_be_quoted
        and answer.response.standing == Standing.STANDS
        and answer.response.submitted_at < until
    }
    quotable = Answer.objects.filter(
        pk=OuterRef("answer"),
        question__in=questions,
        response__may_be_quoted=True,
        response__standing=Standing.STANDS,
        response__submitted_at__lt=until,
    )
    # Asked of each copy: joined, SQLite would begin with all responses.
    others = Assignment.objects.filter(
        Exists(quotable), campaign__in=exemplars.keys() - found.keys()
    )
    first = dict(others.order_by().values_list("campaign").annotate(first=Min("answer")))
    texts = dict(Answer.objects.filter(pk__in=first.values()).values_list("pk", "text"))
    found |= {campaign: texts[answer] for campaign, answer in first.items()}
    return {campaign: quotation(text) for campaign, text in found.items()}
