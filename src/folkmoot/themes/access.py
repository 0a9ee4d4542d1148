"""Who may see, edit and confirm themes, code answers, and resolve what two coded differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from folkmoot.accounts.models import User


def may_confirm_themes(user: User | AnonymousUser) -> bool:
    """Whether they may ask the machine for themes, name them and confirm them."""
    return user.is_active and user.has_perm("themes.confirm_themes")


def may_code_answers(user: User | AnonymousUser) -> bool:
    """Whether they may read answers and say which themes these mention."""
    return user.is_active and user.has_perm("themes.code_answers")


def may_resolve(user: User | AnonymousUser) -> bool:
    """Whether they may see what two people coded differently, and decide what stands."""
    return user.is_active and user.has_perm("themes.resolve_codings")


def may_see_themes(user: User | AnonymousUser) -> bool:
    """Whether they may read the workbench: analysts, coders, and officers allowed to look."""
    return (
        may_confirm_themes(user)
        or may_code_answers(user)
        or may_resolve(user)
        or (user.is_active and user.has_perm("themes.view_codeframe"))
    )


def may_see_agreement(user: User | AnonymousUser) -> bool:
    """Whether they may see how far coders agree. Coders who only code stay blind to each other."""
    return may_confirm_themes(user) or may_resolve(user)


def may_import_population(user: User | AnonymousUser) -> bool:
    """Whether they may import the figures that respondents are compared with and weighted to."""
    return user.is_active and user.has_perm("themes.add_populationtable")
