"""Consultations and equality impact assessments as pages list them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from folkmoot.consultations.models import Consultation, EqualityImpactAssessment, State

if TYPE_CHECKING:
    from wagtail.models import Page

ORDER_OF_STATES = (State.OPEN, State.COMING, State.CLOSED, State.PUBLISHED)


def by_state(
    consultations: Iterable[Consultation], at: datetime
) -> list[tuple[State, list[Consultation]]]:
    """Return consultations by their state at an instant: open, coming, closed, published.

    Open ones stand by what closes first, coming ones by what opens first, the others newest
    first. A state that none is in is absent.
    """
    found: dict[State, list[Consultation]] = {}
    for consultation in consultations:
        found.setdefault(consultation.state(at), []).append(consultation)
    return [
        (state, sorted(found[state], key=lambda each: _place(each, state)))
        for state in ORDER_OF_STATES
        if state in found
    ]


def assessments_of(page: Page) -> list[EqualityImpactAssessment]:
    """Return the public equality impact assessments below a page, the newest version first."""
    return list(EqualityImpactAssessment.objects.child_of(page).live().order_by("-version", "-pk"))


def _place(consultation: Consultation, state: State) -> float:
    if state is State.OPEN:
        return consultation.closes_at.timestamp()
    if state is State.COMING:
        return consultation.opens_at.timestamp()
    ended = consultation.outcome_at if state is State.PUBLISHED else None
    return -(ended or consultation.closes_at).timestamp()
