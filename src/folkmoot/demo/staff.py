"""The demonstration's own members of staff, and what each may do."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group

from folkmoot.accounts.models import User
from folkmoot.publishing.roles import ANALYSTS, APPROVERS, OFFICERS, begin_roles

STAFF_EMAIL = "staff@folkmoot.example"
ANALYST_EMAIL = "analyst@folkmoot.example"
OFFICER_EMAIL = "officer@folkmoot.example"
APPROVER_EMAIL = "approver@folkmoot.example"


def password() -> str:
    """Return the password of the demonstration's staff: made once, kept where only its owner reads.

    Raises OSError where the folder of the site's files cannot be written.
    """
    kept = Path(settings.VAR) / "demo-staff-password"
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not kept.exists():
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(12))
    return kept.read_text(encoding="utf-8")


def add_staff() -> tuple[User, User]:
    """Add an administrator and an analyst, and return them."""
    secret = password()
    staff = User.objects.create_superuser(
        STAFF_EMAIL, secret, first_name="Demonstration", last_name="administrator"
    )
    analyst = User.objects.create_user(
        ANALYST_EMAIL, secret, first_name="Demonstration", last_name="analyst"
    )
    return staff, analyst


def renew_passwords() -> None:
    """Make the staff of a loaded demonstration sign in with the password that is kept now."""
    secret = password()
    for user in User.objects.filter(
        email__in=[STAFF_EMAIL, ANALYST_EMAIL, OFFICER_EMAIL, APPROVER_EMAIL]
    ):
        if not user.check_password(secret):
            user.set_password(secret)
            user.save(update_fields=["password"])


def add_groups(analyst: User) -> None:
    """Set up the groups that every site begins with, with somebody in each."""
    begin_roles()
    analyst.groups.add(Group.objects.get(name=ANALYSTS))
    secret = password()
    for email, role, group in (
        (OFFICER_EMAIL, "policy officer", OFFICERS),
        (APPROVER_EMAIL, "approver", APPROVERS),
    ):
        user = User.objects.create_user(email, secret, first_name="Demonstration", last_name=role)
        user.groups.add(Group.objects.get(name=group))
