"""Error pages, the body's colours, and the page of all components."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import path
from tests.factories import make_home

from folkmoot.config import urls as ours
from folkmoot.core.colours import contrast
from folkmoot.publishing import views
from folkmoot.publishing.models import SiteSettings, StandardPage

STYLESHEET = Path(views.__file__).parent / "static/publishing/folkmoot.css"


def _raise(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("forbidden/", _raise(PermissionDenied("Staff only."))),
    path("suspicious/", _raise(SuspiciousOperation("What is this?"))),
    path("missing/", _raise(Http404("There is no borough called Atlantis."))),
    path("query/", _raise(Http404("No Plan matches the given query."))),
    path("markup/", _raise(Http404("<script>alert(1)</script>."))),
    path("broken/", _raise(ZeroDivisionError("secret detail"))),
    *ours.urlpatterns,
]
handler400, handler403 = ours.handler400, ours.handler403
handler404, handler500 = ours.handler404, ours.handler500


@pytest.fixture
def visitor(settings, db) -> Client:
    settings.ROOT_URLCONF = __name__
    page = StandardPage(title="The plan", slug="plan", show_in_menus=True)
    make_home().add_child(instance=page)
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/nowhere/", 404, "Page not found"),
        ("/missing/", 404, "Page not found"),
        ("/forbidden/", 403, "You cannot see this page"),
        ("/suspicious/", 400, "We could not read that"),
    ],
)
def test_error_page_says_what_happened_and_offers_a_way_on(visitor, address, status, heading):
    response = visitor.get(address)
    html = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{heading}</h1>" in html
    main = html.partition("<main")[2].partition("</main>")[0]
    assert '<a href="/">The front page</a>' in main
    assert '<a href="/plan/">The plan</a>' in main
    assert not response.cookies


def test_missing_page_tells_our_own_sentence_and_nobody_elses(visitor):
    assert b"There is no borough called Atlantis." in visitor.get("/missing/").content
    assert b"matches the given query" not in visitor.get("/query/").content
    assert b"alert(1)" not in visitor.get("/markup/").content


def test_fault_of_ours_is_told_without_the_database(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = visitor.get("/broken/")
    assert response.status_code == 500
    assert b"Something went wrong" in response.content
    assert b'<a href="/">' in response.content
    assert b"secret detail" not in response.content


def test_fault_page_needs_no_site_at_all():
    response = views.broken(RequestFactory().get("/"))  # no database is allowed in this test
    assert response.status_code == 500


def test_form_without_its_token_gets_a_page_that_says_what_to_do(visitor):
    visitor.handler.enforce_csrf_checks = True
    response = visitor.post("/admin/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert b"<h1>We could not read that</h1>" in response.content
    assert b"Go back and try again" in response.content


@pytest.mark.django_db
def test_colours_of_a_body_are_a_stylesheet_that_may_be_kept_for_ever(client):
    site = SiteSettings.for_site(make_home().get_site())
    site.brand, site.brand_deep, site.link_colour = "#5b1a6b", "#3d0f49", "#6b1a2a"
    site.save()
    page = client.get("/").content.decode()
    (address,) = re.findall(r'<link rel="stylesheet" href="(/brand-[^"]+)">', page)
    response = client.get(address)
    style = response.content.decode()
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "--brand: #5b1a6b; --brand-deep: #3d0f49; --link: #6b1a2a;" in style
    assert '<meta name="theme-color" content="#3d0f49">' in page
    assert not response.cookies


@pytest.mark.django_db
def test_dark_page_has_the_bodys_colours_light_enough_to_read(client):
    site = SiteSettings.for_site(make_home().get_site())
    site.brand, site.link_colour = "#101010", "#00008b"
    site.save()
    dark = client.get(site.brand_address).content.decode().partition("@media")[2]
    for colour in re.findall(r"--(?:accent|link): (#\w{6})", dark):
        assert contrast(colour, views.DARK_WASH) >= 4.5
    assert f"--wash: {views.DARK_WASH};" in STYLESHEET.read_text().partition("@media")[2]


@pytest.mark.django_db
def test_address_of_former_colours_is_not_kept(client):
    make_home()
    response = client.get("/brand-0123456789ab.css")
    assert response.status_code == 200
    assert "Cache-Control" not in response


@pytest.mark.django_db
def test_design_page_shows_every_component(client):
    make_home()
    templates = Path(views.__file__).parent / "templates/publishing"
    page = (templates / "design.html").read_text()
    printed_by_tag = {"staying_safe", "support", "support_in_short"}
    in_every_page = {"breadcrumbs", "card", "navigation", "ways_on"}
    for component in (templates / "components").glob("*.html"):
        name = component.stem
        # A form that is posted sets a cookie, which this page does not.
        if name in in_every_page or name == "follow_by_email":
            continue
        wanted = f"{{% {name} %}}" if name in printed_by_tag else f"components/{component.name}"
        assert wanted in page, name
    assert client.get("/design/").status_code == 200


@pytest.mark.parametrize("address", ["/design/", "/brand-0123456789ab.css"])
@pytest.mark.django_db
def test_pages_of_this_room_are_read_only(client, address):
    make_home()
    assert client.post(address).status_code == 405
