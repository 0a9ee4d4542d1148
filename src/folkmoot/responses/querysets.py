"""Named questions to the register of responses."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from folkmoot.responses.models import Response

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.models import Survey


def submitted(consultation: Consultation, at: datetime) -> QuerySet[Response]:
    """Return the responses to a consultation, by whatever channel, that had come by an instant."""
    return Response.objects.standing().filter(consultation=consultation, submitted_at__lte=at)


def counts(consultation: Consultation, at: datetime) -> dict[str, int]:
    """Return `people`, `responses` (to surveys), `all` of whatever channel, and `generated`.

    Two queries. People are counted once however many activities they took part in; those who
    came to a workshop count too, whether or not they sent anything.
    """
    people = consultation.respondents.filter(took_part_at__lte=at).count()
    return {"people": people} | submitted(consultation, at).aggregate(
        responses=Count("id", filter=Q(survey__isnull=False)),
        all=Count("id"),
        generated=Count("id", filter=Q(is_generated=True)),
    )


def people_count(consultation: Consultation, at: datetime) -> int:
    """Return how many people and organisations had taken part by an instant."""
    return counts(consultation, at)["people"]


def response_count(survey: Survey, at: datetime) -> int:
    """Return how many responses to one survey had come by an instant."""
    return responses_to(survey, at).count()


def responses_to(survey: Survey, at: datetime) -> QuerySet[Response]:
    """Return the responses to one survey that had come by an instant, oldest first."""
    return (
        Response.objects.standing()
        .filter(survey=survey, submitted_at__lte=at)
        .order_by("submitted_at", "id")
    )


def register(at: datetime) -> QuerySet[Response]:
    """Return every response that had come by an instant, newest first, with what lists show."""
    return (
        Response.objects.filter(submitted_at__lte=at)
        .select_related("consultation", "survey", "respondent")
        .order_by("-submitted_at", "-id")
    )
