"""Commitments in the admin: what has to be looked after, and their spreadsheets out and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from folkmoot.accounts.models import User
from folkmoot.plans import access, acts, querysets
from folkmoot.plans.commitments_due import due_page
from folkmoot.plans.models import CommitmentImport, Plan
from folkmoot.plans.presenters.sheets import import_page, imports_list, look_page
from folkmoot.plans.presenters.words import counted
from folkmoot.plans.sheets.checking import check
from folkmoot.plans.sheets.columns import SHEETS
from folkmoot.plans.sheets.edits import ReadFile
from folkmoot.plans.sheets.reading import MOST_BYTES, read_file
from folkmoot.plans.sheets.writing import write_csv, write_workbook
from folkmoot.publishing.clock import local, now, today

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

UNPROCESSABLE = 422
SALT = "folkmoot.plans.sheets"
SECONDS_VALID = 24 * 60 * 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKBOOK = "workbook"
TEMPLATES = "plans/admin/commitments"


class FileForm(forms.Form):
    """The spreadsheet that comes back."""

    file = forms.FileField(
        label="The spreadsheet",
        help_text="The .xlsx file, or one of the CSV files, that was exported here and edited.",
        error_messages={
            "required": "Choose the spreadsheet.",
            "empty": "The file is empty: choose the spreadsheet that was exported.",
        },
    )


@require_GET
@never_cache
def due(request: HttpRequest) -> HttpResponse:
    """Show what is overdue, due soon or not updated, and the ways to the spreadsheets."""
    user = _allowed(request, access.may_see_commitments_due)
    plan = _plan_asked(request)
    if plan is None:
        return render(request, f"{TEMPLATES}/none.html")
    return render(request, f"{TEMPLATES}/due.html", _due(plan, user))


def _due(plan: Plan, user: User, form: FileForm | None = None) -> dict[str, Any]:
    return {
        "plan": plan,
        "plans": Plan.objects.order_by("-starts_on", "-pk"),
        "form": form or FileForm(use_required_attribute=False),
        "sheets": SHEETS,
        "may_edit": access.may_edit_commitments(user),
        "may_report": access.may_report_progress(user),
        "may_exchange": access.may_exchange_commitments(user),
        "imports": imports_list(plan),
        **due_page(plan, today()),
    }


@require_POST
@never_cache
def export(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Send the commitments as a workbook, or one of its sheets as CSV."""
    user = _allowed(request, access.may_exchange_commitments)
    plan = get_object_or_404(Plan, pk=plan_id)
    what = request.POST.get("what", WORKBOOK)
    kind = next((each for each in SHEETS if each.slug == what), None)
    at = now()
    made = acts.export_commitments(plan, at, user)
    day = local(at).date()
    if kind is None:
        response = HttpResponse(write_workbook(made.rows, str(made)), content_type=XLSX)
        name = f"commitments-{day}-{made}.xlsx"
    else:
        content = write_csv(kind, made.rows, str(made))
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
        name = f"{kind.slug}-{day}-{made}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def take(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show what a spreadsheet would change and, once it was looked at, take it over."""
    user = _allowed(request, access.may_exchange_commitments)
    plan = get_object_or_404(Plan, pk=plan_id)
    if request.method != "POST":
        return redirect(_address(plan))
    if request.POST.get("looked-at"):
        return _take(request, plan, user)
    form = FileForm(request.POST, request.FILES, use_required_attribute=False)
    if not form.is_valid():
        shown = _due(plan, user, form)
        return render(request, f"{TEMPLATES}/due.html", shown, status=UNPROCESSABLE)
    sent = form.cleaned_data["file"]
    read = read_file(sent.read(MOST_BYTES + 1), sent.name, partial(querysets.exports_of, plan))
    checked = check(plan, read, today())
    shown = look_page(plan, read, checked)
    if not checked.faults and (checked.changes or checked.updates):
        said = {"plan": plan.pk, **read.as_values()}
        shown["looked_at"] = signing.dumps(said, salt=SALT, compress=True)
    status = UNPROCESSABLE if checked.faults else 200
    return render(request, f"{TEMPLATES}/look.html", shown, status=status)


def _take(request: HttpRequest, plan: Plan, user: User) -> HttpResponse:
    try:
        said = signing.loads(request.POST["looked-at"], salt=SALT, max_age=SECONDS_VALID)
        if said["plan"] != plan.pk:
            raise signing.BadSignature
    except signing.BadSignature:
        messages.error(request, "Nothing was changed: the page is too old. Choose the file again.")
        return redirect(_address(plan))
    read = ReadFile.of_values(said)
    try:
        done = acts.import_commitments(plan, read, now(), user)
    except acts.SheetError as error:
        shown = look_page(plan, read, check(plan, read, today())) | {"faults": error.faults}
        return render(request, f"{TEMPLATES}/look.html", shown, status=UNPROCESSABLE)
    messages.success(
        request,
        f"{counted(len(done.changes), 'change')} and {counted(len(done.updates), 'update')} "
        f"of “{done}” are taken over.",
    )
    return redirect("plans_commitments_import", done.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def imported(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show what an import changed; on a post undo it by another."""
    user = _allowed(request, access.may_exchange_commitments)
    done = get_object_or_404(
        CommitmentImport.objects.select_related("plan", "undoes", "undone_by", "made_by"),
        pk=import_id,
    )
    shown = import_page(done)
    if request.method != "POST":
        return render(request, f"{TEMPLATES}/import.html", shown)
    try:
        undo = acts.undo_import(done, now(), user)
    except acts.SheetError as error:
        shown["faults"] = error.faults
        return render(request, f"{TEMPLATES}/import.html", shown, status=UNPROCESSABLE)
    messages.success(request, f"“{done}” is undone, by an import of its own.")
    return redirect("plans_commitments_import", undo.pk)


def _allowed(request: HttpRequest, may: Callable[[User], bool]) -> User:
    user = request.user
    if not isinstance(user, User) or not may(user):
        raise PermissionDenied
    return user


def _plan_asked(request: HttpRequest) -> Plan | None:
    asked = request.GET.get("plan", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return get_object_or_404(Plan, pk=asked)
    return querysets.current_plan() or Plan.objects.order_by("-starts_on", "-pk").first()


def _address(plan: Plan) -> str:
    return f"{reverse('plans_commitments')}?plan={plan.pk}"


ADDRESSES = [
    path("plans/commitments/", due, name="plans_commitments"),
    path("plans/<int:plan_id>/commitments/export/", export, name="plans_commitments_export"),
    path("plans/<int:plan_id>/commitments/import/", take, name="plans_commitments_take"),
    path("plans/commitments/imports/<int:import_id>/", imported, name="plans_commitments_import"),
]
