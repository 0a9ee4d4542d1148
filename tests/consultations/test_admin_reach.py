"""Nothing needs a developer: an officer reaches all that a consultation is made of."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.consultations.roles import person
from tests.factories import make_consultation, make_survey
from wagtail.models import Page

from folkmoot.consultations.models import Consultation, ConsultationIndex

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["officer", "approver"])
@pytest.mark.parametrize(
    "model", Consultation.allowed_subpage_models(), ids=lambda model: model._meta.label_lower
)
def test_every_page_below_a_consultation_can_be_written(
    client: Client, role: str, model: type[Page]
) -> None:
    page = make_consultation()
    client.force_login(person(role))
    if not model.can_create_at(page):
        pytest.skip("the page has as many of these as it may")
    address = reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, page.pk]
    )
    assert client.get(address).status_code == 200


def test_plan_and_list_of_consultations_can_be_edited(client: Client) -> None:
    page = make_consultation()
    client.force_login(person("officer"))
    for each in (page.statutory_plan, ConsultationIndex.objects.get(), make_survey(page)):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[each.pk])).status_code == 200


@pytest.mark.parametrize(
    "model",
    [
        "consultations_topic",
        "consultations_preelectionperiod",
        "publishing_supportorganisation",
        "publishing_recording",
    ],
)
@pytest.mark.parametrize("view", ["list", "add"])
def test_records_beside_the_pages_can_be_written(client: Client, model: str, view: str) -> None:
    make_consultation()
    client.force_login(person("officer"))
    assert client.get(reverse(f"wagtailsnippets_{model}:{view}")).status_code == 200


def test_files_and_pictures_can_be_added(client: Client) -> None:
    make_consultation()
    client.force_login(person("officer"))
    for name in ("wagtaildocs:add_multiple", "wagtailimages:add_multiple", "wagtaildocs:index"):
        assert client.get(reverse(name)).status_code == 200


def test_staff_of_no_group_edit_no_page(client: Client) -> None:
    page = make_consultation()
    client.force_login(person("staff"))
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 302


def test_nobody_works_in_a_time_zone_of_their_own(client: Client) -> None:
    client.force_login(person("officer"))
    account = client.get(reverse("wagtailadmin_account")).content.decode()
    assert "preferred_language" in account
    assert "current_time_zone" not in account
