"""Equality answers erased, with their counts frozen first in the same transaction."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from folkmoot.responses.acts.counting import forget_counts
from folkmoot.responses.models import (
    FrozenCount,
    MonitoringAnswer,
    MonitoringConsent,
    Standing,
    Survey,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet


def erase_equality_answers(
    survey: int | None, answers: QuerySet[MonitoringAnswer], most: int
) -> int:
    """Erase up to `most` equality answers to a survey; return how many.

    Those that published counts hold (of responses that stand and came before the closing and its
    grace) are added to the survey's frozen counts, so that the counts stay as they are.
    """
    with transaction.atomic():
        # Two workers that erase at once would freeze the same answers twice.
        locked = Survey.objects.select_for_update().filter(pk=survey).first() if survey else None
        chosen = answers.order_by("pk").values_list(
            "pk",
            "response_id",
            "question",
            "choice",
            "response__standing",
            "response__submitted_at",
        )[:most]
        rows = list(chosen)
        if not rows:
            return 0
        if locked is not None:
            counted_until = locked.consultation.closes_at + locked.grace
            counts = Counter(
                (question, choice)
                for _, _, question, choice, standing, submitted_at in rows
                if standing == Standing.STANDS and submitted_at < counted_until
            )
            _freeze(locked, counts)
            forget_counts([locked.pk])
        MonitoringAnswer.objects.filter(pk__in=[row[0] for row in rows]).delete()
        # What was agreed to goes with the last of what it was agreed for.
        MonitoringConsent.objects.filter(
            response__in={row[1] for row in rows}, response__monitoring_answers__isnull=True
        ).delete()
    return len(rows)


def _freeze(survey: Survey, counts: Counter[tuple[str, str]]) -> None:
    for (question, choice), many in sorted(counts.items()):
        of_choice = {"survey": survey, "question": question, "choice": choice}
        _, is_new = FrozenCount.objects.get_or_create(**of_choice, defaults={"count": many})
        if not is_new:
            FrozenCount.objects.filter(**of_choice).update(count=F("count") + many)
