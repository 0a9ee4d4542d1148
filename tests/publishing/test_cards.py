"""What pages tell other machines: one address, a card, and what they are about."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from tests.factories import (
    CLOSES,
    OPENS,
    make_commitment,
    make_consultation,
    make_home,
    make_plan,
)
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from folkmoot.consultations.models import TimelineEvent
from folkmoot.publishing.addresses import absolute
from folkmoot.publishing.cards import structured
from folkmoot.publishing.clock import now
from folkmoot.publishing.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db

BASE = "https://consult.example"


@pytest.fixture(autouse=True)
def _public_origin(settings: Any, tmp_path: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = f"{BASE}/"
    settings.FOLKMOOT_AT = "2022-01-09"
    settings.PUBLIC_CACHE_SECONDS = 0
    settings.MEDIA_ROOT = tmp_path


def head(client: Client, url: str) -> BeautifulSoup:
    response = client.get(url)
    return BeautifulSoup(response.content, "html.parser").head


def meta(page: BeautifulSoup, name: str) -> str | None:
    found = page.find("meta", attrs={"property": name}) or page.find("meta", attrs={"name": name})
    return found["content"] if found else None


def graph(page: BeautifulSoup) -> list[dict[str, Any]]:
    (script,) = page.select('script[type="application/ld+json"]')
    written = json.loads(script.string)
    assert written["@context"] == "https://schema.org"
    return written["@graph"]


def test_page_has_one_address_and_a_card(client: Client) -> None:
    page = StandardPage(title="Fish & chips", slug="fish", summary='Salt "and" <vinegar>')
    make_home().add_child(instance=page)
    found = head(client, "/fish/?utm_source=x&page=1")
    assert found.find("link", rel="canonical")["href"] == f"{BASE}/fish/"
    assert meta(found, "og:url") == f"{BASE}/fish/"
    assert meta(found, "og:title") == "Fish & chips"
    assert meta(found, "og:description") == 'Salt "and" <vinegar>'
    assert meta(found, "og:type") == "article"
    assert meta(found, "twitter:card") == "summary"
    assert meta(found, "og:image") is None


def test_page_of_a_long_list_is_a_page_of_its_own(client: Client) -> None:
    make_consultation()
    for query, address in (
        ("?page=2&state=open", "/consultations/?page=2"),
        ("?page=1", "/consultations/"),
        ("?page=x", "/consultations/"),
        ("?state=open", "/consultations/"),
    ):
        found = head(client, f"/consultations/{query}")
        assert found.find("link", rel="canonical")["href"] == f"{BASE}{address}"


def test_part_of_a_page_is_not_called_after_the_whole(client: Client) -> None:
    commitment = make_commitment(make_plan(title="The plan", slug="plan"))
    found = head(client, f"/plan/commitments/{commitment.slug}/")
    assert found.find("link", rel="canonical")["href"] == (
        f"{BASE}/plan/commitments/{commitment.slug}/"
    )
    assert meta(found, "og:title") is None
    assert meta(found, "og:description") is None
    assert commitment.title in found.title.get_text()


def test_picture_of_a_consultation_stands_on_its_card(client: Client) -> None:
    picture = Image.objects.create(title="Hall", file=get_test_image_file(size=(1600, 900)))
    page = make_consultation(picture=picture, picture_alternative="The town hall")
    found = head(client, page.url)
    image = meta(found, "og:image")
    assert image is not None
    assert image.startswith(f"{BASE}/media/")
    assert "1200x630" in image
    assert meta(found, "og:image:alt") == "The town hall"
    assert meta(found, "twitter:card") == "summary_large_image"


def test_error_page_has_no_address_and_no_card(client: Client) -> None:
    make_home()
    found = head(client, "/nowhere/")
    assert found.find("link", rel="canonical") is None
    assert meta(found, "og:url") is None


def test_consultation_is_a_service_available_while_it_is_open(client: Client) -> None:
    page = make_consultation(title="The draft", summary="What first?", area="London")
    (service,) = graph(head(client, page.url))
    assert service["@type"] == "GovernmentService"
    assert service["name"] == "The draft"
    assert service["url"] == f"{BASE}{page.url}"
    assert service["provider"] == {"@type": "GovernmentOrganization", "name": page.run_by}
    assert service["areaServed"] == "London"
    assert service["hoursAvailable"]["validFrom"] == OPENS.isoformat()
    assert service["hoursAvailable"]["validThrough"] == CLOSES.isoformat()


def test_events_to_come_are_told_as_days_or_instants(client: Client) -> None:
    page = make_consultation()
    for title, fields in {
        "Over": {"starts_at": OPENS},
        "A day": {"starts_at": CLOSES},
        "A month": {"starts_at": CLOSES, "precision": "month"},
    }.items():
        TimelineEvent.objects.create(consultation=page, stage="One", title=title, **fields)
    _, event = graph(head(client, page.url))
    assert (event["@type"], event["name"]) == ("Event", "A day")
    assert event["startDate"] == "2022-01-21"
    assert event["organizer"]["name"] == page.run_by


def test_front_page_says_whose_site_it_is(client: Client) -> None:
    home = make_home()
    (site,) = graph(head(client, "/"))
    assert site["@type"] == "WebSite"
    assert site["url"] == f"{BASE}/"
    assert site["potentialAction"]["target"] == f"{BASE}/search/?q={{search_term_string}}"
    assert meta(head(client, "/"), "og:type") == "website"
    assert isinstance(home, HomePage)


def test_no_text_ends_the_script_that_holds_it(client: Client) -> None:
    title = "</script><script>alert(1)</script><!-- \u2028 &amp;"
    page = make_consultation(title=title)
    html = client.get(page.url).content.decode()
    assert "<script>alert(1)" not in html
    (service,) = graph(head(client, page.url))
    assert service["name"] == title
    written = structured(page, now())
    assert not set(written) & set("<>&\u2028\u2029")


def test_page_about_nothing_in_particular_has_no_script_of_data(client: Client) -> None:
    make_home().add_child(instance=StandardPage(title="Plain", slug="plain"))
    assert not head(client, "/plain/").select('script[type="application/ld+json"]')


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("/a/?b=1#c", f"{BASE}/a/?b=1#c"),
        ("a", f"{BASE}/a"),
        ("", f"{BASE}/"),
        ("https://other.example/x", "https://other.example/x"),
        ("//other.example/x", "//other.example/x"),
    ],
)
def test_address_is_made_absolute_once(address: str, whole: str) -> None:
    assert absolute(address) == whole
