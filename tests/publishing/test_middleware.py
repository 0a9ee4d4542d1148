"""The public cache, seen from the outside; and the content security policy of each part."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie

import pytest
from django.http import HttpResponse
from tests.factories import CLOSES, make_consultation, make_home

from folkmoot.publishing import clock, keeping, purging
from folkmoot.publishing.middleware import PublicCacheMiddleware
from folkmoot.publishing.models import SiteSettings, StandardPage, SupportOrganisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_commit_at_once(monkeypatch):
    """Tests never commit; what waits for a commit runs at once."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda function, *_, **__: function())


@pytest.fixture
def page():
    page = StandardPage(title="About", slug="about", summary="Why we ask.")
    make_home().add_child(instance=page)
    SiteSettings.for_site(page.get_site())  # made on the first visit of all; that is a change
    return page


def test_second_visit_asks_the_database_nothing(client, page, django_assert_num_queries):
    first = client.get("/about/")
    with django_assert_num_queries(0):
        second = client.get("/about/")
    assert second.status_code == 200
    assert second.content == first.content
    assert b"Why we ask." in second.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["X-Content-Type-Options"] == "nosniff"


def test_kept_page_says_how_long_and_is_known_by_its_tag(client, page, settings):
    response = client.get("/about/")
    assert response["Cache-Control"] == f"public, max-age={settings.PUBLIC_CACHE_SECONDS}"
    assert response["Age"] == "0"
    assert "Cookie" in response["Vary"]
    again = client.get("/about/", headers={"If-None-Match": f'W/"other", {response["ETag"]}'})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get("/about/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_compressed_for_those_who_take_it(client, page):
    plain = client.get("/about/")
    packed = client.get("/about/", headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)
    assert packed["ETag"] != plain["ETag"]


def test_head_of_a_kept_page_is_its_headers_alone(client, page, django_assert_num_queries):
    whole = client.get("/about/")
    with django_assert_num_queries(0):
        head = client.head("/about/")
    assert head.content == b""
    assert head["Content-Length"] == str(len(whole.content))
    assert head["ETag"] == whole["ETag"]


def test_head_before_any_visit_keeps_nothing(client, page):
    client.head("/about/")
    assert b"Why we ask." in client.get("/about/").content


def test_visitor_with_our_cookie_is_never_answered_from_the_cache(client, page, settings):
    client.get("/about/")
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "folkmoot-draft"):
        client.cookies = SimpleCookie({name: "x"})
        assert "Age" not in client.get("/about/"), name


def test_visitor_with_our_cookie_fills_nothing(client, page, settings):
    client.cookies = SimpleCookie({settings.SESSION_COOKIE_NAME: "x"})
    client.get("/about/")
    StandardPage.objects.update(summary="Changed behind the cache.")
    keeping.forget()
    client.cookies = SimpleCookie()
    assert b"Changed behind the cache." in client.get("/about/").content


def test_cookies_of_other_sites_change_nothing(client, page, django_assert_num_queries):
    client.get("/about/")
    client.cookies = SimpleCookie({"_ga": "GA1.2.3"})
    with django_assert_num_queries(0):
        assert client.get("/about/")["Age"] == "0"


def test_queries_and_hosts_are_kept_apart(client, page, settings, django_assert_num_queries):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    client.get("/about/")
    StandardPage.objects.update(summary="Changed behind the cache.")
    keeping.forget()
    assert b"Changed behind" in client.get("/about/?area=camden").content
    assert b"Changed behind" in client.get("/about/", headers={"Host": "other.example"}).content
    assert b"Why we ask." in client.get("/about/").content


def test_long_queries_are_not_kept(client, page):
    assert "Age" not in client.get("/about/?q=" + "x" * 200)
    assert "Age" in client.get("/about/?q=" + "x" * 100)


def test_forged_host_is_refused_even_for_a_kept_page(client, page):
    client.get("/about/")
    assert client.get("/about/", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/about/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("address", ["/nowhere/", "/design/", "/admin/login/", "/about"])
def test_only_pages_that_are_there_are_kept(client, page, address):
    client.get(address)
    assert "Age" not in client.get(address)


def test_switched_off_it_keeps_nothing(client, page, settings):
    settings.PUBLIC_CACHE_SECONDS = 0
    client.get("/about/")
    assert "Age" not in client.get("/about/")


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private"},
        {"Content-Type": "application/pdf"},
        {"Set-Cookie": ""},
    ],
)
def test_answers_for_one_person_are_not_kept(rf, page, headers):
    def view(request):
        request.served_page = page
        response = HttpResponse("For you", headers=headers)
        if "Set-Cookie" in headers:
            del response["Set-Cookie"]
            response.set_cookie("anything", "x")
        return response

    middleware = PublicCacheMiddleware(view)
    middleware(rf.get("/about/"))
    assert "Age" not in middleware(rf.get("/about/"))


