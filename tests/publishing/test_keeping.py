"""Parts of pages that are kept between requests."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from tests import factories

from folkmoot.publishing import keeping, slots
from folkmoot.publishing.keeping import kept
from folkmoot.publishing.models import StandardPage
from folkmoot.publishing.purging import begin_edition

pytestmark = pytest.mark.django_db
# How the query ends that asks for the address of every page.
ADDRESSES = 'FROM "wagtailcore_page"'


@pytest.fixture
def counted() -> tuple[list[int], Any]:
    """A function that says how often it was asked."""
    asked: list[int] = []

    def make() -> int:
        asked.append(1)
        return len(asked)

    return asked, make


def test_a_part_is_made_once(counted):
    asked, make = counted
    assert [kept("part", make), kept("part", make)] == [1, 1]
    assert len(asked) == 1


def test_nothing_is_kept_where_the_cache_is_off(counted, settings):
    settings.PUBLIC_CACHE_SECONDS = 0
    _, make = counted
    assert [kept("part", make), kept("part", make)] == [1, 2]


def test_a_part_is_made_again_in_a_new_edition(counted):
    _, make = counted
    assert kept("part", make) == 1
    begin_edition()
    assert kept("part", make) == 2


def test_another_process_begins_the_edition(counted):
    _, make = counted
    begin_edition()
    assert kept("part", make) == 1
    # What another process does to the file when it publishes something.
    later = time.time_ns() + 10**9
    os.utime(site_settings.VAR / "edition", ns=(later, later))
    assert kept("part", make) == 2


def test_a_part_is_kept_no_longer_than_it_stands(counted):
    _, make = counted
    assert kept("part", make, lambda: 0) == 1
    assert kept("part", make, lambda: 0) == 2


def test_what_is_saved_is_shown_before_it_is_committed():
    home = factories.make_home()
    assert kept(("title", home.pk), lambda: home.title) == home.title
    home.title = "Another title"
    home.save()
    assert kept(("title", home.pk), lambda: home.title) == "Another title"


def test_the_store_does_not_grow_for_ever(counted, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_PARTS", 10)
    _, make = counted
    for number in range(100):
        kept(number, make)
    assert len(keeping._kept.parts) <= 10


@pytest.fixture
def panel(monkeypatch):
    """A slot with one kept panel that counts how often it was made."""
    made: list[Any] = []

    def present(subject: Any, at: Any) -> dict[str, Any]:
        made.append(at)
        return {"is_over": False, "activities": [], "seconds_unchanged": 30}

    monkeypatch.setitem(
        slots._PANELS,
        "a-place",
        [slots.Panel("publishing/components/tag.html", present, 0, keep=True)],
    )
    return made


def printed(subject: Any, **marks: Any) -> Any:
    request = RequestFactory().get("/")
    for name, value in marks.items():
        setattr(request, name, value)
    Template('{% slot "a-place" page %}').render(Context({"page": subject, "request": request}))
    return request


def test_a_kept_panel_is_printed_once_for_all_visitors(panel):
    home = factories.make_home()
    printed(home)  # the first visit to a new site makes its settings, which begins an edition
    panel.clear()
    requests = [printed(home, served_page=home) for _ in range(3)]
    assert len(panel) == 1
    # The page around it still learns when the clock changes the panel.
    assert all(25 <= request.seconds_unchanged <= 30 for request in requests)


def test_a_preview_neither_shows_nor_leaves_a_kept_panel(panel):
    home = factories.make_home()
    printed(home)
    panel.clear()
    printed(home, served_page=home)
    printed(home, served_page=home, is_preview=True)
    printed(home, is_preview=True)
    assert len(panel) == 3


def test_a_panel_of_one_page_is_not_printed_on_another(panel):
    home, page = factories.make_home(), factories.make_plan()
    printed(home, served_page=home)
    printed(page, served_page=page)
    assert len(panel) == 2


def test_where_pages_stand_is_asked_once_and_again_after_a_page_moved(client):
    home = factories.make_home()
    about = home.add_child(instance=StandardPage(title="About us", slug="about"))
    about.save_revision().publish()
    # The very first visit makes the settings of the site, after which nothing is kept.
    assert client.get("/about/").status_code == 200
    keeping.forget()
    with CaptureQueriesContext(connection) as first:
        client.get("/about/", headers={"Cookie": "folkmoot-draft=x"})
    assert len([one for one in first if one["sql"].endswith(ADDRESSES)]) == 1
    with CaptureQueriesContext(connection) as again:
        client.get("/about/", headers={"Cookie": "folkmoot-draft=x"})
    assert not [one for one in again if one["sql"].endswith(ADDRESSES)]
    about.slug = "about-us"
    about.save_revision().publish()
    begin_edition()
    assert client.get("/about/").status_code in (301, 302, 404)
    assert client.get("/about-us/").status_code == 200


def test_what_one_visit_remembers_on_a_page_is_nothing_to_the_next(rf):
    home = factories.make_home()
    about = home.add_child(instance=StandardPage(title="About us", slug="about"))
    request = rf.get("/about/")
    first = home.route(request, ["about"]).page
    first.title = "Mine alone"
    second = home.route(request, ["about"]).page
    assert (second.pk, second.title) == (about.pk, "About us")
    assert second.get_parent().pk == home.pk
