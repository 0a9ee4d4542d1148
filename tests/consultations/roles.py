"""The people of a body as tests need them, and the instants at which they act."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib.auth.models import AnonymousUser, Group
from tests.factories import make_home, make_user

from folkmoot.accounts.models import User
from folkmoot.publishing.roles import APPROVERS, OFFICERS, begin_roles

ROLES = ["anonymous", "staff", "officer", "approver", "former approver", "superuser"]
BEFORE = datetime(2021, 11, 1, 12, tzinfo=UTC)
OPEN = datetime(2022, 1, 10, 12, tzinfo=UTC)
CLOSED = datetime(2022, 2, 1, 12, tzinfo=UTC)
ANSWERED = datetime(2022, 4, 1, 12, tzinfo=UTC)


def person(role: str) -> User | AnonymousUser:
    """Return somebody in a role, on a site whose groups are set up."""
    make_home()
    begin_roles()
    if role == "anonymous":
        return AnonymousUser()
    if role == "superuser":
        return make_user(is_superuser=True)
    user = make_user(is_active="former" not in role)
    groups = {"officer": OFFICERS, "approver": APPROVERS}
    if (word := role.split()[-1]) in groups:
        user.groups.add(Group.objects.get(name=groups[word]))
    return user
