"""A measure's page, and its figure in a frame."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from tests.factories import make_area, make_observations, make_release
from tests.performance.views.conftest import FIRST, VALUES, Page

from folkmoot.core.periods import Month
from folkmoot.performance.models import Area, Dashboard
from folkmoot.publishing.following import tokens
from folkmoot.publishing.following.tokens import Purpose
from folkmoot.publishing.models import Following, OutgoingMail

pytestmark = pytest.mark.django_db


def test_an_unknown_measure_is_not_found(client: Client, board: Dashboard) -> None:
    response = client.get(f"{board.url}happiness/")
    assert response.status_code == 404
    assert "There is no measure" in response.content.decode()


def test_a_measure_shows_chart_text_table_source_and_caveat(page: Page, board: Dashboard) -> None:
    shown = page(f"{board.url}personal-robbery/")
    assert shown.h1.text == "Personal robbery"
    figure = shown.select_one("figure")
    assert figure.select_one("svg[role=img] title")
    assert "The highest month was February 2021 with 302" in figure.text
    rows = figure.select("tbody tr")
    assert len(rows) == len(VALUES)
    assert rows[0].th.text == "February 2021"
    assert rows[0].td.text == "302"
    assert "release of March 2021" in figure.text
    assert "Shows police activity as well as crime." in shown.text
    assert "abab" in shown.select_one(".hash").text


def test_a_month_too_early_shows_not_available_and_no_zero(page: Page, board: Dashboard) -> None:
    shown = page(f"{board.url}personal-robbery/?to=2019-12")
    assert "A missing figure is not a zero" in shown.text
    assert shown.select_one("figure") is None


def test_revised_and_provisional_months_are_marked_and_lead_to_every_value(
    page: Page, board: Dashboard
) -> None:
    later = make_release(date(2021, 4, 5))
    make_observations(later, "personal-robbery", FIRST, [*VALUES[:-1], 300, 250])
    shown = page(f"{board.url}personal-robbery/")
    rows = {row.th.text: row for row in shown.select("figure tbody tr")}
    assert [cell.text for cell in rows["March 2021"].select("td")][:2] == [
        "250",
        "[p] provisional: every value of March 2021",
    ]
    marked = rows["February 2021"].select_one("td a")
    assert marked.text.startswith("[r] revised")
    assert "[r]" not in rows["January 2021"].text
    assert "1 of the months shown is revised and 1 is new" in shown.select_one("#revised").text
    values = page(marked["href"].split("#")[0]).select_one("#every-value")
    cells = [[cell.text for cell in row.select("th, td")] for row in values.select("tbody tr")]
    assert cells == [
        ["5 April 2021", "Borough level crime", "300", "\N{MINUS SIGN}2"],
        ["5 March 2021", "Borough level crime", "302", "first given"],
    ]


def test_a_first_release_marks_nothing_and_says_why(page: Page, board: Dashboard) -> None:
    shown = page(f"{board.url}personal-robbery/")
    assert "[p]" not in shown.select_one("figure").text
    assert "Only one release of this source is held" in shown.select_one("#revised").text


def test_the_next_update_is_expected_or_late(page: Page, board: Dashboard) -> None:
    address = f"{board.url}personal-robbery/"
    source = page(f"{address}?known=2021-04-20").select_one("#source").text
    assert "the next update is expected in April 2021" in source
    source = page(address).select_one("#source").text
    assert "an update was due in April 2021, and none has been imported since" in source


def test_rolling_months_are_shown_without_limits_and_without_a_reading(
    page: Page, board: Dashboard
) -> None:
    shown = page(f"{board.url}personal-robbery/?show=rolling-12-months")
    figure = shown.select_one("figure")
    assert "For showing only" in shown.text
    assert "limit" not in figure.select_one("svg").text.replace("No limits are drawn", "")
    headers = [each.text for each in figure.select("thead th")]
    assert headers == ["12 months to", "Offences recorded"]
    assert figure.select_one("tbody tr").th.text == "February 2021"
    assert figure.select_one("tbody tr").td.text == f"{sum(VALUES[-12:]):,}"
    assert shown.find("h2", string="Reading") is None
    assert shown.select_one(".displays [aria-current]").text == "Rolling 12 months"


def test_less_than_three_years_are_not_compared_by_the_same_months(
    page: Page, board: Dashboard
) -> None:
    address = f"{board.url}personal-robbery/"
    assert "same months" not in page(address).select_one(".displays").text
    assert "It takes three years" in page(f"{address}?show=same-months").text


def test_same_months_are_offered_where_seasons_stand(page: Page, board: Dashboard) -> None:
    summer = [100 + 60 * (place % 12 in (5, 6, 7)) + place % 5 for place in range(48)]
    release = make_release(date(2024, 3, 5))
    make_observations(release, "personal-robbery", Month(2020, 1), summer)
    address = f"{board.url}personal-robbery/"
    link = page(address).find("a", string="Against the same months")
    shown = page(link["href"])
    assert "for the time of year" in shown.find("h2", string="Reading").parent.text
    assert "same months of other years" in shown.select_one("#method").text


def test_a_rate_is_counted_among_the_residents_of_its_year(page: Page, board: Dashboard) -> None:
    population = make_release(date(2021, 3, 1), source="population", title="Population")
    barnet = Area.objects.get(slug="barnet")
    make_observations(population, "population", Month(2020, 6), [50_000], area=barnet)
    shown = page(f"{board.url}personal-robbery/?area=barnet&show=rate")
    row = shown.select("figure tbody tr")[-1]
    assert row.th.text == "January 2020"
    assert [cell.text for cell in row.select("td")][:2] == ["0.10", "0.03 to 0.23"]
    assert "June 2020*" in shown.select_one("figure tbody tr").text
    assert "none of its own year is held" in shown.select_one("figure").text
    assert "Residents: The police, Population" in shown.select_one("figure").text


def test_without_residents_there_is_no_rate_and_the_page_says_why(
    page: Page, board: Dashboard
) -> None:
    shown = page(f"{board.url}personal-robbery/?show=rate")
    assert "No figure of the residents of London was known by then" in shown.text
    assert shown.select_one("figure") is None


def test_a_rate_where_far_more_people_are_than_live_has_its_caveat(
    page: Page, board: Dashboard
) -> None:
    westminster = make_area("Westminster", "borough")
    release = make_release(date(2021, 3, 6))
    make_observations(release, "personal-robbery", FIRST, VALUES, area=westminster)
    population = make_release(date(2021, 3, 1), source="population")
    make_observations(population, "population", Month(2020, 6), [200_000], area=westminster)
    address = f"{board.url}personal-robbery/?area=westminster&show=rate"
    assert "than live there" in page(address).select_one(".notice").text


def test_an_unknown_way_of_showing_is_not_found(client: Client, board: Dashboard) -> None:
    response = client.get(f"{board.url}personal-robbery/?show=pie")
    assert response.status_code == 404
    assert "Figures cannot be shown as" in response.content.decode()


def test_only_the_figure_for_other_sites_may_be_framed(client: Client, board: Dashboard) -> None:
    framed = client.get(f"{board.url}personal-robbery/embed/")
    assert framed.status_code == 200
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "script-src 'self'" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    for address in (board.url, f"{board.url}personal-robbery/"):
        whole = client.get(address)
        assert "frame-ancestors 'none'" in whole["Content-Security-Policy"]
        assert whole["X-Frame-Options"] == "SAMEORIGIN"


def test_a_framed_figure_has_its_source_and_the_way_to_the_whole(
    page: Page, board: Dashboard, settings
) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://plan.example.org"
    shown = page(f"{board.url}personal-robbery/embed/?area=barnet")
    assert "release of March 2021" in shown.select_one("figure .source").text
    whole = f"https://plan.example.org{path_of(board)}personal-robbery/?area=barnet"
    assert shown.select_one("a[href]")["href"] == whole
    code = page(f"{board.url}personal-robbery/?area=barnet").select_one("pre").text
    assert code.startswith(f'<iframe src="https://plan.example.org{path_of(board)}')
    assert 'title="Personal robbery"' in code


def test_a_reader_asks_to_be_told_of_this_measure_alone(
    client: Client, page: Page, board: Dashboard
) -> None:
    link = page(f"{board.url}personal-robbery/").select_one("#follow").parent.a["href"]
    form = page(link).select_one("form[method=post]")
    assert "Personal robbery" in page(link).select_one(".lead").text
    sent = {each["name"]: each.get("value", "") for each in form.select("input[name]")}
    assert client.post(form["action"], sent | {"email": "reader@example.org"}).status_code == 303
    asked = Following.objects.get()
    assert (asked.page_id, asked.part) == (board.pk, "personal-robbery")
    (mail,) = OutgoingMail.objects.all()
    assert "“Personal robbery”" in mail.text
    confirm = path_in(mail.text, "/follow/confirm/")
    assert "Personal robbery" in page(confirm).select_one(".lead").text
    assert client.post(confirm).status_code == 200
    asked.refresh_from_db()
    assert asked.confirmed_at is not None
    mine = path_of_link(tokens.link(Purpose.MANAGE, asked.follower))
    assert "Personal robbery" in page(mine).select_one(".choices").text


def test_a_part_that_is_no_measure_cannot_be_followed(client: Client, board: Dashboard) -> None:
    response = client.get(f"/follow/?page={board.pk}&part=happiness")
    assert response.status_code == 404
    assert "cannot be followed" in response.content.decode()


def test_queries_do_not_grow_with_releases(
    client: Client, board: Dashboard, django_assert_max_num_queries, settings
) -> None:
    settings.PUBLIC_CACHE_SECONDS = 0
    address = f"{board.url}personal-robbery/"
    client.get(address)
    counted = []
    for more in (1, 6):
        for month in range(more):
            release = make_release(date(2021, 4 + month, 5 + more))
            make_observations(release, "personal-robbery", FIRST, [*VALUES, 250])
        with django_assert_max_num_queries(30) as queries:
            client.get(address, {"fresh": more})
        counted.append(len(queries))
    assert counted[0] == counted[1]


def path_in(text: str, start: str) -> str:
    """Return the first address in an e-mail that begins so, without its host."""
    found = re.search(rf"https?://[^/]+({start}\S+)", text)
    assert found
    return found[1]


def path_of_link(link: str) -> str:
    """Return an address without its host."""
    return "/" + link.split("/", 3)[3]


def path_of(board: Dashboard) -> str:
    """Return the address of a dashboard without its host."""
    return "/" + board.url.split("/", 3)[-1] if "//" in board.url else board.url
