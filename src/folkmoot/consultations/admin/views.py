"""Views of a consultation in the admin, beside the page editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from folkmoot.accounts.models import User
from folkmoot.consultations import access, acts, timeline
from folkmoot.consultations.admin import presenters
from folkmoot.consultations.admin.forms import ClosingForm, DatesForm, TickForm
from folkmoot.consultations.calendar import warnings_between
from folkmoot.consultations.checks import Caution
from folkmoot.consultations.models import Consultation
from folkmoot.publishing.clock import local, now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """Ask when a consultation closes from now on, and why; move it for the public at once."""
    consultation = get_object_or_404(Consultation, pk=consultation_id)
    if not access.may_move_closing(request.user, consultation):
        raise PermissionDenied
    if request.method == "POST":
        form = ClosingForm(request.POST)
        if form.is_valid() and _moved(request, consultation, form):
            return redirect(presenters.editor_address(consultation))
    else:
        form = ClosingForm(initial={"closes_at": local(consultation.closes_at)})
    at = now()
    shown = {
        "form": form,
        "sentence": timeline.state_sentence(consultation, at),
        "closes": presenters.moment(consultation.closes_at),
        "is_open": consultation.is_open(at),
        "cautions": _cautions(consultation, form),
        "changes": [
            {
                "sentence": timeline.closing_move(change),
                "by": change.by,
                "at": presenters.moment(change.at),
            }
            for change in consultation.closing_changes.select_related("by").order_by("-at", "-id")
        ],
        "promised_on": consultation.answer_promised_on,
        "promise_follows": consultation.answer_promised_on
        == acts.usual_promise(consultation.closes_at),
        "cautions_address": reverse("consultations:cautions"),
        "opens_at": local(consultation.opens_at),
    }
    return _page(request, "closing", consultation, "Move the closing time", "date", shown)


def _moved(request: HttpRequest, consultation: Consultation, form: ClosingForm) -> bool:
    asked = form.cleaned_data
    try:
        change = acts.move_closing(
            consultation, asked["closes_at"], asked["reason"], now(), _officer(request)
        )
    except acts.ClosingError as error:
        form.add_error(None, str(error))
        return False
    messages.success(
        request,
        f"“{consultation.title}” now closes on {presenters.moment(change.after)}. "
        "The page, its surveys and its workshops follow at once, and the page shows the reason.",
    )
    _tell_cautions(request, change.consultation)
    return True


def _cautions(consultation: Consultation, form: ClosingForm) -> list[Caution]:
    """Return what is to be known of the closing time that was typed."""
    typed = form.cleaned_data.get("closes_at") if form.is_bound else None
    return warnings_between(consultation.opens_at, typed) if typed else []


@require_GET
def show_checklist(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """Show the checklist of a consultation."""
    consultation = _edited(request, consultation_id)
    return _checklist_page(request, consultation)


@require_POST
def tick(request: HttpRequest, consultation_id: int) -> HttpResponse:
    """Vouch for a line of the checklist."""
    consultation = _edited(request, consultation_id)
    form = TickForm(request.POST)
    if not form.is_valid():
        fault = " ".join(str(sentence) for found in form.errors.values() for sentence in found)
        return _checklist_page(request, consultation, form, fault)
    asked = form.cleaned_data
    try:
        acts.tick_line(consultation, asked["line"], asked["note"], now(), _officer(request))
    except acts.TickError as error:
        return _checklist_page(request, consultation, form, str(error))
    return redirect(f"{presenters.checklist_address(consultation)}#line-{asked['line']}")


@require_POST
def untick(request: HttpRequest, consultation_id: int, line: str) -> HttpResponse:
    """Take back that a line of the checklist was ticked."""
    consultation = _edited(request, consultation_id)
    acts.untick_line(consultation, line, now(), _officer(request))
    return redirect(f"{presenters.checklist_address(consultation)}#line-{line}")


@require_GET
def cautions(request: HttpRequest) -> HttpResponse:
    """Print what an editor should know of two instants, as a part of a page."""
    form = DatesForm(request.GET)
    found = warnings_between(**form.cleaned_data) if form.is_valid() else []
    return TemplateResponse(request, "consultations/admin/cautions.html", {"cautions": found})


def _officer(request: HttpRequest) -> User:
    """Return who is signed in: nobody else gets past the admin's door."""
    assert isinstance(request.user, User)
    return request.user


def _edited(request: HttpRequest, consultation_id: int) -> Consultation:
    consultation = get_object_or_404(Consultation, pk=consultation_id)
    if not access.may_edit_consultation(request.user, consultation):
        raise PermissionDenied
    return consultation


def _checklist_page(
    request: HttpRequest,
    consultation: Consultation,
    form: TickForm | None = None,
    fault: str = "",
) -> HttpResponse:
    shown = presenters.checklist_page(consultation, _officer(request), now())
    # What was typed stays in the box it was typed into.
    shown |= {
        "fault": fault,
        "typed_line": form.data.get("line", "") if form else "",
        "typed_note": form.data.get("note", "") if form else "",
    }
    return _page(request, "checklist", consultation, "Checklist before opening", "list-ul", shown)


def _page(
    request: HttpRequest,
    name: str,
    consultation: Consultation,
    title: str,
    icon: str,
    shown: dict[str, Any],
) -> HttpResponse:
    furniture = {
        "consultation": consultation,
        "header_title": f"{title}: {consultation.title}",
        "page_title": title,
        "page_subtitle": consultation.title,
        "header_icon": icon,
        "editor_address": presenters.editor_address(consultation),
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": "Home"},
            {
                "url": reverse("wagtailadmin_explore", args=[consultation.get_parent().pk]),
                "label": "Consultations",
            },
            {"url": presenters.editor_address(consultation), "label": consultation.title},
            {"url": "", "label": title},
        ],
    }
    return TemplateResponse(request, f"consultations/admin/{name}.html", furniture | shown)


def _tell_cautions(request: HttpRequest, consultation: Consultation) -> None:
    for caution in warnings_between(consultation.opens_at, consultation.closes_at):
        messages.warning(request, caution.sentence)
