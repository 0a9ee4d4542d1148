"""Only a survey is spared Django's CSRF check."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import factories
from tests.responses.asking import three_steps

from folkmoot.responses.models import Draft

pytestmark = pytest.mark.django_db


def test_only_a_survey_s_posts_are_left_to_its_token():
    survey = three_steps()
    client = Client(enforce_csrf_checks=True)
    for address in (survey.consultation.url, factories.make_home().url, "/admin/login/", "/none/"):
        assert client.post(address, {}).status_code == 403, address
    page = client.post(f"{survey.url}1/", {})
    assert page.status_code == 403
    assert "choose the button again" in page.content.decode()


def test_a_survey_s_post_without_its_token_changes_nothing():
    survey = three_steps()
    Client(enforce_csrf_checks=True).post(f"{survey.url}1/", {"agree": "agree"})
    assert not Draft.objects.exists()
