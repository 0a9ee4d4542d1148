"""News of documents: a version that came out, told to those who follow the page it stands under."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, time

from django.utils.timezone import get_default_timezone, make_aware
from wagtail.models import Page, Site

from folkmoot.publishing.clock import local
from folkmoot.publishing.following.news import News
from folkmoot.publishing.models import DocumentVersion
from folkmoot.publishing.visibility import public_pages


def versions_out(
    page_ids: Collection[int] | None, since: datetime, until: datetime
) -> Iterator[News]:
    """Give the versions that came out on the days between two instants, three queries for all."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return
    versions = DocumentVersion.objects.filter(
        published_on__range=(local(since).date(), local(until).date()),
        document__in=public_pages(site, until).values("pk"),
    ).select_related("document")
    above = _pages_above([version.document for version in versions])
    for version in versions:
        document = version.document
        key = above.get(document.path)
        if key is None or (page_ids is not None and key not in page_ids):
            continue
        yield News(
            key=f"document/{document.pk}/{version.kind}/{version.published_on}",
            page_id=key,
            at=make_aware(datetime.combine(version.published_on, time.min), get_default_timezone()),
            title=f"{document.title}: {version.get_kind_display().lower()}",
            text=version.what_changed or document.summary,
            url=document.url or "",
        )


def _pages_above(pages: list[Page]) -> dict[str, int]:
    """Return by a page's path the key of the page above it."""
    paths = {page.path: page.path[: -Page.steplen] for page in pages}
    keys = dict(Page.objects.filter(path__in=paths.values()).values_list("path", "pk"))
    return {path: keys[parent] for path, parent in paths.items() if parent in keys}
