"""News of plans: that one was published, and drafts and corrections that were kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time

from django.utils.timezone import get_default_timezone, make_aware
from wagtail.models import Site

from folkmoot.plans.models import Plan, PlanVersion
from folkmoot.publishing.clock import local
from folkmoot.publishing.following.news import News, register_news
from folkmoot.publishing.visibility import public_pages


def published(page_ids: Collection[int] | None, since: datetime, until: datetime) -> Iterator[News]:
    """Give what was published of plans on the days between two instants, four queries for all.

    The final version is the publication of the plan itself, so it is not told twice.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return
    days = (local(since).date(), local(until).date())
    plans = Plan.objects.filter(pk__in=public_pages(site, until).values("pk"))
    if page_ids is not None:
        plans = plans.filter(pk__in=page_ids)
    for plan in plans.filter(stage=Plan.Stage.PUBLISHED, published_on__range=days):
        yield _news(plan, f"published/{plan.published_on}", plan.published_on, "Published")
    versions = PlanVersion.objects.filter(plan__in=plans, published_on__range=days)
    for version in versions.exclude(kind=PlanVersion.Kind.FINAL).select_related("plan"):
        what = f"version/{version.pk}"
        kind = str(version.get_kind_display())
        yield _news(version.plan, what, version.published_on, kind, version.note)


def _news(plan: Plan, what: str, on: date, kind: str, text: str = "") -> News:
    return News(
        key=f"plan/{plan.pk}/{what}",
        page_id=plan.pk,
        at=make_aware(datetime.combine(on, time.min), get_default_timezone()),
        title=kind,
        text=text or plan.summary,
        url=plan.url or "",
    )


def register() -> None:
    """Tell those who follow a plan, or the site."""
    register_news(published, of=[Plan])
