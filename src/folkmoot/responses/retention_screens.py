"""The screen of retention: how long each kind is kept, and what goes when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache

from folkmoot.accounts.models import User
from folkmoot.publishing.clock import local, now
from folkmoot.responses import access, retention
from folkmoot.responses.acts.erasure import set_periods

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

TEMPLATE = "responses/retention/retention.html"
UNPROCESSABLE = 422


class PeriodsForm(forms.Form):
    """How many days each kind is kept."""

    def __init__(self, *posted: Any, **more: Any) -> None:
        super().__init__(*posted, **more)
        for kind in retention.KINDS:
            self.fields[kind.key] = forms.IntegerField(
                label=kind.words.capitalize(),
                min_value=1,
                max_value=kind.most,
                help_text=f"Days from {kind.counted_from}; by default {kind.days:,}. {kind.reason}",
            )


@never_cache
def periods(request: HttpRequest) -> HttpResponse:
    """Show how long each kind is kept and what goes when; on a post set the periods."""
    user = request.user
    if not isinstance(user, User) or not access.may_see_retention(user):
        raise PermissionDenied
    form, status = PeriodsForm(initial=retention.periods()), 200
    if request.method == "POST":
        if not access.may_set_retention(user):
            raise PermissionDenied
        form = PeriodsForm(request.POST)
        if form.is_valid():
            changed = set_periods(form.cleaned_data, now(), user)
            said = "The periods are saved." if changed else "Nothing was changed."
            messages.success(request, f"{said} The list below says what goes when.")
            return redirect("responses:retention")
        status = UNPROCESSABLE
    at = now()
    shown = {
        "form": form,
        "may_set": access.may_set_retention(user),
        "rows": plan_rows(at),
        "is_on": settings.FOLKMOOT_ERASE_DUE,
    }
    return render(request, TEMPLATE, shown, status=status)


def plan_rows(at: Any) -> list[dict[str, Any]]:
    """Return what is kept for a time and when it goes, in words."""
    today = local(at).date()
    return [
        {
            "what": f"{due.kind.words.capitalize()}: {due.many:,}",
            "of": str(due.survey or due.consultation or ""),
            "on": f"{due.on:%-d %B %Y}",
            "is_due": due.is_due(today),
        }
        for due in retention.plan(at)
    ]


ADDRESSES = [path("retention/", periods, name="retention")]
