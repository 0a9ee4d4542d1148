"""The desk in the admin: workshops with their places, the door, and what came of a session."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from folkmoot.accounts.models import User
from folkmoot.publishing.clock import now
from folkmoot.workshops import access, acts, presenters, querysets
from folkmoot.workshops.forms import JoiningForm, NotesForm, PointsFormSet, WalkInForm
from folkmoot.workshops.models import Workshop
from folkmoot.workshops.times import session_words

if TYPE_CHECKING:
    from django.http import HttpRequest

UNPROCESSABLE = 422
TEMPLATES = "workshops/desk"


@require_GET
def workshops(request: HttpRequest) -> HttpResponse:
    """List every workshop with how many places are taken and how many people wait."""
    if not access.may_see_desk(request.user):
        raise PermissionDenied
    at = now()
    found = querysets.counted(Workshop.objects.order_by("pk")).select_related("joining_link")
    shown = {
        "rows": presenters.desk_rows(list(found), at),
        "may_read": access.may_read_registrations(request.user),
        "may_note": access.may_record_points(request.user),
    }
    return render(request, f"{TEMPLATES}/workshops.html", shown)


@require_GET
@never_cache
def door(request: HttpRequest, workshop_id: int) -> HttpResponse:
    """Show who may come, who came, and how an online workshop is joined."""
    return _door_page(request, _read_by(request, workshop_id))


@require_POST
def attendance(request: HttpRequest, workshop_id: int) -> HttpResponse:
    """Note who was ticked and who was not any more, and leave all others as they are."""
    workshop, by = _kept_by(request, workshop_id)
    ticked, was = (_keys(request, name) for name in ("arrived", "was"))
    listed = _keys(request, "listed")
    try:
        changed = acts.record_attendance(
            workshop,
            arrived=(ticked - was) & listed,
            not_arrived=(was - ticked) & listed,
            at=now(),
            by=by,
        )
    except acts.NotAtTheDoorError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Attendance saved; {presenters.people(changed)} changed.")
    return redirect("workshops:door", workshop.pk)


@require_POST
def walk_in(request: HttpRequest, workshop_id: int) -> HttpResponse:
    """Add somebody who came without registering."""
    workshop, by = _kept_by(request, workshop_id)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return _door_page(request, workshop, walk_in=form)
    given = form.cleaned_data
    wanted = acts.Wanted(given["name"], given["email"], given["access_needs"])
    try:
        added = acts.add_walk_in(workshop, wanted, now(), by)
    except acts.NotAtTheDoorError as error:
        form.add_error(None, str(error))
        return _door_page(request, workshop, walk_in=form)
    said = "was added" if added.is_walk_in else "was on the list, and is ticked off"
    messages.success(request, f"{given['name']} {said}.")
    return redirect("workshops:door", workshop.pk)


@require_POST
def joining(request: HttpRequest, workshop_id: int) -> HttpResponse:
    """Set how an online workshop is joined."""
    workshop, by = _kept_by(request, workshop_id)
    form = JoiningForm(request.POST)
    if not form.is_valid():
        return _door_page(request, workshop, joining=form)
    given = form.cleaned_data
    link = acts.set_joining_link(workshop, given["address"], given["note"], now(), by)
    messages.success(request, "Joining link saved." if link else "There is no joining link now.")
    return redirect("workshops:door", workshop.pk)


@require_GET
@never_cache
def door_list(request: HttpRequest, workshop_id: int) -> HttpResponse:
    """Show the door list as it is printed."""
    workshop = _read_by(request, workshop_id)
    shown = {"workshop": workshop, "when": session_words(workshop.starts_at, workshop.ends_at)}
    shown |= presenters.door(list(querysets.door_list(workshop)))
    return render(request, f"{TEMPLATES}/door_list.html", shown)


@require_GET
@never_cache
def door_csv(request: HttpRequest, workshop_id: int) -> HttpResponse:
    """Send the door list as CSV."""
    workshop = _read_by(request, workshop_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{workshop.slug}-door-list.csv"'
    # With the mark by which spreadsheets know UTF-8.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(presenters.DOOR_HEADERS)
    writer.writerows(presenters.door_rows(list(querysets.door_list(workshop))))
    return response


@never_cache
def notes(request: HttpRequest, workshop_id: int) -> HttpResponse:
    """Show the notes and points of a session; on a post keep the notes."""
    workshop, by = _noted_by(request, workshop_id)
    if request.method != "POST":
        return _notes_page(request, workshop)
    form = NotesForm(request.POST)
    if not form.is_valid():
        return _notes_page(request, workshop, notes=form)
    acts.keep_notes(workshop, form.cleaned_data["text"], now(), by)
    messages.success(request, "Notes saved.")
    return redirect("workshops:notes", workshop.pk)


@require_POST
def points(request: HttpRequest, workshop_id: int) -> HttpResponse:
    """Hand points to the register of responses."""
    workshop, by = _noted_by(request, workshop_id)
    formset = PointsFormSet(request.POST)
    if not formset.is_valid():
        return _notes_page(request, workshop, points=formset)
    noted = [
        acts.NotedPoint(given["text"], given.get("raised_by"), given.get("about", ""))
        for given in formset.cleaned_data
        if given.get("text")
    ]
    try:
        kept = acts.record_points(workshop, noted, now(), by)
    except acts.PointsRefusedError as error:
        return _notes_page(request, workshop, points=formset, fault=str(error))
    joined = "1 point has" if len(kept) == 1 else f"{len(kept)} points have"
    messages.success(request, f"{joined} joined the register of responses.")
    return redirect("workshops:notes", workshop.pk)


def _read_by(request: HttpRequest, workshop_id: int) -> Workshop:
    if not access.may_read_registrations(request.user):
        raise PermissionDenied
    return get_object_or_404(Workshop.objects.select_related("joining_link"), pk=workshop_id)


def _kept_by(request: HttpRequest, workshop_id: int) -> tuple[Workshop, User]:
    if not access.may_keep_door(request.user) or not isinstance(request.user, User):
        raise PermissionDenied
    return get_object_or_404(Workshop, pk=workshop_id), request.user


def _noted_by(request: HttpRequest, workshop_id: int) -> tuple[Workshop, User]:
    if not access.may_record_points(request.user) or not isinstance(request.user, User):
        raise PermissionDenied
    return get_object_or_404(Workshop.objects.select_related("notes"), pk=workshop_id), request.user


def _door_page(request: HttpRequest, workshop: Workshop, **forms: Any) -> HttpResponse:
    at, link = now(), getattr(workshop, "joining_link", None)
    typed = {"address": link.address, "note": link.note} if link else {}
    shown = {
        "workshop": workshop,
        "when": session_words(workshop.starts_at, workshop.ends_at),
        "may_keep_door": access.may_keep_door(request.user),
        "may_note": access.may_record_points(request.user),
        "may_tick_off": access.may_tick_off(workshop, at),
        "walk_in": WalkInForm(),
        "joining": JoiningForm(initial=typed),
        **presenters.door(list(querysets.door_list(workshop))),
        **forms,
    }
    return _page(request, "door", shown, status=UNPROCESSABLE if forms else 200)


def _notes_page(request: HttpRequest, workshop: Workshop, **forms: Any) -> HttpResponse:
    kept = getattr(workshop, "notes", None)
    shown = {
        "workshop": workshop,
        "when": session_words(workshop.starts_at, workshop.ends_at),
        "may_read": access.may_read_registrations(request.user),
        "may_note_points": access.may_note_points(workshop, now()),
        "notes": NotesForm(initial={"text": kept.text if kept else ""}),
        "points": PointsFormSet(),
        "recorded": list(workshop.points.all()),
        **forms,
    }
    return _page(request, "notes", shown, status=UNPROCESSABLE if forms else 200)


def _page(request: HttpRequest, name: str, shown: dict[str, Any], status: int) -> HttpResponse:
    return render(request, f"{TEMPLATES}/{name}.html", shown, status=status)


def _keys(request: HttpRequest, name: str) -> set[int]:
    return {int(key) for key in request.POST.getlist(name) if key.isascii() and key.isdigit()}
