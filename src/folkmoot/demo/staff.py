"""The demonstration's own members of staff, and what each may do."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from folkmoot.accounts.models import User

STAFF_EMAIL = "staff@folkmoot.example"
ANALYST_EMAIL = "analyst@folkmoot.example"
ADMIN = Q(content_type__app_label="wagtailadmin", codename="access_admin")
OFFICERS = Q(content_type__app_label__in=["plans", "decisions"]) | Q(
    content_type__app_label="publishing", codename__contains="supportorganisation"
)
ANALYSTS = Q(content_type__app_label__in=["themes", "performance"]) | Q(
    content_type__app_label="responses", codename__startswith="view_"
)


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
    for user in User.objects.filter(email__in=[STAFF_EMAIL, ANALYST_EMAIL]):
        if not user.check_password(secret):
            user.set_password(secret)
            user.save(update_fields=["password"])


def add_groups(home: Page, analyst: User) -> None:
    """Add the groups "Policy officers" and "Analysts", and put the analyst in hers."""
    officers = Group.objects.create(name="Policy officers")
    officers.permissions.set(Permission.objects.filter(ADMIN | OFFICERS))
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=officers, page=home, permission=_permission("wagtailcore", codename)
        )
    library = Collection.get_first_root_node()
    for app, codename in (
        ("wagtaildocs", "add_document"),
        ("wagtaildocs", "choose_document"),
        ("wagtailimages", "add_image"),
        ("wagtailimages", "choose_image"),
    ):
        GroupCollectionPermission.objects.create(
            group=officers, collection=library, permission=_permission(app, codename)
        )
    analysts = Group.objects.create(name="Analysts")
    analysts.permissions.set(Permission.objects.filter(ADMIN | ANALYSTS))
    analyst.groups.add(analysts)


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)
