"""What those who follow a consultation by e-mail are told: its news, and that it closes soon."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from wagtail.models import Site

from folkmoot.consultations import timeline
from folkmoot.consultations.models import Consultation
from folkmoot.consultations.news import news as entries_of
from folkmoot.consultations.news import public_consultations
from folkmoot.publishing.clock import local
from folkmoot.publishing.following.news import News, register_news

SOON = timedelta(days=7)


def tell(page_ids: Collection[int] | None, since: datetime, until: datetime) -> Iterator[News]:
    """Give what happened in consultations between two instants, and which of them close soon.

    A constant number of queries however many there are.
    """
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return
    consultations = [
        each
        for each in public_consultations(site, until)
        if page_ids is None or each.pk in page_ids
    ]
    for consultation in consultations:
        if (soon := _closing_soon(consultation, until)) is not None and soon.at > since:
            yield soon
    # What feeds tell leads to the consultation's page, or to a place on it, and ends in its title.
    by_url = {each.url: each for each in consultations}
    for entry in entries_of(consultations, until):
        about = by_url.get(entry.url.partition("#")[0])
        if about is not None and since < entry.at <= until:
            title = entry.title.removesuffix(f": {about.title}")
            yield News(entry.name, about.pk, entry.at, title, entry.text, entry.url)


def _closing_soon(consultation: Consultation, at: datetime) -> News | None:
    """Return that a consultation closes within a week; None while it does not, or is too short."""
    opens, closes = consultation.opens_at, consultation.closes_at
    if not (consultation.is_open(at) and closes - SOON <= at) or closes - opens <= SOON:
        return None
    return News(
        key=f"consultation/{consultation.pk}/closes/{closes.isoformat()}",
        page_id=consultation.pk,
        at=closes - SOON,
        title="Closes soon",
        text=f"Take part until {timeline.day(local(closes).date())} at {timeline.clock(closes)}.",
        url=consultation.url or "",
        cannot_wait=True,
    )


def register() -> None:
    """Tell those who follow a consultation, or the site."""
    register_news(tell, of=[Consultation])
