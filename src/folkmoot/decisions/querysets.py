"""Named questions to decisions. Each is a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet

from folkmoot.decisions.models import Decision, DecisionsPage, SectionChange
from folkmoot.publishing.clock import local
from folkmoot.responses.models import Standing
from folkmoot.themes.models import AssignedTheme, Theme
from folkmoot.themes.querysets import mentions_of

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation


def shown(at: datetime) -> QuerySet[Decision]:
    """Return the decisions taken by the day of `at`, with all that their threads need."""
    return (
        Decision.objects.filter(decided_on__lte=local(at).date())
        .select_related("consultation__statutory_plan")
        .prefetch_related(
            Prefetch("themes", Theme.objects.select_related("frame__survey", "stands_in")),
            Prefetch("section_changes", SectionChange.objects.select_related("section")),
            "commitments__plan",
            "commitments__forecasts",
            "commitments__measures__outcome__priority",
        )
    )


def people(decisions: Collection[Decision], at: datetime) -> dict[int, int]:
    """Return how many different respondents said what each decision answers, by its key.

    Somebody who said two of its themes is one person, and a theme that was merged counts as the
    one in its place. Only responses that came in time count. One query, with a column for each
    decision, where the decisions come from `shown`.
    """
    counted: dict[str, Count] = {}
    frames: set[int] = set()
    for decision in decisions:
        themes = list(decision.themes.all())
        if not themes:
            continue
        closes = decision.consultation.closes_at + themes[0].frame.survey.grace
        roots = [theme.root_id for theme in themes]
        frames.update(theme.frame_id for theme in themes)
        counted[f"people_{decision.pk}"] = Count(
            "assignment__answer__response__respondent",
            filter=mentions_of(roots) & Q(assignment__answer__response__submitted_at__lt=closes),
            distinct=True,
        )
    if not counted:
        return {}
    found = AssignedTheme.objects.filter(
        stands=True,
        theme__frame__in=frames,
        assignment__answer__response__standing=Standing.STANDS,
        assignment__answer__response__submitted_at__lte=at,
    ).aggregate(**counted)
    return {decision.pk: found.get(f"people_{decision.pk}", 0) for decision in decisions}


def decisions_pages(consultations: Iterable[Consultation]) -> dict[int, DecisionsPage]:
    """Return the live decisions page of each consultation that has one, by its key."""
    of_path = {consultation.path: consultation.pk for consultation in consultations}
    found = {}
    for page in DecisionsPage.objects.live():
        consultation = of_path.get(page.path[: -page.steplen])
        if consultation is not None:
            found[consultation] = page
    return found
