"""A new site begins with a front page of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from wagtail.models import Site

from folkmoot.publishing.acts import begin_site
from folkmoot.publishing.models import HomePage

AT = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.mark.django_db
def test_a_new_site_begins_with_a_front_page(client: Client) -> None:
    home = begin_site(AT)
    assert home is not None
    assert Site.objects.get().root_page_id == home.pk
    response = client.get("/")
    assert response.status_code == 200
    assert "Your voice, and what came of it" in response.content.decode()


@pytest.mark.django_db
def test_a_site_begins_once() -> None:
    begin_site(AT)
    assert begin_site(AT) is None
    assert HomePage.objects.count() == 1
