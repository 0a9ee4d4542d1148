"""News of pages, which each room tells of its own kinds of page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from folkmoot.publishing.models import ToldNews

if TYPE_CHECKING:
    from wagtail.models import Page

# What an editor dates further back than this is no news.
REACH = timedelta(days=30)
# Longer than the reach, so that what was told is not taken for new.
TOLD_KEPT = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class News:
    """Something new on a page, in plain words; `key` is the same for the same news for ever.

    The title stands under that of the page, and does not repeat it. `url` is an address of this
    site. News that `cannot_wait` is told a weekly reader the next day. `part` is the part of the
    page that it is of, where that can be followed by itself.
    """

    key: str
    page_id: int
    at: datetime
    title: str
    text: str
    url: str
    cannot_wait: bool = False
    part: str = ""


# Of the pages with these keys (None: of all that are public), what came after one instant and by
# another. The pages' own visibility is the teller's business.
Teller = Callable[[Collection[int] | None, datetime, datetime], Iterable[News]]

_TELLERS: list[Teller] = []
_FOLLOWED: set[type[Page]] = set()


def register_news(teller: Teller, *, of: Iterable[type[Page]] = ()) -> None:
    """Tell followers what a room knows; pages of the kinds `of` can be followed one by one.

    Called in `AppConfig.ready()`; registering twice has no effect.
    """
    if teller not in _TELLERS:
        _TELLERS.append(teller)
    _FOLLOWED.update(of)


def can_be_followed(page: Page) -> bool:
    """Whether a page is of a kind that has news."""
    return isinstance(page.specific_deferred, tuple(_FOLLOWED))


def recent_news(page_ids: Collection[int] | None, until: datetime) -> list[News]:
    """Return the news of pages within reach, oldest first, each once.

    A constant number of queries for each room, however many pages and news there are.
    """
    found = {
        news.key: news for teller in _TELLERS for news in teller(page_ids, until - REACH, until)
    }
    return sorted(found.values(), key=lambda news: (news.at, news.key))


def first_seen(news: Iterable[News], at: datetime) -> dict[str, datetime]:
    """Return by key when the site saw each piece of news first, which for new ones is `at`."""
    keys = {hashlib.sha256(each.key.encode()).hexdigest(): each.key for each in news}
    known = ToldNews.objects.filter(key__in=keys)
    told = dict(known.values_list("key", "seen_at"))
    unseen = [ToldNews(key=digest, seen_at=at) for digest in keys if digest not in told]
    if unseen:
        with transaction.atomic():
            # Another worker may see the same at the same time: what was written first holds.
            ToldNews.objects.bulk_create(unseen, ignore_conflicts=True)
            told = dict(known.values_list("key", "seen_at"))
    return {keys[digest]: seen_at for digest, seen_at in told.items()}
