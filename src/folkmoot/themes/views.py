"""Public pages of what people said."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from folkmoot.publishing.clock import local, now
from folkmoot.responses.questions import survey_form
from folkmoot.themes import presenters, tables
from folkmoot.themes.models import Theme
from folkmoot.themes.presenters.choosing import by_group_links, by_group_page
from folkmoot.themes.querysets import counted_until, intake

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.http import HttpRequest

    from folkmoot.consultations.models import Consultation
    from folkmoot.themes.models import ResultsPage


def results(request: HttpRequest, page: ResultsPage) -> HttpResponse:
    """Show every question with its answers counted."""
    at = now()
    consultation = _published(request, page, at)
    context = {
        "page": page,
        "consultation": consultation,
        "results": presenters.results(page, consultation, at),
        "closed_on": local(consultation.closes_at),
        "csv_url": page.csv_url,
    }
    return render(request, "themes/results.html", context)


def theme(request: HttpRequest, page: ResultsPage, slug: str) -> HttpResponse:
    """Show one theme with its words, its quotations and what was decided on it."""
    at = now()
    consultation = _published(request, page, at)
    # A theme that was replaced keeps its address until a current one takes it.
    found = (
        Theme.objects.filter(frame__survey=page.activity, slug=slug)
        .select_related("frame", "stands_in")
        .order_by("-frame__is_current", "-frame_id")
        .first()
    )
    if found is None:
        raise Http404("No theme has this address.")
    if found.stands_in is not None:
        # Not for good: the merger may be undone.
        return redirect(page.theme_url(found.stands_in))
    until = counted_until(page.activity, consultation, at)
    came = intake(page.activity, until)
    (question,) = presenters.text_questions(
        page,
        survey_form(page.activity).questions,
        came.responses,
        until,
        only=found,
        each=presenters.QUOTED_ON_THEME,
    ) or (None,)
    shown = (
        next((each for each in question.themes if each.id == found.pk), None) if question else None
    )
    if question is None or shown is None:
        raise Http404("No answer that counts is in this theme.")
    place = question.themes.index(shown)
    context = {
        "page": page,
        "consultation": consultation,
        "question": question,
        "theme": found,
        "shown": shown,
        "is_current": found.frame.is_current,
        "is_generated": came.generated > 0,
        "generated": presenters.GENERATED,
        # A theme that was replaced is not on that page.
        "by_group": by_group_links(page, found) if found.frame.is_current else (),
        "previous": question.themes[place - 1] if place else None,
        "next": question.themes[place + 1] if place + 1 < len(question.themes) else None,
    }
    return render(request, "themes/theme.html", context)


def by_group(request: HttpRequest, page: ResultsPage) -> HttpResponse:
    """Show the themes of one question by group: who said what more often than whom."""
    at = now()
    consultation = _published(request, page, at)
    shown = by_group_page(page, consultation, at, request.GET)
    context = {"page": page, "consultation": consultation, "at": local(at), "shown": shown}
    return render(request, "themes/by_group.html", context)


def by_group_csv(request: HttpRequest, page: ResultsPage) -> HttpResponse:
    """Send exactly the figures that the page by group shows."""
    at = now()
    consultation = _published(request, page, at)
    shown = by_group_page(page, consultation, at, request.GET)
    if shown.unknown or shown.result is None:
        raise Http404("There is no such question or group.")
    return _csv(f"{consultation.slug}-by-group", tables.by_group_rows(shown, consultation))


def results_csv(request: HttpRequest, page: ResultsPage) -> HttpResponse:
    """Send exactly the figures that the results page shows."""
    at = now()
    consultation = _published(request, page, at)
    rows = tables.csv_rows(presenters.results(page, consultation, at), consultation)
    return _csv(f"{consultation.slug}-results", rows)


def _csv(name: str, rows: Iterable[tuple[str, ...]]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    csv.writer(response).writerows(rows)
    return response


def _published(request: HttpRequest, page: ResultsPage, at: datetime) -> Consultation:
    """Return the page's consultation; a page not yet public exists for an editor's preview only."""
    consultation = page.consultation
    if at < page.public_from(consultation) and not getattr(request, "is_preview", False):
        raise Http404("What people told us is not published yet.")
    return consultation
