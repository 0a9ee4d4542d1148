"""How tests read the public pages of consultations."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client


def get(client: Client, url: str) -> BeautifulSoup:
    """Return a page that is there."""
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def words(found: Any) -> str:
    """Return the words of a part of a page, single spaces between them."""
    return " ".join(found.get_text(" ").split())


def headings(page: BeautifulSoup) -> list[str]:
    """Return the second-level headings of a page's content, in order."""
    return [words(heading) for heading in page.select(".columns h2")]
