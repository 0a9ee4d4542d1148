"""What is done in the admin is in the audit record, with what the public saw before and after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from tests.factories import make_consultation, make_home, make_user

from folkmoot.accounts.models import AuditRecord, User
from folkmoot.publishing.models import StandardPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain_files(settings: Any) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def moderator() -> User:
    user = make_user()
    user.groups.add(Group.objects.get(name="Moderators"))
    return user


@pytest.fixture
def page() -> StandardPage:
    page = StandardPage(title="About", slug="about", summary="Why we ask.")
    make_home().add_child(instance=page)
    return page


def fields(title: str, **more: str) -> dict[str, str]:
    body = {f"body-{name}": "0" for name in ("count", "total", "initial_forms")}
    comments = {
        f"comments-{name}": "0"
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    }
    return {"title": title, "slug": "about", "summary": "Why we ask."} | body | comments | more


def edit(client: Client, page: StandardPage, title: str, **more: str) -> None:
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), fields(title, **more)
    )
    assert response.status_code == 302, response.content[:2000]


def acts() -> list[str]:
    return list(AuditRecord.objects.order_by("id").values_list("act", flat=True))


def test_publication_is_recorded_with_what_it_changed(
    client: Client, moderator: User, page: StandardPage
) -> None:
    page.save_revision().publish()
    client.force_login(moderator)
    edit(client, page, "About us", **{"action-publish": "Publish"})
    kept = AuditRecord.objects.filter(act="page published").latest("id")
    assert (kept.before["title"], kept.after["title"]) == ("About", "About us")
    assert "summary" not in kept.after
    assert (kept.by, kept.record_type, kept.record_id) == (
        moderator,
        "publishing.StandardPage",
        str(page.pk),
    )


def test_draft_is_recorded_as_a_draft(client: Client, moderator: User, page: StandardPage) -> None:
    client.force_login(moderator)
    edit(client, page, "Not yet said")
    assert acts()[-1] == "page draft saved"
    page.refresh_from_db()
    assert page.title == "About"


def test_created_page_is_recorded(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    address = reverse("wagtailadmin_pages:add", args=["publishing", "standardpage", make_home().pk])
    assert client.post(address, fields("About")).status_code == 302
    assert "page created" in acts()


def test_deleted_page_keeps_its_name_in_the_record(client: Client, page: StandardPage) -> None:
    client.force_login(make_user(is_superuser=True))
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not StandardPage.objects.exists()
    kept = AuditRecord.objects.get(act="page deleted")
    assert (kept.record_id, kept.record_name) == (str(page.pk), "About")


def test_publication_on_schedule_is_recorded_as_the_sites_own(page: StandardPage) -> None:
    page.live, page.title = False, "Scheduled"
    page.go_live_at = datetime.now(UTC) - timedelta(minutes=1)
    revision = page.save_revision()
    revision.approved_go_live_at = page.go_live_at
    revision.save()
    call_command("publish_scheduled", verbosity=0)
    kept = AuditRecord.objects.get(act="page published on schedule")
    assert (kept.by, kept.by_name) == (None, "the site")


def test_changed_member_of_staff_is_recorded(client: Client) -> None:
    administrator = make_user(is_superuser=True)
    client.force_login(administrator)
    other = make_user()
    client.post(reverse("wagtailusers_users:delete", args=[other.pk]))
    kept = AuditRecord.objects.get(act="user deleted")
    assert (kept.by, kept.record_id) == (administrator, str(other.pk))


def test_moved_closing_time_is_recorded_with_both_times() -> None:
    consultation = make_consultation()
    officer = make_user(is_superuser=True)
    consultation.save_revision().publish(user=officer)
    consultation.closes_at += timedelta(days=7)
    consultation.save_revision().publish(user=officer)
    kept = AuditRecord.objects.filter(act="page published").latest("id")
    assert (kept.before, kept.after) == (
        {"closes_at": "2022-01-21T23:59:00Z"},
        {"closes_at": "2022-01-28T23:59:00Z"},
    )


def test_act_that_cannot_be_recorded_is_not_done(
    client: Client, page: StandardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.save_revision().publish()
    client.force_login(make_user(is_superuser=True))
    client.raise_request_exception = False

    def full_disk(*args: Any, **kwargs: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(AuditRecord.objects, "create", full_disk)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(address, fields("About us", **{"action-publish": "Publish"}))
    assert response.status_code == 500
    page.refresh_from_db()
    assert page.title == "About"
    assert page.get_latest_revision_as_object().title == "About"
