"""Feeds as they go over the wire: RSS and Atom, dated by their news, sent only when changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape
from django.utils.http import http_date

from folkmoot.publishing.addresses import absolute

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

SECONDS_KEPT = 300
# What XML cannot hold; somebody may have pasted it into a title.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news: its lasting name, plain words, address on this site, and when it came."""

    name: str
    title: str
    text: str
    url: str
    at: datetime
    kind: str


class _Dated:
    """Date a feed by what it tells, or by the pages behind it: never by the clock."""

    def __init__(self, *args: Any, changed: datetime, **kwargs: Any) -> None:
        self.changed = changed
        super().__init__(*args, **kwargs)

    def latest_post_date(self) -> datetime:
        """Return when the feed last changed."""
        return self.changed


class Rss(_Dated, Rss201rev2Feed):
    """RSS 2.0."""


class Atom(_Dated, Atom1Feed):
    """Atom 1.0 (RFC 4287)."""


KINDS: dict[str, type[Rss | Atom]] = {"rss": Rss, "atom": Atom}


def feed_response(
    request: HttpRequest,
    kind: str,
    entries: Sequence[Entry],
    *,
    title: str,
    description: str,
    url: str,
    author: str,
    changed: datetime,
) -> HttpResponseBase:
    """Return entries, newest first, as "rss" or "atom"; 304 where the reader has this edition.

    `changed` is when the pages behind it were published last: an entry may have been mended since.
    """
    changed = max([changed, *(entry.at for entry in entries)])
    feed = KINDS[kind](
        changed=changed,
        title=title,
        description=description,
        subtitle=description,
        link=absolute(url),
        feed_url=absolute(request.path),
        feed_guid=absolute(request.path),
        language="en-gb",
        author_name=author,
    )
    for entry in entries:
        feed.add_item(
            title=UNWRITABLE.sub("", entry.title),
            link=absolute(entry.url),
            description=escape(UNWRITABLE.sub("", entry.text)),
            unique_id=entry.name,
            unique_id_is_permalink=False,
            pubdate=entry.at,
            updateddate=entry.at,
            categories=[entry.kind],
        )
    content = feed.writeString("utf-8").encode()
    return unless_unchanged(request, content, feed.content_type, changed)


def unless_unchanged(
    request: HttpRequest, content: bytes, content_type: str, changed: datetime
) -> HttpResponseBase:
    """Return content with its ETag and date; 304 without it where the reader has it already."""
    response = HttpResponse(content, content_type=content_type)
    etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed.timestamp())
    patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
    whole: HttpResponseBase = response
    return get_conditional_response(request, etag, int(changed.timestamp()), response) or whole
