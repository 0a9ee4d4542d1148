"""The screen for one person's data: found, exported, erased. What was typed is in no address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from folkmoot.accounts.models import User
from folkmoot.publishing.clock import local, now
from folkmoot.responses import access
from folkmoot.responses.acts.erasing_people import (
    LONGEST_REASON,
    ErasureRefusedError,
    earlier_erasures,
    erase_person,
)
from folkmoot.responses.acts.looking_up import export_person, look_up
from folkmoot.responses.models import Erasure

if TYPE_CHECKING:
    from django.http import HttpRequest

TEMPLATE = "responses/personal/person.html"
UNPROCESSABLE = 422
LISTED = 20


class AskForm(forms.Form):
    """Whom data are looked for."""

    asked = forms.CharField(
        label="Reference of a response, or e-mail address",
        max_length=254,
        help_text="Make sure first that it is the person themselves who asks.",
        error_messages={"required": "Type the reference or the e-mail address that they gave."},
    )


class EraseForm(AskForm):
    """That it is to be erased, and why."""

    reason = forms.CharField(
        label="Why it is erased",
        max_length=LONGEST_REASON,
        help_text="Such as “They withdrew their consent by e-mail on 3 May”. No names.",
        error_messages={"required": "Say why the data are erased; the record keeps it."},
    )
    sure = forms.BooleanField(
        label="I have checked who asks, and know that this cannot be undone",
        error_messages={"required": "Tick the box: what is erased cannot be brought back."},
    )


@never_cache
def person(request: HttpRequest) -> HttpResponse:
    """Ask for a reference or an address; on a post show what is held."""
    user = _allowed(request)
    if request.method != "POST":
        return _page(request, AskForm())
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    return _found(request, form.cleaned_data["asked"], user)


@require_POST
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """Send all that is held of somebody as a ZIP."""
    user = _allowed(request)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=UNPROCESSABLE)
    at = now()
    sent = HttpResponse(
        export_person(form.cleaned_data["asked"], at, user), content_type="application/zip"
    )
    name = f"personal-data-{local(at):%Y-%m-%d}.zip"
    sent["Content-Disposition"] = f'attachment; filename="{name}"'
    return sent


@require_POST
@never_cache
def erase(request: HttpRequest) -> HttpResponse:
    """Erase all that is held of somebody."""
    user = _allowed(request)
    form = EraseForm(request.POST)
    if not form.is_valid():
        asked = form.cleaned_data.get("asked", "")
        if not asked:
            return _page(request, AskForm(request.POST), status=UNPROCESSABLE)
        return _found(request, asked, user, erasing=form, status=UNPROCESSABLE)
    given = form.cleaned_data
    try:
        erasure = erase_person(given["asked"], given["reason"], now(), user)
    except ErasureRefusedError as error:
        form.add_error("reason", str(error))
        return _found(request, given["asked"], user, erasing=form, status=UNPROCESSABLE)
    messages.success(request, f"Erased. The proof is erasure {erasure.pk} in the list below.")
    return redirect("responses:person")


def _allowed(request: HttpRequest) -> User:
    if not isinstance(request.user, User) or not access.may_erase_people(request.user):
        raise PermissionDenied
    return request.user


def _found(
    request: HttpRequest, asked: str, user: User, status: int = 200, **forms_: Any
) -> HttpResponse:
    shown = {
        "asked": asked,
        "places": look_up(asked, now(), user),
        "earlier": [_row(each) for each in earlier_erasures(asked)],
        "erasing": forms_.get("erasing") or EraseForm(initial={"asked": asked}),
        "is_found": True,
    }
    return _page(request, AskForm(initial={"asked": asked}), status, **shown)


def _page(request: HttpRequest, form: forms.Form, status: int = 200, **more: Any) -> HttpResponse:
    done = Erasure.objects.select_related("by")[:LISTED]
    shown = {"form": form, "done": [_row(each) for each in done], **more}
    return render(request, TEMPLATE, shown, status=status)


def _row(erasure: Erasure) -> dict[str, Any]:
    counts = [
        f"{place}: {', '.join(f'{many} {what}' for what, many in found.items())}"
        for place, found in erasure.erased.items()
    ]
    return {
        "number": erasure.pk,
        "at": f"{local(erasure.at):%-d %B %Y at %H:%M}",
        "by": str(erasure.by or "Somebody whose account is gone"),
        "reason": erasure.reason,
        "asked": "An e-mail address" if erasure.asked_by_email else "A reference",
        "erased": counts,
    }


ADDRESSES = [
    path("person/", person, name="person"),
    path("person/export/", export, name="export_person"),
    path("person/erase/", erase, name="erase_person"),
]
