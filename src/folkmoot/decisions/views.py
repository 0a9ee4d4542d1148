"""Public pages of decisions: all of a consultation, and the thread of one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render

from folkmoot.decisions import querysets
from folkmoot.decisions.models import Decision
from folkmoot.decisions.presenters import threads
from folkmoot.publishing.clock import now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.decisions.models import DecisionsPage


def decisions(request: HttpRequest, page: DecisionsPage) -> HttpResponse:
    """Show what people asked for, what was decided on it, and what came of it."""
    at = now()
    consultation = page.consultation
    found = threads(querysets.shown(at).filter(consultation=consultation), at)
    outcomes = Counter(thread.decision.outcome for thread in found)
    context = {
        "page": page,
        "consultation": consultation,
        "threads": found,
        "outcomes": [
            (label, outcomes[value]) for value, label in Decision.Outcome.choices if outcomes[value]
        ],
    }
    return render(request, "decisions/decisions.html", context)


def decision(request: HttpRequest, page: DecisionsPage, slug: str) -> HttpResponse:
    """Show the whole way of one decision, with a link back at each station."""
    at = now()
    consultation = page.consultation
    found = list(querysets.shown(at).filter(consultation=consultation))
    place = next((place for place, each in enumerate(found) if each.slug == slug), None)
    if place is None:
        raise Http404("No decision has this address.")
    (thread,) = threads([found[place]], at, quoted=True)
    context = {
        "page": page,
        "consultation": consultation,
        "thread": thread,
        "previous": _linked(page, found[place - 1]) if place else None,
        "next": _linked(page, found[place + 1]) if place + 1 < len(found) else None,
    }
    return render(request, "decisions/thread.html", context)


def _linked(page: DecisionsPage, decision: Decision) -> dict[str, str]:
    return {"title": decision.title, "url": page.decision_url(decision)}
