"""The workshop as a resident meets it: its page, registration, and their own place.

Personal pages are never kept anywhere: their address is the only key to them. No answer tells a
visitor whether an e-mail address was known; that is said by e-mail alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from folkmoot.publishing.clock import now
from folkmoot.workshops import access, presenters, querysets
from folkmoot.workshops.acts import RegistrationClosedError, Wanted, cancel_place, take_place
from folkmoot.workshops.calendars import KIND, calendar_file
from folkmoot.workshops.forms import RegistrationForm
from folkmoot.workshops.models import Registration, Workshop

if TYPE_CHECKING:
    from django.http import HttpRequest

UNPROCESSABLE, GONE = 422, 410
TEMPLATES = "workshops"


def about(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Show when and where the session is, what it asks, and whether there is room."""
    counts = querysets.counted(Workshop.objects.filter(pk=workshop.pk)).first()
    for name in ("taken", "waiting", "arrived", "generated"):
        # A preview of a page that was never saved has no registrations.
        setattr(workshop, name, getattr(counts, name, 0))
    shown = presenters.about_page(workshop, now())
    return render(request, f"{TEMPLATES}/workshop.html", shown)


@never_cache
def register(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Ask who wants to come; on a post give them a place or the next on the waiting list."""
    at = now()
    is_sent = request.method == "POST"
    form = RegistrationForm(workshop.consultation, request.POST if is_sent else None)
    if not access.may_register(workshop, at):
        return _closed(request, workshop)
    if not is_sent or not form.is_valid():
        return _form_page(request, workshop, form)
    given = form.cleaned_data
    wanted = Wanted(
        name=given["name"],
        email=given["email"],
        access_needs=given["access_needs"],
        respondent=given["reference"],
    )
    try:
        take_place(workshop, wanted, at)
    except RegistrationClosedError:
        return _closed(request, workshop)
    return _see_other(f"{workshop.url}registered/")


@never_cache
def registered(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Say that an e-mail is on its way, the same whoever asked."""
    return render(request, f"{TEMPLATES}/registered.html", {"page": workshop})


def calendar(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Send the session as a calendar file, whoever asks."""
    is_off = bool(workshop.called_off_because)
    text = calendar_file(workshop, now(), is_off=is_off)
    response = HttpResponse(text, content_type=f"{KIND}; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="workshop.ics"'
    return response


@never_cache
def place(request: HttpRequest, workshop: Workshop, key: str) -> HttpResponse:
    """Show somebody their place, and near the time how to join."""
    registration = _registration(workshop, key)
    shown = presenters.place_page(registration, now())
    return _alone(render(request, f"{TEMPLATES}/place.html", shown))


@never_cache
def cancel(request: HttpRequest, workshop: Workshop, key: str) -> HttpResponse:
    """Ask whether to give a place back; on a post do it, and show what stands then."""
    registration, at = _registration(workshop, key), now()
    if request.method == "POST":
        try:
            cancel_place(registration, at)
        except RegistrationClosedError:
            shown = presenters.place_page(registration, at) | {"is_too_late": True}
            return _alone(render(request, f"{TEMPLATES}/place.html", shown, status=GONE))
        return _alone(_see_other(f"{workshop.url}place/{key}/"))
    shown = presenters.place_page(registration, at)
    template = "cancel" if shown["can_cancel"] else "place"
    return _alone(render(request, f"{TEMPLATES}/{template}.html", shown))


def _registration(workshop: Workshop, key: str) -> Registration:
    found = Registration.objects.filter(workshop=workshop, key=key, erased_at__isnull=True)
    registration = found.first() if key.isascii() and key.isprintable() else None
    if registration is None:
        raise Http404(
            "This link leads to no place in the workshop: use the newest e-mail we sent you, "
            "or register again."
        )
    registration.workshop = workshop
    return registration


def _form_page(request: HttpRequest, workshop: Workshop, form: RegistrationForm) -> HttpResponse:
    errors = [
        {"id": "" if name == "__all__" else f"field-{name}", "message": messages[0]}
        for name, messages in form.errors.items()
    ]
    counts = querysets.counted(Workshop.objects.filter(pk=workshop.pk)).get()
    shown = {
        **presenters.line(counts, now()),
        "page": workshop,
        "form": form,
        "errors": errors,
    }
    status = UNPROCESSABLE if errors else 200
    return render(request, f"{TEMPLATES}/register.html", shown, status=status)


def _closed(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    shown = {"page": workshop, "typed": _typed(request)}
    return render(request, f"{TEMPLATES}/closed.html", shown, status=GONE)


def _typed(request: HttpRequest) -> list[dict[str, str]]:
    names = (("Name", "name"), ("E-mail", "email"), ("Access needs", "access_needs"))
    return [
        {"term": term, "value": request.POST[name]}
        for term, name in names
        if request.POST.get(name)
    ]


def _alone(response: HttpResponse) -> HttpResponse:
    """Keep the address of a personal page from search engines."""
    response["X-Robots-Tag"] = "noindex"
    return response


def _see_other(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
