"""Absolute addresses, for whatever leaves the site: feeds, cards, calendars, letters."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from django.conf import settings


def absolute(address: str) -> str:
    """Return an address of this site with the site's public origin (`FOLKMOOT_BASE_URL`).

    An address that has an origin already is returned as it is.
    """
    if urlsplit(address).netloc:
        return address
    return urljoin(f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}/", address.lstrip("/"))


def host() -> str:
    """Return the site's public host name, of which stable names of things are made."""
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
