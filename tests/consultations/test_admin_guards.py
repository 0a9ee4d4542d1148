"""A consultation in which people took part is kept: nobody deletes or unpublishes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.consultations.roles import person
from tests.factories import (
    make_consultation,
    make_response,
    make_survey,
)

from folkmoot.consultations.models import (
    Consultation,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _while_open(settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-01-10"


def at_home(client: Client) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("view", ["delete", "unpublish"])
def test_consultation_with_responses_is_kept(client: Client, view: str) -> None:
    survey = make_survey()
    make_response(survey, {"change": "More officers."})
    page = survey.consultation
    client.force_login(person("superuser"))
    for above in (page, page.get_parent()) if view == "delete" else (page,):
        address = reverse(f"wagtailadmin_pages:{view}", args=[above.pk])
        assert client.post(address).status_code == 302
        assert f"so its page stays at its address for good and is not {view}" in at_home(client)
    assert Consultation.objects.get().live


def test_consultation_below_an_unpublished_list_is_kept(client: Client) -> None:
    survey = make_survey()
    make_response(survey, {"change": "More officers."})
    address = reverse("wagtailadmin_pages:unpublish", args=[survey.consultation.get_parent().pk])
    client.force_login(person("superuser"))
    client.post(address, {"include_descendants": "on"})
    assert "1 person took part in" in at_home(client)
    assert Consultation.objects.get().live


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_consultation_with_responses_is_kept_among_many(client: Client, action: str) -> None:
    survey = make_survey()
    make_response(survey, {"change": "More officers."})
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    client.force_login(person("superuser"))
    client.post(f"{address}?id={survey.consultation.pk}")
    assert "1 person took part in" in at_home(client)
    assert Consultation.objects.get().live


@pytest.mark.parametrize("view", ["delete", "unpublish"])
def test_consultation_in_which_nobody_took_part_may_go(client: Client, view: str) -> None:
    page = make_consultation()
    client.force_login(person("superuser"))
    client.post(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]))
    assert not Consultation.objects.filter(live=True).exists()
