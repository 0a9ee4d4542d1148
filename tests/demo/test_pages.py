"""The demonstration as a visitor meets it: every public page, before and after the outcome."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from django.test import Client

from folkmoot.demo.generator import generate
from folkmoot.publishing.clock import instant

NOTICE = (
    "Demonstration. Not a site of the Mayor of London. Survey answers here are generated; "
    "crime and attitude figures are real."
)
NOT_PAGES = ("/admin", "/static", "/media")


def kind_of(address: str) -> str:
    """Return an address, or, of figures asked for in some way, the way alone.

    Each measure can be asked for by area, month, day and display: hundreds of thousands of pages.
    """
    path, _, query = address.partition("?")
    if not query or not path.startswith("/is-it-working/"):
        return address
    names = sorted(parse_qs(query, keep_blank_values=True))
    return re.sub(r"^/is-it-working/[^/]+/", "/is-it-working/*/", path) + "?" + "&".join(names)


def crawl(client: Client) -> dict[str, bytes]:
    """Return every page and file that links lead to from home; all of them must be there.

    Of figures asked for in one way only the first page that is met.
    """
    found: dict[str, bytes] = {}
    seen: set[str] = set()
    waiting = [("/", "")]
    while waiting:
        address, linked_from = waiting.pop()
        kind = kind_of(address)
        if kind in seen:
            continue
        seen.add(kind)
        response = client.get(address, follow=True)
        assert response.status_code == 200, f"{address}, linked from {linked_from or 'nowhere'}"
        body = b"".join(response) if response.streaming else response.content
        found[address] = body
        if response.headers["Content-Type"].startswith("text/html"):
            waiting += [(link, address) for link in links(address, body.decode())]
    return found


def links(address: str, page: str) -> list[str]:
    within = []
    for link in re.findall(r'<a [^>]*?href="([^"]*)"', page):
        parts = urlsplit(urljoin(address, unescape(link)))
        if parts.scheme or parts.netloc or parts.path.startswith(NOT_PAGES):
            continue
        within.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return within


def planted() -> set[str]:
    responses = generate(instant("2021-11-16 09:00"), instant("2022-01-21 23:59"))
    return {detail for response in responses for detail in response.planted}


def assert_labelled_and_private(pages: dict[str, bytes]) -> None:
    details = planted()
    assert len(details) > 60
    for address, body in pages.items():
        text = unescape(body.decode("utf-8", errors="replace"))
        if "<html" in text:
            assert NOTICE in text, f"{address} does not say that it is a demonstration"
        shown = [detail for detail in details if detail in text]
        assert not shown, f"{address} shows {shown[0]}"


@pytest.mark.usefixtures("london_site")
def test_every_page_after_publication_is_there_labelled_and_private(client: Client) -> None:
    pages = crawl(client)
    for address in (
        "/consultations/police-and-crime-plan/what-we-did/evening-patrols/",
        "/is-it-working/personal-robbery/",
        "/plan/stop-and-search/",
        "/consultations/police-and-crime-plan/draft-plan/",
    ):
        assert address in pages, f"no way leads from home to {address}"
    assert_labelled_and_private(pages)


@pytest.mark.usefixtures("london_open_site")
def test_every_page_while_open_is_there_and_shows_nothing_of_the_future(client: Client) -> None:
    pages = crawl(client)
    assert_labelled_and_private(pages)
    addresses = " ".join(pages)
    assert "what-you-told-us" not in addresses
    assert "what-we-did" not in addresses
    plan = pages["/plan/"].decode()
    assert "Out for consultation" in plan
    for address, body in pages.items():
        assert "Evening patrol" not in body.decode("utf-8", errors="replace"), address


@pytest.mark.usefixtures("london_site")
def test_both_counts_of_people_are_shown(client: Client) -> None:
    page = client.get("/consultations/police-and-crime-plan/").content.decode()
    assert "1,366" in page, "people who took part"
    assert "1,364" in page, "responses to the survey"


@pytest.mark.usefixtures("london_site")
def test_an_unknown_page_is_labelled_too(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert NOTICE in unescape(response.content.decode())
