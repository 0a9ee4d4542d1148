"""The menu "Responses" of the admin: a line a screen, shown to those who may open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from folkmoot.accounts.models import User


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen of the menu: its words, the name of its address, its icon, and who may open it."""

    words: str
    address: str
    icon: str
    may_open: Callable[[User | AnonymousUser], bool]


class ScreenItem(MenuItem):
    """A line of the menu, shown to those who may open what it leads to."""

    def __init__(self, screen: Screen, order: int) -> None:
        super().__init__(screen.words, reverse(screen.address), icon_name=screen.icon, order=order)
        self.screen = screen

    def is_shown(self, request: HttpRequest) -> bool:
        return self.screen.may_open(request.user)


class ScreensMenu(Menu):
    """The lines of the menu, in the order of their list."""

    def __init__(self, screens: list[Screen]) -> None:
        super().__init__(register_hook_name=None)
        self.screens = screens

    @property
    def registered_menu_items(self) -> list[MenuItem]:
        return [ScreenItem(screen, order) for order, screen in enumerate(self.screens)]


def responses_menu(screens: list[Screen]) -> SubmenuMenuItem:
    """Return the menu "Responses" with its screens; who may open none does not see it."""
    return SubmenuMenuItem("Responses", ScreensMenu(screens), icon_name="mail", order=250)