def test_page_is_kept_no_longer_than_the_clock_leaves_it(client, monkeypatch):
    consultation = make_consultation()
    address = consultation.url
    at = CLOSES - timedelta(seconds=20)
    for module in ("folkmoot.publishing.middleware", "folkmoot.publishing.context"):
        monkeypatch.setattr(f"{module}.now", lambda: at)
    assert 0 < kept_seconds(client.get(address)) <= 20


def test_page_that_changes_this_second_is_not_kept(rf, page, monkeypatch):
    monkeypatch.setattr(StandardPage, "seconds_unchanged", lambda self, at: 0)
    middleware = PublicCacheMiddleware(lambda request: _served(request, page))
    middleware(rf.get("/about/"))
    assert "Age" not in middleware(rf.get("/about/"))


def test_panel_that_the_clock_changes_shortens_the_keeping_of_its_page(rf, page):
    def view(request):
        request.seconds_unchanged = 12
        return _served(request, page)

    assert 0 < kept_seconds(PublicCacheMiddleware(view)(rf.get("/about/"))) <= 12


def test_publishing_a_page_is_seen_at_once(client, page):
    client.get("/about/")
    page.summary = "Published again."
    page.save_revision().publish()
    assert b"Published again." in client.get("/about/").content


def test_unpublishing_a_page_is_seen_at_once(client, page):
    client.get("/about/")
    page.unpublish()
    assert client.get("/about/").status_code == 404


def test_settings_and_snippets_are_seen_at_once(client, page):
    client.get("/about/")
    settings = SiteSettings.for_site(page.get_site())
    settings.notice = "The office is closed today."
    settings.save()
    assert b"closed today" in client.get("/about/").content
    edition = purging.edition()
    SupportOrganisation.objects.create(name="A helpline", helps_with="Anything")
    assert purging.edition() > edition


def test_what_is_published_while_a_page_is_made_is_not_missed(rf, page):
    said = ["before", "after"]

    def view(request):
        response = _served(request, page, said.pop(0))
        if said:
            purging.purge()
        return response

    middleware = PublicCacheMiddleware(view)
    middleware(rf.get("/about/"))
    assert middleware(rf.get("/about/")).content == b"after"


def test_two_changes_in_one_tick_are_two_editions():
    editions = []
    for _ in range(50):
        purging.begin_edition()
        editions.append(purging.edition())
    assert len(set(editions)) == 50


def test_a_page_made_as_of_another_day_is_kept_by_that_day(client, page, settings):
    settings.FOLKMOOT_AT = "2021-12-01"
    assert clock.now() < datetime(2021, 12, 2, tzinfo=UTC)
    assert "Age" in client.get("/about/")


def test_public_pages_and_sign_in_allow_nothing_inline_and_no_other_host(client, page):
    for address in ("/", "/about/", "/design/", "/nowhere/", "/admin/login/"):
        policy = _policy(client.get(address))
        assert policy["default-src"] == "'none'", address
        assert policy["script-src"] == "'self'", address
        assert policy["style-src"] == "'self'", address
        assert policy["frame-ancestors"] == "'none'", address
        assert "unsafe" not in str(policy), address
        assert "http" not in str(policy), address


def test_editor_has_a_policy_of_its_own_for_staff(admin_client, page):
    policy = _policy(admin_client.get("/admin/"))
    assert "'unsafe-inline'" in policy["script-src"]
    assert "http" not in str(policy)


def kept_seconds(response) -> int:
    return int(response["Cache-Control"].partition("max-age=")[2])


def _policy(response) -> dict[str, str]:
    directives = response["Content-Security-Policy"].split(";")
    return dict(directive.strip().split(" ", 1) for directive in directives)


def _served(request, page, text="For all") -> HttpResponse:
    request.served_page = page
    return HttpResponse(text)
