"""The answers to a question: found by words and by meaning, filtered, counted, taken out as CSV."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from folkmoot.publishing.clock import local, now
from folkmoot.responses.access import may_export
from folkmoot.responses.exporting.columns import Column, Shape
from folkmoot.responses.exporting.csv_file import csv_pieces
from folkmoot.responses.models import Answer
from folkmoot.themes.acts.exporting import note_export
from folkmoot.themes.models import Assignment, CodeFrame
from folkmoot.themes.presenters.answers import BLIND, Rows, hits, is_blind, rows_of, said_of
from folkmoot.themes.searching.filters import AnswersForm, Filter, read
from folkmoot.themes.searching.listing import Asked, Listed, all_listed, listed
from folkmoot.themes.searching.meaning import NotFindableError
from folkmoot.themes.workbench.common import TEMPLATES, allowed, asked, bench

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from folkmoot.accounts.models import User
    from folkmoot.responses.exporting.layout import Row

ROWS_AT_ONCE = 500
COLUMNS = (
    Column("reference", "Reference", Shape.TEXT),
    Column("received", "Received", Shape.INSTANT),
    Column("channel", "Channel", Shape.TEXT),
    Column("kind", "From", Shape.TEXT),
    Column("answer", "Answer", Shape.TEXT),
    Column("standing", "Where it stands", Shape.TEXT),
    Column("themes", "Themes", Shape.TEXT),
    Column("found_by", "Found by", Shape.TEXT),
    Column("letter", "Letter", Shape.TEXT),
    Column("likeness", "Likeness, 0 to 1", Shape.NUMBER),
)


@require_GET
@never_cache
def answers(request: HttpRequest, survey_id: int, key: str) -> HttpResponse:
    """List the answers that are searched for. As many queries whatever there is."""
    user = allowed(request)
    survey, question = asked(survey_id, key)
    wanted, form = _wanted(request, survey, key, user)
    found = listed(wanted, request.GET.get("after", ""), request.GET.get("before", ""))
    chosen = wanted.filter
    context = {
        **bench(user, survey, question),
        "form": form,
        "chosen": chosen,
        "found": found,
        "told": told(chosen, found),
        "hits": hits(
            found.keys,
            wanted.frame,
            user,
            sought=chosen.terms,
            likeness=found.likeness,
            is_group="group" in chosen.asked,
        ),
        "like": _like(wanted),
        "csv_url": _csv_url(wanted) if _may_take_out(user, chosen) and found.count else "",
    }
    return render(request, f"{TEMPLATES}/answers.html", context)


@require_GET
@never_cache
def answers_csv(request: HttpRequest, survey_id: int, key: str) -> HttpResponseBase:
    """Send the answers that are listed, all pages of them, as CSV."""
    user = allowed(request)
    survey, _ = asked(survey_id, key)
    wanted, _ = _wanted(request, survey, key, user)
    if not _may_take_out(user, wanted.filter):
        raise PermissionDenied
    try:
        found = list(all_listed(wanted))
    except NotFindableError:
        found = []
    note_export(survey, key, len(found), wanted.filter.asked, user, now())
    rows = _csv_rows(found, wanted.frame, user)
    sent = StreamingHttpResponse(csv_pieces(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    name = f"answers-{key}-{local(now()):%Y-%m-%d}.csv"
    sent["Content-Disposition"] = f'attachment; filename="{name}"'
    return sent


def told(chosen: Filter, found: Listed) -> str:
    """Return how many answers are listed, in words."""
    many = "1 answer" if found.count == 1 else f"{found.count:,} answers"
    if found.of is None:
        return f"{many}{'' if chosen.is_empty else ' found'}."
    among = "1 answer" if found.of == 1 else f"{found.of:,} answers"
    return f"The {many} nearest in meaning, the nearest first, of {among}."


def _wanted(request: HttpRequest, survey: Any, key: str, user: User) -> tuple[Asked, AnswersForm]:
    frames = CodeFrame.objects.filter(survey=survey, question=key, is_current=True)
    frame = frames.select_related("survey").first()
    chosen, form = read(request.GET, survey=survey, frame=frame, user=user)
    return Asked(survey, key, frame, chosen, user, now()), form


def _may_take_out(user: User, chosen: Filter) -> bool:
    """Whether somebody may have the list as a file: not of a group, which would leave this site."""
    return may_export(user) and "group" not in chosen.asked


def _csv_url(wanted: Asked) -> str:
    address = reverse("themes:answers_csv", args=[wanted.survey.pk, wanted.question])
    return f"{address}?{wanted.filter.query}"


def _like(wanted: Asked) -> Answer | None:
    """Return the answer that others are compared with, if it is one of this question."""
    like = wanted.filter.asked.get("like")
    if like is None:
        return None
    of_question = Answer.objects.filter(response__survey=wanted.survey, question=wanted.question)
    return of_question.filter(pk=like).first()


def _csv_rows(
    found: Iterable[tuple[int, float | None]], frame: CodeFrame | None, user: User
) -> Iterator[Row]:
    waiting = iter(found)
    while piece := list(islice(waiting, ROWS_AT_ONCE)):
        rows = rows_of([key for key, _ in piece], frame)
        for key, likeness in piece:
            if key in rows.answers:
                yield _csv_row(rows, key, likeness, user)


def _csv_row(rows: Rows, key: int, likeness: float | None, user: User) -> Row:
    answer = rows.answers[key]
    response, assignment = answer.response, rows.stands.get(key)
    said = said_of(rows, key, user) if assignment else []
    blind = is_blind(rows, key, user)
    is_placed = assignment is not None and assignment.status == Assignment.Status.ASSIGNED
    standing = "Came after the machine read"
    if assignment is not None:
        standing = BLIND if blind else assignment.get_status_display()
    return [
        response.reference,
        response.submitted_at,
        response.get_channel_display(),
        response.respondent.get_kind_display() if response.respondent else "",
        answer.text,
        standing,
        "; ".join(each.words for each in said) if is_placed else "",
        "; ".join(each.by for each in said),
        f"Letter {assignment.campaign.number}" if assignment and assignment.campaign else "",
        "" if likeness is None else round(likeness, 4),
    ]
