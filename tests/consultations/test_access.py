"""Who may write, publish, move the closing and tick: role by role, before, open, and after."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from tests.consultations.roles import ANSWERED, BEFORE, CLOSED, OPEN, ROLES, person
from tests.factories import make_consultation

from folkmoot.consultations import access
from folkmoot.consultations.admin.presenters import may_see_closing

pytestmark = pytest.mark.django_db

EDITORS = ["officer", "approver", "superuser"]
PUBLISHERS = ["approver", "superuser"]
Predicate = Callable[..., bool]


def allowed(predicate: Predicate, *more: Any) -> list[str]:
    consultation = make_consultation()
    return [role for role in ROLES if predicate(person(role), consultation, *more)]


@pytest.mark.parametrize(
    ("predicate", "roles"),
    [
        (access.may_edit_consultation, EDITORS),
        (access.may_tick_checklist, EDITORS),
        (access.may_publish_consultation, PUBLISHERS),
        (access.may_move_closing, PUBLISHERS),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
@pytest.mark.parametrize("at", ["2021-11-01", "2022-01-10", "2022-02-01", "2022-04-01"])
def test_roles_may_the_same_before_while_open_and_after(
    settings: Any, predicate: Predicate, roles: list[str], at: str
) -> None:
    settings.FOLKMOOT_AT = at
    assert allowed(predicate) == roles


@pytest.mark.parametrize(
    ("at", "roles"),
    [(BEFORE, PUBLISHERS), (OPEN, PUBLISHERS), (CLOSED, PUBLISHERS), (ANSWERED, [])],
)
def test_door_to_the_closing_time_is_shut_once_it_is_answered(
    at: datetime, roles: list[str]
) -> None:
    assert allowed(lambda user, page: may_see_closing(page, user, at)) == roles


def test_door_to_the_closing_time_is_shut_before_it_is_published() -> None:
    draft = make_consultation(live=False)
    assert not may_see_closing(draft, person("superuser"), OPEN)
