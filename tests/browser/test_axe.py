"""No accessibility fault on any page: at 320, 768 and 1280 px, in light and dark, with axe.

A page joins by its address in one of the lists below.
"""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

CONSULTATION = "/consultations/police-and-crime-plan/"
ADDRESSES = [
    "/",
    "/design/",
    "/follow/",
    "/follow/asked/",
    "/about/",
    "/accessibility/",
    "/privacy/",
    "/contact/",
    "/staying-safe/",
    "/nowhere/",
    "/plan/",
    "/plan/robbery-and-theft-on-the-street/",
    "/consultations/",
    "/consultations/?state=open&area=nowhere",
    "/search/?q=violence+on+the+street",
    "/search/?q=aardvark",
    CONSULTATION,
    f"{CONSULTATION}draft-plan/",
    f"{CONSULTATION}the-plan-in-its-versions/",
    f"{CONSULTATION}your-say/",
    f"{CONSULTATION}what-you-told-us/",
    f"{CONSULTATION}what-you-told-us/by-group/?question=change-draft&group=age-band",
    f"{CONSULTATION}what-you-told-us/by-group/?question=change-draft&group=agree-violence",
    f"{CONSULTATION}what-we-did/",
    f"{CONSULTATION}what-we-did/evening-patrols/",
    "/is-it-working/",
    "/is-it-working/?area=barnet&known=2024-06-01",
    "/is-it-working/personal-robbery/",
    "/is-it-working/personal-robbery/?show=rolling-12-months",
    "/is-it-working/personal-robbery/?show=rate&area=westminster",
    "/is-it-working/personal-robbery/revisions/?month=2023-10",
    "/is-it-working/personal-robbery/embed/",
    "/is-it-working/trust-in-the-police/",
    "/is-it-working/homicide/?area=barnet",
    "/is-it-working/personal-robbery/areas/",
    "/is-it-working/good-job-local/areas/",
    "/reports/",
    "/reports/quarterly/2024-Q4/",
    "/admin/login/",
]
ADDRESSES_WHILE_OPEN = [
    "/",
    CONSULTATION,
    f"{CONSULTATION}your-say/",
]
WIDTHS = (320, 768, 1280)
HEIGHT = 900


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_has_no_fault(visit, site_url, address):
    check(visit(), site_url + address)


@pytest.mark.parametrize("address", ADDRESSES_WHILE_OPEN)
def test_page_has_no_fault_while_the_consultation_is_open(visit, open_site_url, address):
    check(visit(), open_site_url + address)


@pytest.mark.parametrize("template", ["400", "403", "500"])
def test_error_page_has_no_fault(visit, site_url, template):
    """The site gives no way to make it fail; its own page is shown on one of its addresses."""
    from django.template.loader import render_to_string

    page = visit()
    html = render_to_string(f"publishing/{template}.html")
    page.route("**/failing/", lambda route: route.fulfill(body=html, content_type="text/html"))
    check(page, f"{site_url}/failing/")


def check(page, address: str) -> None:
    """Assert that a page has no fault, and that nothing of it lies outside the window."""
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    page.goto(address)
    faults = []
    for scheme, widths in (("light", WIDTHS), ("dark", WIDTHS[::2])):
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            where = f"{width} px, {scheme}"
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                faults.append(f"{where}: {wide} px wide")
            # Colours are all that a dark page can have wrong where a light one is right.
            options = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
            faults += [
                f"{where}: {fault['id']}: {fault['help']}: {node['html'][:200]}"
                for fault in axe.run(page, options=options).response["violations"]
                for node in fault["nodes"]
            ]
    assert faults == [], "\n".join(faults)
