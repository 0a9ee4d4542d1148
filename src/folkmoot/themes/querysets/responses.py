"""Responses that count, and how often each answer was chosen in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from folkmoot.responses.acts.counting import counted_before, monitored_before
from folkmoot.responses.models import Answer, Response, Standing, Survey

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation


def counted_until(survey: Survey, consultation: Consultation, at: datetime) -> datetime:
    """Return the instant before which a response must have come to count at `at`.

    That is the closing, and after it the grace in which a draft begun before may still be sent.
    """
    return min(at + timedelta(microseconds=1), consultation.closes_at + survey.grace)


def responses_before(survey: Survey, until: datetime) -> QuerySet[Response]:
    """Return the responses to a survey that came before an instant, in the order they came."""
    return (
        Response.objects.standing()
        .filter(survey=survey, submitted_at__lt=until)
        .order_by("submitted_at", "id")
    )


def answers_before(survey: Survey, until: datetime) -> QuerySet[Answer]:
    """Return the answers of those responses, in the same order."""
    return Answer.objects.filter(
        response__survey=survey,
        response__standing=Standing.STANDS,
        response__submitted_at__lt=until,
    ).order_by("response__submitted_at", "response_id", "id")


def not_counted(surveys: Collection[int], until: datetime) -> QuerySet[Response]:
    """Return the responses to surveys (their keys) that do not count before an instant: the few."""
    gone = [each for each in Standing if each != Standing.STANDS]
    return Response.objects.filter(
        Q(standing__in=gone) | Q(standing=Standing.STANDS, submitted_at__gte=until),
        survey__in=surveys,
    )


@dataclass(slots=True)
class Intake:
    """How many responses came, from whom and how."""

    responses: int = 0
    generated: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    channels: Counter[str] = field(default_factory=Counter)


def intake(survey: Survey, until: datetime) -> Intake:
    """Count the responses to a survey that came before an instant. One query."""
    found = Intake()
    rows = (
        responses_before(survey, until)
        .order_by()
        .values_list("respondent__kind", "channel", "is_generated")
        .annotate(responses=Count("id"))
    )
    for kind, channel, is_generated, responses in rows:
        found.responses += responses
        found.generated += responses if is_generated else 0
        found.kinds[kind] += responses
        found.channels[channel] += responses
    return found


def choice_counts(
    survey: Survey, questions: Collection[str], until: datetime
) -> dict[str, Counter[tuple[str, ...]]]:
    """Return how often each set of options was chosen, by question; without a choice: absent."""
    return chosen_of(counted_before(survey, until), questions)


def chosen_of(
    counted: Mapping[str, Counter[tuple[str, ...]]], questions: Collection[str]
) -> dict[str, Counter[tuple[str, ...]]]:
    """Return what was chosen in some questions from the counts of all answers."""
    found: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for question in questions:
        for choices, answers in counted.get(question, {}).items():
            if choices and answers:
                found[question][choices] = answers
    return found


def monitoring_counts(survey: Survey, until: datetime) -> dict[str, Counter[str]]:
    """Return how often each option of each equality question was chosen.

    Answers that are erased since count as they did: their counts were frozen before.
    """
    return monitored_before(survey, until)
