"""The ways from a survey's editor to its workbook, its form on paper, and the keying screen."""

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
    from folkmoot.consultations.models import Consultation


def paper_buttons(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Offer a survey as a workbook and on paper, and the keying of forms, to those who may."""
    if page.specific_class is not Survey:
        return
    if access.may_see_versions(user, page):
        yield Button(
            "Download as XLSForm",
            reverse("responses:survey_xlsform", args=[page.pk]),
            icon_name="download",
            priority=14,
        )
        paper = reverse("responses:survey_paper", args=[page.pk])
        yield Button("Form on paper (PDF)", paper, icon_name="doc-full", priority=15)
        yield Button(
            "Form on paper, large print (PDF)", f"{paper}?large", icon_name="doc-full", priority=16
        )
    if access.may_key(user):
        address = f"{reverse('responses:keying')}?survey={page.pk}"
        yield Button("Key paper forms", address, icon_name="form", priority=17)


def make_survey_address(consultation: Consultation, user: User) -> str:
    """Return where a survey is made from a workbook; empty for those who may not."""
    if not access.may_make_survey(user, consultation):
        return ""
    return reverse("responses:make_from_xlsform", args=[consultation.pk])
