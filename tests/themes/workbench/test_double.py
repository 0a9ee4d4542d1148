"""Agreement looked at, and what two people differ in resolved."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from tests import factories

from folkmoot.themes.acts.coding import Found, code_answer

AT = factories.AFTER


@pytest.fixture
def themes(frame):
    return list(frame.themes.order_by("number"))


@pytest.fixture
def resolver(client):
    user = factories.make_user("themes.resolve_codings", "themes.confirm_themes")
    client.force_login(user)
    return user


@pytest.fixture
def disputed(frame, themes):
    """Two answers on which the same two people differ."""
    ada, ben = factories.make_user(first_name="Ada"), factories.make_user(first_name="Ben")
    pair = list(frame.assignments.filter(campaign=None, status="assigned")[:2])
    for answer in pair:
        code_answer(answer, ada, Found((themes[0].pk,)), AT)
        code_answer(answer, ben, Found((themes[1].pk, themes[2].pk), note="Both"), AT)
    return pair


def agreement(client, frame):
    url = reverse("themes:agreement", args=[frame.survey_id, frame.question])
    return BeautifulSoup(client.get(url).content, "html.parser")


def words(found):
    return " ".join(found.get_text(" ").split())


def test_a_share_is_drawn(client, frame, resolver):
    url = reverse("themes:draw", args=[frame.survey_id, frame.question])
    page = client.post(url, {"percent": "10%"}, follow=True).content.decode()
    assert "2 answers are drawn" in page
    assert (
        "number of percent" in client.post(url, {"percent": "some"}, follow=True).content.decode()
    )
    assert frame.assignments.filter(is_double=True).count() == 2


def test_what_is_disputed_is_listed(client, frame, disputed, resolver):
    page = agreement(client, frame)
    assert "2 answers in which two people differ." in words(page)
    assert page.find("a", href=reverse("themes:resolve", args=[disputed[0].pk]))


def test_both_readings_are_shown_without_a_name_and_one_is_taken(
    client, themes, disputed, resolver
):
    url = reverse("themes:resolve", args=[disputed[0].pk])
    page = words(BeautifulSoup(client.get(url).content, "html.parser").select_one("main"))
    assert f"First reading {themes[0].label}" in page
    assert f"Second reading {themes[1].label}; {themes[2].label} Both" in page
    assert "Ada" not in page
    following = client.post(url, {"take": "second"})
    assert following.url == reverse("themes:resolve", args=[disputed[1].pk])
    disputed[0].refresh_from_db()
    assert (disputed[0].by, disputed[0].in_dispute) == ("resolved", False)
    standing = disputed[0].mentions.filter(stands=True).order_by("place")
    assert [each.theme for each in standing] == [themes[1], themes[2]]


def test_a_third_reading_is_made_and_the_last_leads_back(client, frame, disputed, resolver):
    for answer in disputed:
        url = reverse("themes:resolve", args=[answer.pk])
        last = client.post(url, {"answer": answer.pk, f"{answer.pk}-status": "none"})
    assert last.url == reverse("themes:agreement", args=[frame.survey_id, frame.question])
    disputed[1].refresh_from_db()
    assert (disputed[1].status, disputed[1].by) == ("none", "resolved")
    assert "Nobody differs." in words(agreement(client, frame))


def test_a_resolution_without_anything_ticked_is_refused(client, disputed, resolver):
    url = reverse("themes:resolve", args=[disputed[0].pk])
    refused = client.post(url, {"answer": disputed[0].pk})
    assert refused.status_code == 422
    assert "Choose at least one theme" in refused.content.decode()
