"""The base of every public page, the home page, and plain pages."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from folkmoot.publishing.blocks import BodyBlock

RICH_TEXT = ["h3", "bold", "ol", "ul", "link", "document-link"]


class BasePage(Page):
    """A public page: a title, one sentence that says what it is, and what its kind adds."""

    summary = models.TextField(
        blank=True, max_length=400, help_text="One or two plain sentences under the title."
    )

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    def seconds_unchanged(self, at: datetime) -> int | None:
        """Return for how many seconds after `at` the clock leaves this page as it is.

        None where the clock never changes it. The cache keeps the page no longer than that.
        """
        return None


class HomePage(BasePage):
    """The front page: what the body asks now, its plan, and whether it works."""

    introduction = RichTextField(features=RICH_TEXT, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    max_count = 1
    template = "publishing/home.html"


class StandardPage(BasePage):
    """A page of text: accessibility statement, privacy notice, contact, staying safe."""

    body = StreamField(BodyBlock(), blank=True)
    show_support = models.BooleanField(
        "list the organisations that help",
        default=False,
        help_text="For the page about staying safe.",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("show_support")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    template = "publishing/standard.html"
