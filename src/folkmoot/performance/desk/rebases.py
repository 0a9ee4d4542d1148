"""Rebases in the admin: what is in force, a new one, and one taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from folkmoot.core.periods import Month
from folkmoot.performance.access import may_rebase
from folkmoot.performance.acts import RefusedError, rebase, withdraw_rebasing
from folkmoot.performance.desk.common import TEMPLATES, UNPROCESSABLE, allowed, tell
from folkmoot.performance.desk.forms import ReasonForm, RebaseForm
from folkmoot.performance.models import Rebasing
from folkmoot.publishing.clock import now, today

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List what is in force, and what was withdrawn."""
    allowed(request, may_rebase)
    rows = Rebasing.objects.select_related("measure", "area", "kept_by", "withdrawn_by")
    shown = {
        "in_force": rows.filter(withdrawn_at=None),
        "withdrawn": rows.exclude(withdrawn_at=None),
    }
    return render(request, f"{TEMPLATES}/rebases.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """Show the form; on a post count limits anew."""
    by = allowed(request, may_rebase)
    status = 200
    form = RebaseForm(
        request.POST or None, initial={"decided_on": today()}, use_required_attribute=False
    )
    if request.method == "POST":
        if form.is_valid():
            given = form.cleaned_data | {"period": Month.from_date(form.cleaned_data["period"])}
            try:
                kept = rebase(**given, at=now(), by=by)
            except RefusedError as refused:
                tell(form, refused)
            else:
                messages.success(request, f"The limits of {kept} on are counted anew.")
                return redirect("performance:rebases")
        status = UNPROCESSABLE
    return render(request, f"{TEMPLATES}/rebase.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: HttpRequest, rebasing_id: int) -> HttpResponse:
    """Ask for the reason; on a post take the rebase back."""
    by = allowed(request, may_rebase)
    rebasing = get_object_or_404(Rebasing.objects.select_related("measure", "area"), pk=rebasing_id)
    form, status = ReasonForm(request.POST or None, use_required_attribute=False), 200
    if request.method == "POST":
        if form.is_valid():
            try:
                withdraw_rebasing(rebasing, form.cleaned_data["reason"], at=now(), by=by)
            except RefusedError as refused:
                tell(form, refused)
            else:
                messages.success(request, "It is withdrawn, and stays on the record below.")
                return redirect("performance:rebases")
        status = UNPROCESSABLE
    shown = {"rebasing": rebasing, "form": form}
    return render(request, f"{TEMPLATES}/withdraw_rebase.html", shown, status=status)
