"""sitemap.xml and robots.txt."""

from __future__ import annotations

from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import make_consultation, make_home, make_plan, make_section
from wagtail.models import PageViewRestriction

from folkmoot.publishing.models import StandardPage

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://consult.example"


@pytest.fixture(autouse=True)
def _public_origin(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = BASE
    settings.FOLKMOOT_AT = "2022-04-01"


def addresses(client: Client) -> list[str]:
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    return [each.text or "" for each in ET.fromstring(response.content).iter(f"{NAMESPACE}loc")]


def test_sitemap_lists_every_public_page_at_the_public_origin(client: Client) -> None:
    section = make_section(make_plan(slug="plan"))
    consultation = make_consultation(section.get_parent().specific)
    make_home().add_child(instance=StandardPage(title="Draft", slug="draft", live=False))
    locked = make_home().add_child(instance=StandardPage(title="Locked", slug="locked"))
    PageViewRestriction.objects.create(page=locked, restriction_type="login")
    assert sorted(addresses(client)) == sorted(
        f"{BASE}{path}"
        for path in ("/", "/plan/", section.url, "/consultations/", consultation.url)
    )


def test_sitemap_says_when_a_page_was_published_last(client: Client) -> None:
    page = make_home().add_child(instance=StandardPage(title="Page", slug="page"))
    page.save_revision().publish()
    page.refresh_from_db()
    content = client.get("/sitemap.xml").content.decode()
    assert f"<lastmod>{page.last_published_at:%Y-%m-%d}</lastmod>" in content


def test_queries_of_the_sitemap_do_not_grow(client: Client) -> None:
    home = make_home()
    counts = []
    for number in (1, 20):
        for place in range(number):
            home.add_child(instance=StandardPage(title="Page", slug=f"page-{number}-{place}"))
        for _ in range(2):  # what is read once an edition
            addresses(client)
        with CaptureQueriesContext(connection) as queries:
            addresses(client)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_robots_may_read_pages_and_nothing_that_is_staffs_or_one_persons(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(response.content.decode().splitlines())
    for path in ("/", "/consultations/", "/feeds/news.atom", "/sitemap.xml"):
        assert rules.can_fetch("*", path)
    for path in ("/admin/", "/search/?q=x", "/follow/confirm/abc/"):
        assert not rules.can_fetch("*", path)
    assert rules.site_maps() == [f"{BASE}/sitemap.xml"]
