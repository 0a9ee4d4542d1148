"""The screens of exports in the admin: chosen, made, fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from folkmoot.accounts.models import User
from folkmoot.consultations.models import Consultation
from folkmoot.publishing.clock import local, now
from folkmoot.responses import access
from folkmoot.responses.acts.exporting import begin_export, fetch_export
from folkmoot.responses.exporting import tasks
from folkmoot.responses.exporting.csv_file import csv_pieces
from folkmoot.responses.exporting.dictionary import dictionary_csv, dictionary_html
from folkmoot.responses.exporting.forms import ExportForm
from folkmoot.responses.exporting.selection import Selection, read_selection
from folkmoot.responses.exporting.tables import columns_of, file_stem, table, title_of
from folkmoot.responses.models import Export, Standing, Survey

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from folkmoot.responses.exporting.tables import Of

TEMPLATES = "responses/exporting"
UNPROCESSABLE = 422
LISTED = 20


@require_GET
@never_cache
def surveys(request: HttpRequest) -> HttpResponse:
    """List every survey with how many responses count, and consultations that were written to."""
    _allowed(request)
    stands = Count("responses", filter=Q(responses__standing=Standing.STANDS))
    written = Q(responses__standing=Standing.STANDS, responses__survey__isnull=True)
    shown = {
        "surveys": Survey.objects.annotate(many=stands).order_by("-pk"),
        "consultations": Consultation.objects.annotate(many=Count("responses", filter=written))
        .filter(many__gt=0)
        .order_by("-pk"),
    }
    return render(request, f"{TEMPLATES}/surveys.html", shown)


@never_cache
def export(request: HttpRequest, survey_id: int) -> HttpResponseBase:
    """Export the responses to a survey."""
    user = _allowed(request)
    return _export(request, get_object_or_404(Survey, pk=survey_id), user)


@never_cache
def export_letters(request: HttpRequest, consultation_id: int) -> HttpResponseBase:
    """Export what was written to a consultation without a survey."""
    user = _allowed(request)
    return _export(request, get_object_or_404(Consultation, pk=consultation_id), user)


def _export(request: HttpRequest, of: Of, user: User) -> HttpResponseBase:
    """Ask what to export, and list what was; on a post send a CSV or begin another format."""
    if request.method != "POST":
        return _page(request, of, ExportForm(of=of, user=user))
    form = ExportForm(request.POST, of=of, user=user)
    if not form.is_valid():
        return _page(request, of, form, status=UNPROCESSABLE)
    chosen, at = form.cleaned_data["format"], now()
    if form.is_sent_at_once:
        begin_export(of, chosen, form.selection, at, user, is_sent_at_once=True)
        return _stream(of, form.selection, bom=form.cleaned_data["bom"])
    made = begin_export(of, chosen, form.selection, at, user, monitoring=form.with_monitoring)
    tasks.make.enqueue(made.pk)
    messages.success(request, f"{made} is being made. Reload this page in a moment to fetch it.")
    return redirect(f"{_addresses(of)['here']}#made")


@require_GET
@never_cache
def dictionary(request: HttpRequest, survey_id: int, form: str) -> HttpResponse:
    """Send the data dictionary of a survey's export, as a page or as CSV."""
    _allowed(request)
    return _dictionary(get_object_or_404(Survey, pk=survey_id), form)


@require_GET
@never_cache
def letters_dictionary(request: HttpRequest, consultation_id: int, form: str) -> HttpResponse:
    """Send the data dictionary of an export of letters, as a page or as CSV."""
    _allowed(request)
    return _dictionary(get_object_or_404(Consultation, pk=consultation_id), form)


def _dictionary(of: Of, form: str) -> HttpResponse:
    columns = columns_of(of, Selection())
    if form == "html":
        made = f"As the questions stood on {local(now()):%-d %B %Y}."
        return HttpResponse(dictionary_html(title_of(of), made, columns))
    sent = HttpResponse(dictionary_csv(columns), content_type="text/csv; charset=utf-8")
    sent["Content-Disposition"] = f'attachment; filename="{file_stem(of)}-dictionary.csv"'
    return sent


@require_POST
@never_cache
def download(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """Send the file of an export to somebody who may have it."""
    user = _allowed(request)
    found = get_object_or_404(Export.objects.select_related("survey", "consultation"), pk=export_id)
    try:
        name = fetch_export(found, now(), user)
    except Export.DoesNotExist:
        raise Http404("The file of this export is gone: ask for another.") from None
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=name)


def _allowed(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not access.may_export(request.user):
        raise PermissionDenied
    return request.user


def _stream(of: Of, selection: Selection, *, bom: bool) -> StreamingHttpResponse:
    found = table(of, selection)
    pieces = csv_pieces(found.columns, found.rows, in_words=selection.in_words, bom=bom)
    sent = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    name = f"{file_stem(of)}-{local(now()):%Y-%m-%d}.csv"
    sent["Content-Disposition"] = f'attachment; filename="{name}"'
    return sent


def _page(request: HttpRequest, of: Of, form: ExportForm, status: int = 200) -> HttpResponse:
    made = of.exports.select_related("asked_by")[:LISTED]
    shown: dict[str, Any] = {
        "title": title_of(of),
        "form": form,
        "many": Selection().responses(of).count(),
        "made": [_row(each, request.user) for each in made],
        **_addresses(of),
    }
    return render(request, f"{TEMPLATES}/export.html", shown, status=status)


def _addresses(of: Of) -> dict[str, str]:
    """Return the addresses of the export page, and of the data dictionary as page and as CSV."""
    letters = isinstance(of, Consultation)
    here, words = ("export_letters", "letters_dictionary") if letters else ("export", "dictionary")
    return {
        "here": reverse(f"responses:{here}", args=[of.pk]),
        "page": reverse(f"responses:{words}", args=[of.pk, "html"]),
        "csv": reverse(f"responses:{words}", args=[of.pk, "csv"]),
    }


def _row(made: Export, user: Any) -> dict[str, Any]:
    state = made.get_state_display()
    if made.state == Export.State.WAITING:
        state = f"{state}: {made.written:,} of {made.total:,} responses"
    if made.state == Export.State.FAILED:
        state = f"{state}. {made.failure}"
    if made.state == Export.State.MADE and not made.file:
        state = "Sent at once"
    return {
        "export": made,
        "state": state,
        "asked": f"{local(made.asked_at):%-d %B %Y at %H:%M}",
        "expires": f"{local(made.expires_at):%-d %B %Y}" if made.file and made.expires_at else "",
        "may_fetch": bool(made.file) and access.may_export(user, made.monitoring),
        "monitoring": made.get_monitoring_display() if made.monitoring != "none" else "",
        "with_files": read_selection(made.selection).with_files,
    }


ADDRESSES = [
    path("exports/", surveys, name="exports"),
    path("exports/<int:export_id>/download/", download, name="download_export"),
    path("surveys/<int:survey_id>/export/", export, name="export"),
    path("consultations/<int:consultation_id>/export/", export_letters, name="export_letters"),
    path(
        "consultations/<int:consultation_id>/letters-dictionary.<str:form>",
        letters_dictionary,
        name="letters_dictionary",
    ),
    path("surveys/<int:survey_id>/dictionary.<str:form>", dictionary, name="dictionary"),
]
