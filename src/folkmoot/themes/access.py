"""Who may see, name and confirm themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from folkmoot.accounts.models import User


def may_confirm_themes(user: User | AnonymousUser) -> bool:
    """Whether they may ask the machine for themes, name them and confirm them."""
    return user.is_active and user.has_perm("themes.confirm_themes")


def may_see_themes(user: User | AnonymousUser) -> bool:
    """Whether they may read the workbench: analysts, and officers allowed to look."""
    return may_confirm_themes(user) or (user.is_active and user.has_perm("themes.view_codeframe"))
