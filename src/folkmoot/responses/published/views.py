"""The public pages of a survey's responses: a list, one response, and a CSV of what is shown."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from folkmoot.publishing.clock import now
from folkmoot.publishing.search.words import LONGEST_QUERY, marked, words
from folkmoot.responses.models import Publishing
from folkmoot.responses.published.asked import KIND_WORDS, Asked, left, read
from folkmoot.responses.published.presented import csv_rows, presented
from folkmoot.responses.querysets import public_from, public_responses

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from folkmoot.responses.models import PublicResponse, Survey

A_PAGE = 20
TOO_FEW = (
    "Fewer than {smallest} published responses match. So few could be told apart, so they are not "
    "listed: look for less, or for other words."
)
NOT_PUBLIC = "The responses to this survey are not published."


def browse(request: HttpRequest, survey: Survey) -> HttpResponse:
    """List the published responses that a filter leaves, twenty to a page."""
    publishing = _publishing(survey)
    asked, found, count, is_protected = _found(request, survey, publishing)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = presented(survey, page.object_list, kinds=bool(asked.kinds))  # type: ignore[arg-type]
    sought = words(asked.text)
    context = {
        "page": survey,
        "consultation": survey.consultation,
        "asked": asked,
        "questions": [(key, number, part.title) for key, (number, part) in asked.questions.items()],
        "kinds": [(kind, KIND_WORDS[kind]) for kind in asked.kinds],  # type: ignore[index]
        "rows": [
            {"response": each, "excerpt": marked(each.excerpt(asked.question), sought)}
            for each in shown
        ],
        "count": count,
        "is_protected": is_protected,
        "protected_text": TOO_FEW.format(smallest=publishing.smallest),
        "pages": page,
        "csv_url": f"{survey.url}responses/responses.csv{'?' if asked.query else ''}{asked.query}",
        "longest": LONGEST_QUERY,
        "here": f"{survey.url}responses/",
    }
    answer = render(request, "responses/published/browse.html", context)
    if asked.is_narrow:
        answer["X-Robots-Tag"] = "noindex"
    return answer


def browse_csv(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Send every answer that the list with this filter leads to, one row each."""
    publishing = _publishing(survey)
    asked, found, _, is_protected = _found(request, survey, publishing)
    if is_protected:
        raise Http404("So few responses match that they are not listed: search for less.")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"{survey.slug}-responses.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # With the mark by which spreadsheets know UTF-8.
    response.write("\ufeff")
    shown = presented(survey, found, kinds=bool(asked.kinds))
    csv.writer(response).writerows(csv_rows(shown, asked.question))
    return response


def one(request: HttpRequest, survey: Survey, number: int) -> HttpResponse:
    """Show one published response."""
    publishing = _publishing(survey)
    public = public_responses(survey)
    asked = read(survey, public, {}, publishing.smallest)
    found = presented(survey, public.filter(number=number), kinds=bool(asked.kinds))
    if not found or not found[0].answers:
        raise Http404("No published response has this number.")
    context = {
        "page": survey,
        "consultation": survey.consultation,
        "response": found[0],
        "crumb": f"Response {number}",
        "before": public.filter(number__lt=number).order_by("-number").first(),
        "after": public.filter(number__gt=number).first(),
        "here": f"{survey.url}responses/",
    }
    return render(request, "responses/published/response.html", context)


def _publishing(survey: Survey) -> Publishing:
    """Return how the responses are published; raises Http404 where they are not, or not yet."""
    publishing = Publishing.objects.filter(survey=survey).first()
    if publishing is None or now() < public_from(publishing, survey):
        raise Http404(NOT_PUBLIC)
    return publishing


def _found(
    request: HttpRequest, survey: Survey, publishing: Publishing
) -> tuple[Asked, QuerySet[PublicResponse], int, bool]:
    """Return the filter, what it leaves, how many those are, and whether they are too few to list.

    So few people could be told apart by what was asked for: nothing of them is shown then, nor
    whether it is one or none.
    """
    public = public_responses(survey)
    asked = read(survey, public, request.GET.dict(), publishing.smallest)
    found = left(public, asked)
    count = found.count()
    if asked.is_narrow and count < publishing.smallest:
        return asked, public.none(), 0, True
    return asked, found, count, False
