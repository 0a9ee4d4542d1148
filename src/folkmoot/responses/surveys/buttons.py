"""The way from a survey's editor to its test, its tests and its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from wagtail.admin.widgets import Button

from folkmoot.responses import access
from folkmoot.responses.models import Survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wagtail.models import Page

    from folkmoot.accounts.models import User


def survey_buttons(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer to try a survey, and to see its versions and tests, to those who may."""
    if page.specific_class is not Survey:
        return
    if access.may_try(user, page):
        yield Button(
            "Try it as a respondent",
            reverse("responses:try_survey", args=[page.pk]),
            icon_name="view",
            attrs={"target": "_blank", "rel": "noopener"},
            priority=11,
        )
        yield Button(
            "Tests",
            reverse("responses:survey_tests", args=[page.pk]),
            icon_name="clipboard-list",
            priority=12,
        )
    if access.may_see_versions(user, page):
        yield Button(
            "Versions of the questions",
            reverse("responses:survey_versions", args=[page.pk]),
            icon_name="history",
            priority=13,
        )
