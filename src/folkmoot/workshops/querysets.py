"""Workshops and registrations as pages, the desk and the jobs ask for them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from folkmoot.workshops.models import Registration, Workshop

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation

Standing = Registration.Standing


def counted(workshops: QuerySet[Workshop]) -> QuerySet[Workshop]:
    """Return workshops with how many people each: `taken`, `waiting`, `arrived`.

    `generated` is how many of those who arrived were generated for a demonstration.
    """
    arrived = Q(registrations__arrived_at__isnull=False)
    return workshops.annotate(
        taken=Count("registrations", Q(registrations__standing=Standing.PLACE)),
        waiting=Count("registrations", Q(registrations__standing=Standing.WAITING)),
        arrived=Count("registrations", arrived),
        generated=Count("registrations", arrived & Q(registrations__is_generated=True)),
    )


def shown_on(consultation: Consultation) -> QuerySet[Workshop]:
    """Return the published workshops of a consultation with their counts, by their start."""
    return counted(Workshop.objects.child_of(consultation).live()).order_by("starts_at", "path")


def door_list(workshop: Workshop) -> QuerySet[Registration]:
    """Return who may come: places first, then the waiting list in its order, cancelled left out."""
    listed = workshop.registrations.exclude(standing=Standing.CANCELLED)
    return listed.filter(erased_at__isnull=True).order_by("standing", "queued_at", "pk")


def waiting(workshop: Workshop) -> QuerySet[Registration]:
    """Return the waiting list, who waits longest first."""
    return workshop.registrations.filter(standing=Standing.WAITING).order_by("queued_at", "pk")


def unsettled(at: datetime) -> QuerySet[Workshop]:
    """Return the published workshops to come that somebody asked a place of."""
    asked = Registration.objects.filter(erased_at__isnull=True).exclude(standing=Standing.CANCELLED)
    return Workshop.objects.live().filter(starts_at__gt=at, pk__in=asked.values("workshop"))


def due_for_erasure(at: datetime) -> list[Workshop]:
    """Return the workshops whose registrations have been kept as long as they may be."""
    kept = Registration.objects.filter(erased_at__isnull=True).values("workshop")
    over = Workshop.objects.filter(ends_at__lte=at, pk__in=kept)
    return [workshop for workshop in over if workshop.erased_from <= at]
