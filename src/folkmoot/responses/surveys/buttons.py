"""The ways from a survey, in its editor and in lists of pages, to all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from wagtail.admin.widgets import Button

from folkmoot.responses import access
from folkmoot.responses.models import Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wagtail.models import Page

    from folkmoot.accounts.models import User

# After Wagtail's own: edit, view, move, copy.
IN_EDITOR, IN_LISTS = 11, 70


@dataclass(frozen=True, slots=True)
class Way:
    """A line of a survey's menu: its words, where it leads, its icon, and who may go there."""

    words: str
    address: Callable[[Page], str]
    icon: str
    may_go: Callable[[User, Page], bool]
    opens_anew: bool = False


def _screen(name: str) -> Callable[[Page], str]:
    return lambda page: reverse(f"responses:{name}", args=[page.pk])


def _chosen(name: str) -> Callable[[Page], str]:
    """Return the way to a screen of many surveys, where one is chosen."""
    return lambda page: f"{reverse(f'responses:{name}')}?survey={page.pk}"


WAYS = [
    Way("Try it as a respondent", _screen("try_survey"), "view", access.may_try, opens_anew=True),
    Way("Tests", _screen("survey_tests"), "clipboard-list", access.may_try),
    Way(
        "Versions of the questions", _screen("survey_versions"), "history", access.may_see_versions
    ),
    Way(
        "Responses in the register",
        _chosen("index"),
        "mail",
        lambda user, _: access.may_read_responses(user),
    ),
    Way("Export responses", _screen("export"), "download", lambda user, _: access.may_export(user)),
    Way("Form on paper (PDF)", _screen("survey_paper"), "doc-full", access.may_see_versions),
    Way(
        "Form on paper, large print (PDF)",
        lambda page: f"{reverse('responses:survey_paper', args=[page.pk])}?large",
        "doc-full",
        access.may_see_versions,
    ),
    Way("Key paper forms", _chosen("keying"), "form", lambda user, _: access.may_key(user)),
    Way("Download as XLSForm", _screen("survey_xlsform"), "download", access.may_see_versions),
]


def survey_buttons(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer beside a survey's title what belongs to it, to those who may go there."""
    return _buttons(page, user, IN_EDITOR)


def listing_buttons(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    """Offer the same in the menu of a survey in a list of pages."""
    return _buttons(page, user, IN_LISTS)


def _buttons(page: Page, user: User, first: int) -> Iterator[Button]:
    if page.specific_class is not Survey:
        return
    for place, way in enumerate(WAYS, start=first):
        if way.may_go(user, page):
            anew = {"target": "_blank", "rel": "noopener"} if way.opens_anew else {}
            yield Button(
                way.words, way.address(page), icon_name=way.icon, attrs=anew, priority=place
            )
