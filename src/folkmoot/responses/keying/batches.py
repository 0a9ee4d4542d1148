"""Batches of paper forms in the admin: opened, counted, and how far two people agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from folkmoot.accounts.models import User
from folkmoot.publishing.clock import now
from folkmoot.responses import access
from folkmoot.responses.acts.keying import (
    SCAN_MEGABYTES,
    KeyingRefusedError,
    attach_scan,
    form_to_repeat,
    open_batch,
)
from folkmoot.responses.keying import presenters
from folkmoot.responses.keying.forms import BatchForm
from folkmoot.responses.models import Batch, PaperForm

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNPROCESSABLE = 422
TEMPLATES = "responses/admin/keying"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def batches(request: HttpRequest) -> HttpResponse:
    """List the batches with how far each is; on a post open another."""
    by = keyer(request)
    form, status = BatchForm(request.POST or None, survey=request.GET.get("survey", "")), 200
    if request.method == "POST":
        if form.is_valid():
            asked = form.cleaned_data
            try:
                opened = open_batch(
                    asked["survey"],
                    asked["name"],
                    asked["received_on"],
                    now(),
                    by,
                    is_double=asked["is_double"],
                )
                return redirect("responses:key_form", opened.pk)
            except KeyingRefusedError as error:
                form.add_error(None, str(error))
        status = UNPROCESSABLE
    found = Batch.objects.select_related("survey").annotate(
        keyed=Count("forms", distinct=True),
        recorded=Count("forms", filter=Q(forms__response__isnull=False), distinct=True),
    )
    shown = {
        "batches": found[:100],
        "form": form,
        "may_open": access.may_open_batch(by),
    }
    return render(request, f"{TEMPLATES}/batches.html", shown, status=status)


@require_http_methods(["GET", "HEAD"])
@never_cache
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show the forms of a batch: which are recorded, which wait, and how far two people agreed."""
    return batch_page(request, batch_id)


@require_POST
def scan(request: HttpRequest, batch_id: int, number: int) -> HttpResponse:
    """Keep the scan of a form, or the e-mail it came in, with its response."""
    by = keyer(request)
    paper = get_object_or_404(
        PaperForm.objects.select_related("response"), batch_id=batch_id, number=number
    )
    upload = request.FILES.get("scan")
    if paper.response is None:
        return batch_page(request, batch_id, f"Form {number} is not recorded yet: key it first.")
    if upload is None:
        return batch_page(request, batch_id, f"Choose the file with the scan of form {number}.")
    try:
        sent = attach_scan(paper.response, upload, now(), by)
    except KeyingRefusedError as error:
        return batch_page(request, batch_id, f"Form {number}: {error}")
    messages.success(request, f"“{sent.name}” is kept with form {number}.")
    return redirect("responses:keying_batch", batch_id)


def batch_page(request: HttpRequest, batch_id: int, fault: str = "") -> HttpResponse:
    """Return the page of a batch, with a sentence where something was refused."""
    by = keyer(request)
    found = get_object_or_404(Batch.objects.select_related("survey"), pk=batch_id)
    forms = list(
        found.forms.select_related("response")
        .prefetch_related("keyings__by")
        .annotate(scans=Count("response__files"))
        .order_by("-number")[:500]
    )
    shown: dict[str, Any] = {
        "batch": found,
        "rows": presenters.form_rows(forms, found, by),
        "counts": presenters.batch_counts(found),
        "agreement": presenters.agreement_sentence(found),
        "waits_for_me": form_to_repeat(found, by) is not None,
        "may_settle": access.may_settle(by),
        "may_read": access.may_read_responses(by),
        "megabytes": SCAN_MEGABYTES,
        "fault": fault,
    }
    status = UNPROCESSABLE if fault else 200
    return render(request, f"{TEMPLATES}/batch.html", shown, status=status)


def keyer(request: HttpRequest) -> User:
    """Return who keys; nobody else comes past."""
    if not access.may_key(request.user) or not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
