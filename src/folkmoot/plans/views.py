"""The admin's page on which a version of a plan is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from folkmoot.accounts.models import User
from folkmoot.plans import acts, querysets
from folkmoot.plans.access import may_publish_plan
from folkmoot.plans.forms import VersionForm
from folkmoot.plans.models import Plan
from folkmoot.plans.presenters import version_to_keep
from folkmoot.publishing.clock import now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "POST"])
def keep_version(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Show what would be kept of a plan and, once confirmed, keep it."""
    plan = get_object_or_404(Plan, pk=plan_id)
    by = request.user
    if not (isinstance(by, User) and may_publish_plan(by, plan)):
        raise PermissionDenied
    at = now()
    form = VersionForm(
        request.POST or None,
        initial={"kind": querysets.next_kind(plan, at)},
        use_required_attribute=False,
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = acts.keep_version(plan, at=at, by=by, **form.cleaned_data)
        except acts.VersionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{version.title}” is kept and can be read on the site.")
            return redirect(reverse("wagtailadmin_pages:edit", args=[plan.pk]))
    return render(
        request,
        "plans/admin/keep_version.html",
        {"plan": plan, "form": form, **version_to_keep(plan, at)},
    )
