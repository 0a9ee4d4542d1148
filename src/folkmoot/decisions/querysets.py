"""Named questions to decisions. Each is a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, F, Prefetch, Q, QuerySet

from folkmoot.decisions.models import Decision, DecisionsPage, SectionChange
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation


def shown(at: datetime) -> QuerySet[Decision]:
    """Return the decisions taken by the day of `at`, with all that their threads need."""
    return (
        Decision.objects.filter(decided_on__lte=local(at).date())
        .select_related("consultation__statutory_plan")
        .prefetch_related(
            "themes__frame__survey",
            Prefetch("section_changes", SectionChange.objects.select_related("section")),
            "commitments__plan",
            "commitments__measures__outcome__priority",
        )
    )


def people(decisions: Iterable[Decision], at: datetime) -> dict[int, int]:
    """Return how many different respondents said what each decision answers, by its key.

    Somebody who said two of its themes is one person. Only responses that came in time count.
    """
    response = "theme__assignments__answer__response"
    in_time = Q(**{f"{response}__submitted_at__lte": at}) & Q(
        **{
            f"{response}__submitted_at__lt": F("decision__consultation__closes_at")
            + F("theme__frame__survey__grace")
        }
    )
    rows = (
        Decision.themes.through.objects.filter(decision__in=[each.pk for each in decisions])
        .values_list("decision")
        .annotate(people=Count(f"{response}__respondent", filter=in_time, distinct=True))
    )
    return dict(rows)


def decisions_pages(consultations: Iterable[Consultation]) -> dict[int, DecisionsPage]:
    """Return the live decisions page of each consultation that has one, by its key."""
    of_path = {consultation.path: consultation.pk for consultation in consultations}
    found = {}
    for page in DecisionsPage.objects.live():
        consultation = of_path.get(page.path[: -page.steplen])
        if consultation is not None:
            found[consultation] = page
    return found
