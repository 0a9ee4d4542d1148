"""A dashboard with one measure, for pages and files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from tests.factories import (
    make_area,
    make_dashboard,
    make_measure,
    make_observations,
    make_plan,
    make_release,
)

from folkmoot.core.periods import Month
from folkmoot.performance.models import Dashboard

VALUES = [200, 204, 197, 201, 199, 203, 198, 202, 200, 205, 196, 201, 199, 302]
FIRST = Month(2020, 1)
Page = Callable[[str], BeautifulSoup]


@pytest.fixture
def board() -> Dashboard:
    plan = make_plan()
    make_measure(plan, slug="personal-robbery", caveat="Shows police activity as well as crime.")
    release = make_release(date(2021, 3, 5))
    make_observations(release, "personal-robbery", FIRST, VALUES)
    barnet = make_area("Barnet", "borough")
    make_observations(release, "personal-robbery", FIRST, [5] * 14, area=barnet)
    make_area("Unknown", "pseudo")
    return make_dashboard(plan)


@pytest.fixture
def page(client: Client) -> Page:
    """Return a function that opens a page which must be there."""

    def opened(address: str) -> BeautifulSoup:
        response = client.get(address)
        assert response.status_code == 200, response.content.decode()[:2000]
        return BeautifulSoup(response.content, "html.parser")

    return opened
