"""What those who follow a measure by e-mail are told: that a new release changed its reading."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from wagtail.models import Site

from folkmoot.performance.changes import differs
from folkmoot.performance.models import Dashboard, Release
from folkmoot.performance.querysets import latest_releases
from folkmoot.performance.readings import MeasureFigures, figures_of, whole_area
from folkmoot.plans.models import Measure
from folkmoot.publishing.clock import local
from folkmoot.publishing.following.news import News, register_news
from folkmoot.publishing.visibility import public_pages


def tell(page_ids: Collection[int] | None, since: datetime, until: datetime) -> Iterator[News]:
    """Give the measures whose reading a release changed that was imported between two instants.

    Readings are those of the whole area, as known on the day of the release and on the day
    before. A release that is not the latest of its source is no news: somebody fills in the past.
    As many queries as releases came in, however many pages and measures there are.
    """
    releases = [
        release
        for release in latest_releases(local(until).date()).values()
        if since < release.imported_at <= until
    ]
    area = whole_area()
    if not releases or area is None:
        return
    boards = _boards(page_ids, until)
    measures = _measures(boards)
    for release in releases:
        day = release.released_on
        before = figures_of(measures, area, day - timedelta(days=1))
        after = figures_of(measures, area, day)
        for earlier, later in zip(before, after, strict=True):
            if later.release == release and _is_news(earlier, later):
                board = boards[later.measure.outcome.priority.plan_id]
                yield _news(board, later, earlier, release)


def _boards(page_ids: Collection[int] | None, at: datetime) -> dict[int, Dashboard]:
    """Return the public dashboards, by the key of their plan."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return {}
    boards = Dashboard.objects.filter(pk__in=public_pages(site, at).values("pk"))
    if page_ids is not None:
        boards = boards.filter(pk__in=page_ids)
    return {board.statutory_plan_id: board for board in boards}


def _measures(boards: Collection[int]) -> list[Measure]:
    return list(
        Measure.objects.filter(outcome__priority__plan__in=list(boards), series__gt="")
        .select_related("outcome__priority")
        .order_by("id")
    )


def _is_news(earlier: MeasureFigures, later: MeasureFigures) -> bool:
    return bool(earlier.reading and later.reading and differs(earlier.reading, later.reading))


def _news(
    board: Dashboard, later: MeasureFigures, earlier: MeasureFigures, release: Release
) -> News:
    measure, before, after = later.measure, earlier.reading, later.reading
    day = release.released_on.isoformat()
    assert before is not None
    assert after is not None
    return News(
        key=f"measure/{measure.pk}/{release.source}/{day}",
        page_id=board.pk,
        at=release.imported_at,
        title=f"{measure.title}: {after.word[:1].lower()}{after.word[1:]}",
        text=f"{after.sentence} Before this release: {before.word[:1].lower()}{before.word[1:]}.",
        url=f"{board.url}{measure.slug}/",
        part=measure.slug,
    )


def register() -> None:
    """Tell those who follow a measure, a dashboard, or the site."""
    register_news(tell, of=[Dashboard])
