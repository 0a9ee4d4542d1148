"""Files of responses in the admin: those that came, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from folkmoot.accounts.models import User
from folkmoot.publishing.clock import now
from folkmoot.responses.access import may_import
from folkmoot.responses.acts.imports import begin_import
from folkmoot.responses.importing import BrokenTableError
from folkmoot.responses.models import ImportRun, Survey
from folkmoot.responses.receiving.forms import FileForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNPROCESSABLE = 422
A_PAGE = 30


@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the files, newest first; on a post take a new one."""
    officer = importer(request)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            run = begin_import(
                said["survey"], said["file"], now(), officer, dialect=said["dialect"]
            )
        except BrokenTableError as error:
            form.add_error("file", str(error))
        else:
            return redirect("responses:import_columns", run.pk)
    asked = request.GET.get("consultation", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        surveys = [each for each in Survey.objects.all() if each.consultation.pk == int(asked)]
        form.fields["survey"].initial = surveys[0].pk if surveys else None
    runs = ImportRun.objects.select_related("survey", "made_by")
    shown = {
        "form": form,
        "page": Paginator(runs, A_PAGE).get_page(request.GET.get("page")),
    }
    status = UNPROCESSABLE if form.is_bound and not form.is_valid() else 200
    return render(request, "responses/receiving/imports.html", shown, status=status)


def importer(request: HttpRequest) -> User:
    """Return who asks, refusing anybody who may not import."""
    user = request.user
    if not isinstance(user, User) or not may_import(user):
        raise PermissionDenied
    return user


def run_of(run_id: int) -> ImportRun:
    """Return a run with its survey."""
    return get_object_or_404(
        ImportRun.objects.select_related("survey", "made_by", "imported_by", "undone_by"),
        pk=run_id,
    )
