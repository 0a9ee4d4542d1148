"""Evidence in the admin: entered, reviewed by a second person, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from folkmoot.performance import access
from folkmoot.performance.acts import (
    RefusedError,
    enter_evidence,
    review_evidence,
    withdraw_evidence,
)
from folkmoot.performance.desk.common import TEMPLATES, UNPROCESSABLE, allowed, tell
from folkmoot.performance.desk.forms import EvidenceForm, ReasonForm
from folkmoot.performance.models import Evidence
from folkmoot.publishing.clock import now, today

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from folkmoot.accounts.models import User


def may_see(user: User | AnonymousUser) -> bool:
    """Whether they may read what waits for review and what was withdrawn."""
    return access.may_withdraw_evidence(user)


@require_GET
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List what waits for review, what is shown, and what was withdrawn."""
    user = allowed(request, may_see)
    rows = list(_entries())
    shown = {
        "waiting": [row for row in rows if row.is_waiting],
        "shown": [row for row in rows if row.is_shown],
        "withdrawn": [row for row in rows if row.withdrawn_at is not None],
        "may_enter": access.may_enter_evidence(user),
    }
    return render(request, f"{TEMPLATES}/evidence.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """Show the form; on a post keep an entry for review."""
    by = allowed(request, access.may_enter_evidence)
    status = 200
    form = EvidenceForm(
        request.POST or None, initial={"dated": today()}, use_required_attribute=False
    )
    if request.method == "POST":
        if form.is_valid():
            try:
                kept = enter_evidence(form.entry(), at=now(), by=by)
            except RefusedError as refused:
                tell(form, refused)
            else:
                messages.success(request, f"“{kept}” waits for a second person to review it.")
                return redirect("performance:evidence")
        status = UNPROCESSABLE
    return render(request, f"{TEMPLATES}/enter.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def one(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Show an entry as the public would read it; on a post withdraw it."""
    by = allowed(request, may_see)
    entry = get_object_or_404(_entries(), pk=evidence_id)
    form, status = ReasonForm(request.POST or None, use_required_attribute=False), 200
    if request.method == "POST":
        if form.is_valid():
            try:
                withdraw_evidence(entry, form.cleaned_data["reason"], at=now(), by=by)
            except RefusedError as refused:
                tell(form, refused)
            else:
                messages.success(request, f"“{entry}” is withdrawn, and stays on the record.")
                return redirect("performance:evidence")
        status = UNPROCESSABLE
    shown = {"entry": entry, "form": form, "may_review": access.may_review(by, entry)}
    return render(request, f"{TEMPLATES}/entry.html", shown, status=status)


@require_POST
def review(request: HttpRequest, evidence_id: int) -> HttpResponse:
    """Let the public read an entry."""
    by = allowed(request, access.may_review_evidence)
    entry = get_object_or_404(Evidence, pk=evidence_id)
    try:
        review_evidence(entry, at=now(), by=by)
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"“{entry}” is shown on the page of its measure now.")
    return redirect("performance:evidence")


def _entries() -> QuerySet[Evidence]:
    people = ("entered_by", "reviewed_by", "withdrawn_by")
    return Evidence.objects.select_related("measure", "area", *people)
