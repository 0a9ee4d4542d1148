"""Every figure of the dashboard leads to its release in two clicks, with scripts and without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

pytestmark = pytest.mark.browser

BOARD = "/is-it-working/"


def tiles_with_figures(page) -> list[dict[str, str]]:
    """Return title, value and the address of the source of each tile that has a figure."""
    return page.evaluate(
        """[...document.querySelectorAll('.tile')].flatMap(tile => {
            const link = tile.querySelector('.tile-period a');
            return link ? [{
                title: tile.querySelector('.tile-title').textContent.trim(),
                value: tile.querySelector('.tile-value').textContent.trim(),
                released: link.textContent.replace('Released ', '').split(':')[0].trim(),
                href: link.getAttribute('href'),
            }] : [];
        })"""
    )


def test_every_figure_leads_to_its_release_and_the_files_of_it_in_two_clicks(visit, site_url):
    page = visit(java_script_enabled=True)
    page.goto(site_url + BOARD)
    tiles = tiles_with_figures(page)
    assert len(tiles) >= 15
    untraced = []
    for tile in tiles:
        page.goto(site_url + BOARD)
        page.locator(f".tile-period a[href='{tile['href']}']").click()  # the first click
        source = page.locator("#source")
        files = source.locator("details")
        files.locator("summary").click()  # the second
        said = source.inner_text()
        value = page.locator("figure tbody tr").first.locator("td").first.text_content()
        is_traced = (
            f"Release of {tile['released']}" in said
            and "SHA-256" in said
            and value == tile["value"]
            and page.locator("h1").inner_text() == tile["title"]
        )
        if not is_traced:
            untraced.append((tile, said, value))
    assert untraced == []


def test_a_revised_month_leads_to_every_value_that_was_given(visit, site_url):
    page = visit(java_script_enabled=False)
    page.goto(f"{site_url}{BOARD}personal-robbery/")
    page.locator("details", has_text="As a table").locator("summary").click()
    page.locator("figure td a", has_text="[r] revised").first.click()
    rows = page.locator("#every-value tbody tr")
    assert rows.count() == 2
    assert "first given" in rows.last.inner_text()
    values = [rows.nth(place).locator("td").nth(1).inner_text() for place in (0, 1)]
    assert values[0] != values[1]


def test_filters_work_by_keyboard_and_stay_in_the_address(visit, site_url):
    page = visit(java_script_enabled=False)
    page.goto(site_url + BOARD)
    page.locator("#filter-area").focus()
    page.keyboard.type("Barn")
    page.keyboard.press("Tab")
    page.locator("#filter-known").fill("2024-06-01")
    page.keyboard.press("Enter")
    page.wait_for_url("**area=barnet**")
    assert "known=2024-06-01" in page.url
    assert "As known on 1 June 2024" in page.locator("main").inner_text()
    assert page.locator("#filter-area").input_value() == "barnet"


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """Serve one page at another origin, and give its address."""

    class OnePage(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *said: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), OnePage) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_framed_figure_shows_on_another_site_and_a_whole_page_does_not(visit, site_url):
    frames = "".join(
        f'<iframe src="{site_url}{address}" width="800" height="500"></iframe>'
        for address in (f"{BOARD}personal-robbery/embed/", f"{BOARD}personal-robbery/")
    )
    page = visit()
    with another_site(frames) as address:
        page.goto(address)
        framed, whole = page.frame_locator("iframe >> nth=0"), page.frame_locator("iframe >> nth=1")
        framed.locator(".figure-headline").wait_for()
        assert "Metropolitan Police" in framed.locator(".source").first.inner_text()
        assert whole.locator(".figure-headline").count() == 0
