"""What every public page carries, on the pages of this room."""

from __future__ import annotations

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from tests.factories import make_home

from folkmoot.publishing.models import SiteSettings, StandardPage, SupportOrganisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    home = make_home(summary="What the city plans for your safety.")
    plan = StandardPage(title="The plan", slug="plan", show_in_menus=True)
    home.add_child(instance=plan)
    plan.add_child(instance=StandardPage(title="Knives", slug="knives"))
    home.add_child(
        instance=StandardPage(title="Is it working?", slug="working", show_in_menus=True)
    )
    home.add_child(instance=StandardPage(title="Hidden", slug="hidden"))
    home.add_child(
        instance=StandardPage(title="Draft", slug="draft", show_in_menus=True, live=False)
    )
    return home


def soup(client, address="/") -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_first_thing_on_a_page_skips_to_its_content(client, home):
    page = soup(client)
    first = page.body.find("a")
    assert first["href"] == "#main"
    assert page.find(id="main").name == "main"
    assert page.find(id="main")["tabindex"] == "-1"


def test_navigation_holds_the_published_pages_of_the_menu_and_search(client, home):
    links = soup(client).find("nav", {"aria-label": "Main"}).find_all("a")
    assert [(link.text, link["href"]) for link in links] == [
        ("The plan", "/plan/"),
        ("Is it working?", "/working/"),
        ("Search", "/search/"),
    ]


@pytest.mark.parametrize(
    ("address", "marks"),
    [("/", []), ("/plan/", [("The plan", "page")]), ("/plan/knives/", [("The plan", "true")])],
)
def test_navigation_marks_where_one_is(client, home, address, marks):
    links = soup(client, address).find("nav", {"aria-label": "Main"}).find_all("a")
    current = [(a.text, a["aria-current"]) for a in links if a.has_attr("aria-current")]
    assert current == marks


def test_breadcrumbs_lead_back_and_begin_below_the_front_page(client, home):
    assert soup(client).find("nav", {"aria-label": "Breadcrumbs"}) is None
    crumbs = soup(client, "/plan/knives/").find("nav", {"aria-label": "Breadcrumbs"})
    assert [link["href"] for link in crumbs.find_all("a")] == ["/plan/"]
    assert crumbs.find(attrs={"aria-current": "page"}).text == "Knives"


@pytest.mark.parametrize("address", ["/", "/plan/", "/plan/knives/", "/design/"])
def test_headings_begin_with_one_title_and_skip_no_level(client, home, address):
    page = soup(client, address)
    levels = [int(tag.name[1]) for tag in page.find_all(["h1", "h2", "h3", "h4"])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("address", ["/", "/plan/", "/design/", "/nowhere/", "/admin/login/"])
def test_no_page_gives_a_visitor_a_cookie(client, home, address, settings):
    cookies = set(client.get(address).cookies)
    allowed = {settings.CSRF_COOKIE_NAME} if address.startswith("/admin/") else set()
    assert cookies <= allowed


def test_every_identifier_of_a_page_is_its_own(client, home):
    for address in ("/", "/plan/", "/design/"):
        found = [tag["id"] for tag in soup(client, address).find_all(id=True)]
        assert len(found) == len(set(found)), address


def test_page_says_its_language_title_and_summary(client, home):
    page = soup(client)
    site = SiteSettings.for_site(home.get_site())
    assert page.html["lang"] == "en-GB"
    assert page.title.text == f"Safer together - {site.site_name}"
    assert page.find("meta", {"name": "description"})["content"] == home.summary
    assert page.find("p", class_="lead").text == home.summary


def test_notice_stands_on_every_page_where_there_is_one(client, home):
    assert soup(client).find(class_="site-notice") is None
    site = SiteSettings.for_site(home.get_site())
    site.notice = "Demonstration. <b>Not</b> a real body."
    site.save()
    client.cookies["folkmoot-draft"] = "x"  # not from the cache
    for address in ("/", "/plan/", "/design/"):
        assert soup(client, address).find(class_="site-notice").text.strip() == site.notice


def test_foot_names_the_body_its_licence_and_the_way_in_for_staff(client, home):
    site = SiteSettings.for_site(home.get_site())
    site.body_name, site.contact_email = "Exampleton council", "plan@exampleton.example"
    site.licence, site.licence_url = "Open Government Licence v3.0", "https://example.org/ogl"
    site.save()
    foot = soup(client).find("footer")
    assert "Exampleton council" in foot.text
    addresses = {a.text: a["href"] for a in foot.find_all("a")}
    assert addresses["plan@exampleton.example"] == "mailto:plan@exampleton.example"
    assert addresses["Open Government Licence v3.0"] == "https://example.org/ogl"
    assert addresses["Staff sign-in"] == "/admin/"


def test_way_out_is_a_plain_link_that_tells_nobody_where_one_was(client, home):
    site = SiteSettings.for_site(home.get_site())
    way_out = soup(client).find("a", class_="leave")
    assert way_out["href"] == site.leave_quickly_url
    assert set(way_out["rel"]) >= {"noreferrer", "nofollow"}
    site.leave_quickly_url = ""
    site.full_clean(exclude=["leave_quickly_url"])
    site.save()
    client.cookies["folkmoot-draft"] = "x"  # not from the cache
    assert soup(client).find("a", class_="leave") is None


def test_page_about_staying_safe_lists_the_organisations_in_their_order(client, home):
    for order, name in ((2, "Second line"), (1, "First line")):
        SupportOrganisation.objects.create(
            name=name,
            helps_with="People who were harmed.",
            telephone="0808 168 9111",
            hours="day and night",
            web="https://example.org/",
            order=order,
        )
    home.add_child(
        instance=StandardPage(title="Staying safe", slug="staying-safe", show_support=True)
    )
    main = soup(client, "/staying-safe/").main
    assert [h.text for h in main.find_all("h2")] == ["First line", "Second line"]
    assert main.find("a", class_="phone")["href"] == "tel:08081689111"
    assert "day and night" in main.text


def test_blocks_of_a_page_of_text(client, home):
    page = StandardPage(title="Privacy", slug="privacy")
    page.body = [
        ("heading", "What we keep"),
        ("text", "<p>Your answers.</p><h3>For how long</h3><p>Six years.</p>"),
        ("notice", {"title": "Your rights", "text": "<p>You can ask for a copy.</p>"}),
    ]
    home.add_child(instance=page)
    main = soup(client, "/privacy/").main
    assert [h.text for h in main.find_all(["h2", "h3"])] == ["What we keep", "For how long"]
    assert main.find(class_="notice").find(class_="notice-title").text == "Your rights"
    assert "You can ask for a copy." in main.text
