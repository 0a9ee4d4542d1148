"""Feeds of what happened in consultations, and calendars of their dates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.http import Http404
from django.views.decorators.http import require_safe
from wagtail.models import Site

from folkmoot.consultations.diary import calendar as written
from folkmoot.consultations.diary import dates, published
from folkmoot.consultations.models import Consultation
from folkmoot.consultations.news import news as entries_of
from folkmoot.consultations.news import public_consultations
from folkmoot.publishing.clock import now
from folkmoot.publishing.feeds import feed_response, unless_unchanged
from folkmoot.publishing.models import SiteSettings

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

# The calendar of the whole site leaves out what was over long ago.
KEPT_IN_CALENDAR = timedelta(days=400)
# Dates a feed with nothing in it, so that it does not change with every reading.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@require_safe
def news(request: HttpRequest, kind: str, key: int | None = None) -> HttpResponseBase:
    """Send the news of all consultations, or of one, as "rss" or "atom"."""
    at = now()
    settings = SiteSettings.for_request(request)
    consultations = _asked_for(request, key, at)
    one = consultations[0] if key is not None else None
    return feed_response(
        request,
        kind,
        entries_of(consultations, at),
        title=one.title if one else f"Consultations: {settings.site_name}",
        description=(
            f"What happens in the consultation “{one.title}”."
            if one
            else f"Consultations of {settings.body_name}: openings, updates, closings and answers."
        ),
        url=(one.url or "/") if one else "/",
        author=one.run_by if one else settings.body_name,
        changed=max((published(each) for each in consultations), default=LONG_AGO),
    )


@require_safe
def calendar(request: HttpRequest, key: int | None = None) -> HttpResponseBase:
    """Send the dates of all consultations, or of one, as an iCalendar file."""
    at = now()
    consultations = _asked_for(request, key, at)
    dated = dates(consultations, at)
    if key is None:
        oldest = at - KEPT_IN_CALENDAR
        dated = [each for each in dated if each.lasts_to(oldest)]
        title = f"Consultations: {SiteSettings.for_request(request).site_name}"
    else:
        title = consultations[0].title
    changed = max((each.changed for each in dated), default=LONG_AGO)
    response = unless_unchanged(
        request, written(title, dated), "text/calendar; charset=utf-8", changed
    )
    if response.status_code == 200:
        response["Content-Disposition"] = 'inline; filename="consultations.ics"'
    return response


def _asked_for(request: HttpRequest, key: int | None, at: datetime) -> list[Consultation]:
    site = Site.find_for_request(request)
    consultations = public_consultations(site, at) if site is not None else []
    if key is None:
        return consultations
    found = [each for each in consultations if each.pk == key]
    if not found:
        raise Http404("There is no consultation behind this feed: it was taken down, or never was.")
    return found
