"""Population figures in the admin: a file checked, put in use, replaced or taken back."""

from __future__ import annotations

import base64
import binascii
import csv
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from folkmoot.core.cells import safe_text
from folkmoot.publishing.clock import now
from folkmoot.responses.models import Survey
from folkmoot.themes.access import may_import_population
from folkmoot.themes.acts.errors import ThemesError
from folkmoot.themes.acts.population import import_population, undo_population
from folkmoot.themes.cells import population_tables
from folkmoot.themes.models import PopulationTable
from folkmoot.themes.population import (
    MOST_BYTES,
    Fault,
    ReadFile,
    comparable,
    levels_of,
    read_population,
)
from folkmoot.themes.workbench.common import TEMPLATES, UNPROCESSABLE, allowed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.responses.questions import ChoiceQuestion

HEADINGS = ("question", "level", "label", "people", "source", "licence", "day")
NO_FILE = Fault("No file was chosen: choose the CSV or XLSX file with the figures.")


@require_GET
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the surveys that ask something of which a population is known."""
    allowed(request, may_import_population)
    used = PopulationTable.objects.filter(standing=PopulationTable.Standing.CURRENT)
    keys = set(used.values_list("survey_id", "question"))
    rows = [
        (survey, len(asked), sum((survey.pk, each.key) in keys for each in asked))
        for survey in Survey.objects.order_by("-id")
        if (asked := comparable(survey))
    ]
    return render(request, f"{TEMPLATES}/populations.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def one(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Show the figures of one survey; on a post check a file, and say what it would put in use."""
    allowed(request, may_import_population)
    survey = get_object_or_404(Survey, pk=survey_id)
    shown: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        sent = request.FILES.get("file")
        content = sent.read(MOST_BYTES + 1) if sent else b""
        read = (
            read_population(content, sent.name or "the file", comparable(survey))
            if sent
            else ReadFile("", "", (), (NO_FILE,))
        )
        status = UNPROCESSABLE if read.faults else 200
        shown = _checked(read, content)
    return render(request, f"{TEMPLATES}/population.html", _figures(survey) | shown, status=status)


@require_POST
def accept(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Put the tables of a checked file in use; it is checked once more, as it was away."""
    by = allowed(request, may_import_population)
    survey = get_object_or_404(Survey, pk=survey_id)
    try:
        content = base64.b64decode(request.POST.get("content", ""), validate=True)
    except binascii.Error:
        content = b""
    name = request.POST.get("name", "")[:200] or "the file"
    read = read_population(content, name, comparable(survey))
    if read.faults:
        shown = _figures(survey) | _checked(read, content)
        return render(request, f"{TEMPLATES}/population.html", shown, status=UNPROCESSABLE)
    tables = import_population(survey, read, now(), by)
    titles = ", ".join(f"“{each.question.title}”" for each in read.tables)
    messages.success(request, f"In use now, from {tables[0].source}: the population by {titles}.")
    return redirect("themes:population", survey.pk)


@require_POST
def undo(request: HttpRequest, table_id: int) -> HttpResponse:
    """Take a table out of use; the one before it, if there is one, is in use again."""
    by = allowed(request, may_import_population)
    table = get_object_or_404(PopulationTable.objects.select_related("survey"), pk=table_id)
    try:
        former = undo_population(table, now(), by)
    except ThemesError as error:
        messages.error(request, str(error))
    else:
        told = f"those of {former.source} are in use again" if former else "none are in use now"
        messages.success(request, f"The figures are taken back; {told}.")
    return redirect("themes:population", table.survey_id)


@require_GET
def template(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Send a file with a row for each group, in which only the figures are wanting."""
    allowed(request, may_import_population)
    survey = get_object_or_404(Survey, pk=survey_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{survey.slug}-population.csv"'
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    for question in comparable(survey):
        for code, label in levels_of(question).items():
            writer.writerow((question.key, code, safe_text(label), "", "", "", ""))
    return response


def _figures(survey: Survey) -> dict[str, Any]:
    """Return what the page of a survey shows whatever was sent: questions, and their figures."""
    asked = comparable(survey)
    used = {table.question: table for table in population_tables(survey)}
    earlier = PopulationTable.objects.filter(survey=survey).exclude(
        standing=PopulationTable.Standing.CURRENT
    )
    return {
        "survey": survey,
        "asked": [(question, used.get(question.key)) for question in asked],
        "in_use": [
            (question, used[question.key], _rows(question, _by_level(used[question.key])))
            for question in asked
            if question.key in used
        ],
        "earlier": earlier.select_related("imported_by"),
    }


def _checked(read: ReadFile, content: bytes) -> dict[str, Any]:
    """Return a file as read: what is wrong with it, or what it would put in use."""
    return {
        "read": read,
        "found": [(each, _rows(each.question, each.figures)) for each in read.tables],
        "content": base64.b64encode(content).decode() if read.tables else "",
    }


def _by_level(table: PopulationTable) -> dict[str, float]:
    return {margin.level: margin.figure for margin in table.margins.all()}


def _rows(question: ChoiceQuestion, figures: dict[str, float]) -> list[tuple[str, str, str, str]]:
    """Return each level with its label, its figure as given, and its share of all."""
    total = sum(figures.values())
    is_people = total > 2
    return [
        (
            code,
            question.label_of(code),
            f"{figure:,.0f}" if is_people else f"{figure:g}",
            f"{figure / total:.1%}",
        )
        for code, figure in figures.items()
    ]
