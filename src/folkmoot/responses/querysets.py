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
    return Response.objects.filter(consultation=consultation, submitted_at__lte=at)


def counts(consultation: Consultation, at: datetime) -> dict[str, int]:
    """Return `people` (distinct respondents), `responses` (to surveys) and `generated`. One query.

    People are counted once however many activities they took part in.
    """
    return submitted(consultation, at).aggregate(
        people=Count("respondent", distinct=True),
        responses=Count("id", filter=Q(survey__isnull=False)),
        generated=Count("id", filter=Q(is_generated=True)),
    )


def responses_to(survey: Survey, at: datetime) -> QuerySet[Response]:
    """Return the responses to one survey that had come by an instant, oldest first."""
    return Response.objects.filter(survey=survey, submitted_at__lte=at).order_by(
        "submitted_at", "id"
    )
