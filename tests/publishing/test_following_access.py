"""What may be followed, when it may be confirmed, and who sees how many do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from tests import factories
from tests.factories import AFTER
from wagtail.models import PageViewRestriction, Site

from folkmoot.publishing.following import access
from folkmoot.publishing.models import Following, StandardPage

pytestmark = pytest.mark.django_db


def may_follow(page, at=AFTER):
    return access.may_follow(page, Site.objects.get(is_default_site=True), at)


def test_consultations_and_plans_may_be_followed():
    consultation = factories.make_consultation()
    assert may_follow(consultation)
    assert may_follow(consultation.statutory_plan)


def test_page_without_news_of_its_own_may_not():
    page = StandardPage(title="Contact", slug="contact")
    factories.make_home().add_child(instance=page)
    assert not may_follow(page)
    assert not may_follow(factories.make_home())


def test_page_that_the_public_does_not_see_may_not(client):
    draft = factories.make_consultation(live=False)
    locked = factories.make_consultation(draft.statutory_plan)
    PageViewRestriction.objects.create(page=locked, restriction_type="login")
    for page in (draft, locked):
        assert not may_follow(page)
        assert client.get(reverse("follow"), {"page": page.pk}).status_code == 404


@pytest.mark.parametrize("key", ["0", "999999", "x", "-1", "1e3", "9" * 40, "²"])
def test_page_that_is_none_is_not_found(client, key):
    factories.make_home()
    assert client.get(reverse("follow"), {"page": key}).status_code == 404


@pytest.mark.parametrize(
    ("asked_before", "may"),
    [
        (timedelta(0), True),
        (access.CONFIRMING - timedelta(microseconds=1), True),
        (access.CONFIRMING, False),
        (access.CONFIRMING + timedelta(days=1), False),
    ],
)
def test_what_was_asked_may_be_confirmed_for_seven_days(asked_before, may):
    assert access.may_confirm(Following(asked_at=AFTER - asked_before), AFTER) is may


def test_what_is_confirmed_is_not_confirmed_again():
    assert not access.may_confirm(Following(asked_at=AFTER, confirmed_at=AFTER), AFTER)


@pytest.mark.parametrize(
    ("permissions", "may"),
    [
        (("publishing.view_following",), True),
        (("themes.confirm_themes",), False),
        (("responses.view_response", "decisions.add_decision"), False),
        ((), False),
    ],
)
def test_who_sees_how_many_follow_each_page(client, permissions, may):
    user = factories.make_user(*permissions)
    assert access.may_see_followers(user) is may
    client.force_login(user)
    assert (client.get(reverse("followers")).status_code == 200) is may


def test_administrator_sees_it_and_somebody_who_left_does_not():
    assert access.may_see_followers(factories.make_user(is_superuser=True))
    left = factories.make_user("publishing.view_following", is_active=False)
    assert not access.may_see_followers(left)
    assert not access.may_see_followers(AnonymousUser())


def test_report_counts_and_names_nobody(client, django_assert_num_queries):
    consultation = factories.make_consultation()
    reader = factories.make_follower(consultation, None)
    factories.make_follower(consultation, paused_at=AFTER)
    factories.make_follower(confirmed_at=None, digested_until=None)
    client.force_login(factories.make_user("publishing.view_following"))
    shown = client.get(reverse("followers")).content.decode()
    row = shown[shown.index(consultation.title) :]
    assert "<td>2</td>" in row[: row.index("</tr>")]
    assert "The whole site" in shown
    assert reader.email not in shown
    assert "example.org" not in shown
