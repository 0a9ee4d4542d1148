"""Hooks that keep the page of a consultation in which people took part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect

from folkmoot.consultations.models import Consultation, Respondent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Page


def answered_among(pages: Iterable[Page], *, with_those_below: bool) -> Consultation | None:
    """Return a consultation among pages in which somebody took part; None where there is none."""
    took_part = Exists(Respondent.objects.filter(consultation=OuterRef("pk")))
    answered = Consultation.objects.filter(took_part)
    for page in pages:
        found = answered.descendant_of(page, inclusive=True) if with_those_below else answered
        if not with_those_below:
            found = found.filter(pk=page.pk)
        if (consultation := found.first()) is not None:
            return consultation
    return None


def keep_from_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete what people answered, and what stands above it."""
    kept = answered_among([page], with_those_below=True)
    return _refusal(request, page, kept, "deleted")


def keep_from_unpublishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to take from the public what people answered."""
    kept = answered_among([page], with_those_below=_takes_those_below(request))
    return _refusal(request, page, kept, "unpublished")


def keep_from_bulk_action(
    request: HttpRequest, action_type: str, pages: Sequence[Page], action: Any
) -> HttpResponse | None:
    """Refuse the same for many pages at once."""
    if action_type == "delete":
        kept = answered_among(pages, with_those_below=True)
        return _refusal(request, pages[0], kept, "deleted") if pages else None
    if action_type == "unpublish":
        kept = answered_among(pages, with_those_below=_takes_those_below(request))
        return _refusal(request, pages[0], kept, "unpublished") if pages else None
    return None


def _takes_those_below(request: HttpRequest) -> bool:
    return bool(request.POST.get("include_descendants"))


def _refusal(
    request: HttpRequest, page: Page, kept: Consultation | None, done: str
) -> HttpResponse | None:
    if kept is None:
        return None
    people = kept.respondents.count()
    took_part = "1 person took part" if people == 1 else f"{people:,} people took part"
    messages.error(
        request,
        f"{took_part} in “{kept.title}”, so its page stays at its address for good and is not "
        f"{done}. To end it, bring the closing time forward or publish its outcome.",
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)
