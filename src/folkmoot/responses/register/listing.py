"""The list of the register: found, filtered, and acted on many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from folkmoot.consultations.models import Respondent
from folkmoot.publishing.clock import local, now
from folkmoot.publishing.search.words import snippet
from folkmoot.responses import access
from folkmoot.responses.models import OFFICER_KINDS, Answer, Flag, Response
from folkmoot.responses.querysets import register
from folkmoot.responses.register import filters, paging

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CHARACTERS_SHOWN = 160


@require_GET
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the responses that a filter leaves. As many queries whatever there is."""
    if not access.may_read_responses(request.user):
        raise PermissionDenied
    chosen, form = filters.read(request.GET)
    is_common = filters.is_common(chosen)
    left = filters.apply(register(now()), chosen, is_common=is_common)
    page = paging.page(
        left.defer("consent").prefetch_related(
            Prefetch("flags", Flag.objects.raised(), to_attr="raised")
        ),
        chosen,
        request.GET,
    )
    shown = {
        "form": form,
        "chosen": chosen,
        "is_common": is_common,
        "count": paging.count_words(left, is_common=is_common),
        "rows": rows(page.rows, chosen),
        "page": page,
        "may_handle": access.may_handle_responses(request.user),
        "may_export": access.may_export(request.user),
        "flag_kinds": [(kind.value, kind.label) for kind in OFFICER_KINDS],
        "here": request.get_full_path(),
    }
    return render(request, "responses/register/index.html", shown)


def rows(responses: Iterable[Response], chosen: filters.Filter) -> list[dict[str, Any]]:
    """Return what each line of the list prints."""
    listed = list(responses)
    texts = _texts(listed, chosen)
    query = f"?{chosen.query}" if chosen.query else ""
    return [
        {
            "response": response,
            "url": f"{reverse('responses:inspect', args=[response.pk])}{query}",
            "received": f"{local(response.submitted_at):%-d %B %Y, %H:%M}",
            "sender": sender_words(response.respondent),
            "flags": [flag.get_kind_display() for flag in response.raised],  # type: ignore[attr-defined]
            "text": texts.get(response.pk, ""),
        }
        for response in listed
    ]


def sender_words(respondent: Respondent | None) -> str:
    """Return whom a response is from: an organisation by its name, an individual as such."""
    if respondent is None:
        return "Not written down"
    if respondent.kind == Respondent.Kind.ORGANISATION:
        return respondent.organisation or "An organisation"
    return "Individual"


def _texts(listed: list[Response], chosen: filters.Filter) -> dict[int, str]:
    """Return the beginning of the first text of each, or the part with the words looked for."""
    found: dict[int, str] = {}
    sought = chosen.sought
    answers = (
        Answer.objects.filter(response__in=[each.pk for each in listed])
        .exclude(text="")
        .order_by("id")
    )
    for key, text in answers.values_list("response_id", "text"):
        told = snippet(text, sought) if sought else _beginning(text)
        is_hit = bool(sought) and "<mark>" in told
        if key not in found or (is_hit and "<mark>" not in found[key]):
            found[key] = told
    return found


def _beginning(text: str) -> str:
    """Return the first words of a text; of one without spaces its first marks."""
    words = shorten(text[: 2 * CHARACTERS_SHOWN], CHARACTERS_SHOWN, placeholder=" …")
    return words if words.strip(" …") else f"{text[:CHARACTERS_SHOWN]}…"
