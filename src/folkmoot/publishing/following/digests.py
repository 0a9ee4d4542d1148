"""The one e-mail that a follower gets: everything new since the last one, once a day at most.

A digest is written to the e-mails that wait in the transaction that notes it was written, so a
worker that is killed neither loses it nor writes it twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Prefetch, Q
from django.utils.text import Truncator
from wagtail.models import Page, Site

from folkmoot.publishing import mail
from folkmoot.publishing.addresses import absolute, host
from folkmoot.publishing.clock import local
from folkmoot.publishing.following.news import News, first_seen, recent_news
from folkmoot.publishing.following.tokens import Purpose, link
from folkmoot.publishing.models import Follower, Following, OutgoingMail, SiteSettings

if TYPE_CHECKING:
    from django.db.models import QuerySet

TEMPLATE = "publishing/following/mail/digest"
# Nobody is written to in the night.
FIRST_HOUR = 7
BATCH = 200
LONGEST_TEXT = 400
# A follower saw what was on the page when they asked; a day has no hour, hence not exactly.
ON_THE_PAGE_ALREADY = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Edition:
    """All news that is within reach at an instant, when each was seen first, and page titles."""

    at: datetime
    news: Sequence[News]
    seen: Mapping[str, datetime]
    titles: Mapping[int, str]
    site: SiteSettings

    def since(self, follower: Follower) -> list[News]:
        """Return what is new to a follower, oldest first."""
        followed = {
            (each.page_id, each.part): each.confirmed_at for each in follower.followings.all()
        }
        return [each for each in self.news if self._is_new(each, follower, followed)]

    def _is_new(
        self,
        news: News,
        follower: Follower,
        followed: Mapping[tuple[int | None, str], datetime | None],
    ) -> bool:
        if follower.digested_until is None or self.seen[news.key] <= follower.digested_until:
            return False
        ways = {(news.page_id, news.part), (news.page_id, ""), (None, "")}
        began = [followed[way] for way in ways if way in followed]
        return any(each is not None and news.at > each - ON_THE_PAGE_ALREADY for each in began)


def write_due(at: datetime) -> int:
    """Write the digests that are due, and return how many; the next round of sending sends them.

    What is new is noted in the night as well, and told from seven in the morning on, in the
    body's time zone.
    """
    news = recent_news(None, at)
    seen = first_seen(news, at)
    if not news or local(at).hour < FIRST_HOUR:
        return 0
    edition = Edition(
        at=at,
        news=news,
        seen=seen,
        titles=dict(
            Page.objects.filter(pk__in={each.page_id for each in news}).values_list("pk", "title")
        ),
        site=_settings(),
    )
    written, after = 0, 0
    while True:
        done, many, after = _write_batch(edition, after)
        written += many
        if not done:
            return written


def _settings() -> SiteSettings:
    site = Site.objects.filter(is_default_site=True).first()
    return SiteSettings.for_site(site) if site else SiteSettings()


def _write_batch(edition: Edition, after: int) -> tuple[int, int, int]:
    """Write the digests of the next followers; return how many were looked at and written to,
    and the key of the last."""
    today = local(edition.at).date()
    with transaction.atomic():
        followers = list(_due(edition).filter(pk__gt=after).order_by("pk")[:BATCH])
        mails = []
        for follower in followers:
            chosen = edition.since(follower)
            follower.digested_until = edition.at
            if chosen:
                follower.digested_on = today
                mails.append(_digest(edition, follower, chosen))
        Follower.objects.bulk_update(followers, ["digested_until", "digested_on"])
        OutgoingMail.objects.bulk_create(mails)
    return len(followers), len(mails), followers[-1].pk if followers else after


def _due(edition: Edition) -> QuerySet[Follower]:
    """Return the followers who were not told the latest, and whose day has come."""
    today = local(edition.at).date()
    newest = max(edition.seen.values())
    is_due = (
        Q(digested_on__isnull=True)
        | Q(every_days=Follower.Every.DAY, digested_on__lt=today)
        | Q(every_days=Follower.Every.WEEK, digested_on__lte=today - timedelta(days=7))
    )
    pressing = [edition.seen[each.key] for each in edition.news if each.cannot_wait]
    if pressing:
        is_due |= Q(digested_on__lt=today, digested_until__lt=max(pressing))
    confirmed = Following.objects.filter(confirmed_at__isnull=False)
    due = Follower.objects.filter(
        is_due, confirmed_at__isnull=False, paused_at__isnull=True, digested_until__lt=newest
    ).prefetch_related(Prefetch("followings", confirmed))
    if connection.features.has_select_for_update_skip_locked:
        return due.select_for_update(skip_locked=True, of=("self",))
    return due


def _digest(edition: Edition, follower: Follower, chosen: Sequence[News]) -> OutgoingMail:
    stop = link(Purpose.STOP, follower)
    context = {
        "site": edition.site,
        "subject": _subject(edition, chosen),
        "groups": _grouped(edition, chosen),
        "manage": link(Purpose.MANAGE, follower),
        "stop": stop,
    }
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
        "List-Id": f"<news.{host()}>",
        "Precedence": "bulk",
    }
    return mail.composed(follower.email, TEMPLATE, context, headers=headers, at=edition.at)


def _subject(edition: Edition, chosen: Sequence[News]) -> str:
    if len(chosen) == 1:
        return f"{chosen[0].title}: {edition.titles.get(chosen[0].page_id, '')}"
    return f"{len(chosen)} things are new: {edition.site.site_name}"


def _grouped(edition: Edition, chosen: Sequence[News]) -> list[dict[str, Any]]:
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for news in reversed(chosen):
        groups[news.page_id].append(
            {
                "on": local(news.at).date(),
                "title": " ".join(news.title.split()),
                "text": Truncator(" ".join(news.text.split())).chars(LONGEST_TEXT),
                "url": absolute(news.url),
            }
        )
    return [{"title": edition.titles.get(key, ""), "news": told} for key, told in groups.items()]
