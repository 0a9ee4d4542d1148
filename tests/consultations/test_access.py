"""Who may write and publish a consultation: role by role, before, while it is open, and after."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import PermissionDenied
from tests.factories import make_consultation, make_user

from folkmoot.accounts.models import AuditRecord, User
from folkmoot.consultations import access
from folkmoot.consultations.acts import ClosingError, move_closing
from folkmoot.consultations.models import Consultation

pytestmark = pytest.mark.django_db

ROLES = ["anonymous", "staff", "editor", "moderator", "former moderator", "superuser"]
BEFORE = datetime(2021, 11, 1, 12, tzinfo=UTC)
OPEN = datetime(2022, 1, 10, 12, tzinfo=UTC)
CLOSED = datetime(2022, 2, 1, 12, tzinfo=UTC)
ANSWERED = datetime(2022, 4, 1, 12, tzinfo=UTC)
LATER = datetime(2022, 2, 28, 23, 59, tzinfo=UTC)


def person(role: str) -> User | AnonymousUser:
    if role == "anonymous":
        return AnonymousUser()
    if role == "superuser":
        return make_user(is_superuser=True)
    user = make_user(is_active="former" not in role)
    if role != "staff":
        user.groups.add(Group.objects.get(name=f"{role.split()[-1].title()}s"))
    return user


def allowed(predicate: object) -> list[str]:
    consultation = make_consultation()
    return [role for role in ROLES if predicate(person(role), consultation)]


def test_editors_and_above_write_drafts() -> None:
    assert allowed(access.may_edit_consultation) == ["editor", "moderator", "superuser"]


def test_moderators_and_above_publish() -> None:
    assert allowed(access.may_publish_consultation) == ["moderator", "superuser"]


def test_moderators_and_above_move_the_closing_time() -> None:
    assert allowed(access.may_move_closing) == ["moderator", "superuser"]


@pytest.mark.parametrize("at", [BEFORE, OPEN, CLOSED])
def test_closing_time_moves_for_the_public_and_on_the_record(at: datetime) -> None:
    consultation, moderator = make_consultation(), person("moderator")
    move_closing(consultation, LATER, at, moderator)
    shown = Consultation.objects.get()
    assert shown.closes_at == LATER
    assert shown.is_open(datetime(2022, 2, 28, 12, tzinfo=UTC))
    assert shown.get_latest_revision_as_object().closes_at == LATER
    kept = AuditRecord.objects.get(act="closing time moved")
    assert (kept.by, kept.at) == (moderator, at)
    assert kept.before == {"closes_at": "2022-01-21T23:59:00+00:00"}
    assert kept.after == {"closes_at": "2022-02-28T23:59:00+00:00"}


@pytest.mark.parametrize("role", ["staff", "editor", "former moderator"])
def test_others_may_not_move_it(role: str) -> None:
    consultation = make_consultation()
    with pytest.raises(PermissionDenied):
        move_closing(consultation, LATER, OPEN, person(role))
    assert Consultation.objects.get().closes_at == consultation.closes_at != LATER


@pytest.mark.parametrize(
    ("closes_at", "at", "fault"),
    [
        (datetime(2021, 11, 16, 9, tzinfo=UTC), BEFORE, "opens on 16 November 2021 at 09:00"),
        (datetime(2022, 1, 9, tzinfo=UTC), OPEN, "9 January 2022 at 00:00 has passed"),
        (datetime(2022, 5, 1, tzinfo=UTC), ANSWERED, "was answered on 24 March 2022"),
    ],
)
def test_impossible_closing_time_is_refused_and_changes_nothing(
    closes_at: datetime, at: datetime, fault: str
) -> None:
    consultation = make_consultation()
    with pytest.raises(ClosingError, match=fault):
        move_closing(consultation, closes_at, at, person("moderator"))
    assert Consultation.objects.get().closes_at == datetime(2022, 1, 21, 23, 59, tzinfo=UTC)
