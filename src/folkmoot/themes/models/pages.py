"""The page that shows what people said."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from folkmoot.consultations.models import Consultation
from folkmoot.publishing.models import BasePage
from folkmoot.responses.models import Survey

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.themes.models.frames import Theme


class ResultsPage(RoutablePageMixin, BasePage):
    """What people told us: closed questions counted, free text in themes, who was heard from."""

    activity = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    publish_from = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Hidden from the public before then; empty: from the consultation's closing.",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("activity"), FieldPanel("publish_from")]
    parent_page_types = ["consultations.Consultation"]
    subpage_types: list[str] = []

    @property
    def consultation(self) -> Consultation:
        """The consultation that the page belongs to."""
        return Consultation.objects.parent_of(self).get()

    def public_from(self, consultation: Consultation) -> datetime:
        """Return the instant from which the public may read the page."""
        return self.publish_from or consultation.closes_at

    def theme_url(self, theme: Theme) -> str:
        """Return the address of the page of one theme."""
        return f"{self.url}{self.reverse_subpage('one_theme', args=[theme.slug])}"

    @property
    def by_group_url(self) -> str:
        """The address of the page of themes by group."""
        return f"{self.url}{self.reverse_subpage('by_group')}"

    @property
    def csv_url(self) -> str:
        """The address of the page's figures as CSV."""
        return f"{self.url}results.csv"

    def seconds_unchanged(self, at: datetime) -> int | None:
        """Return the seconds until the page is public, while it is not."""
        public = self.public_from(self.consultation)
        return int((public - at).total_seconds()) if at < public else None

    @path("")
    def all_results(self, request: HttpRequest) -> HttpResponse:
        """Show every question with its answers counted."""
        from folkmoot.themes import views

        return views.results(request, self)

    @path("theme/<slug:slug>/")
    def one_theme(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a theme, what people said of it, and what was decided."""
        from folkmoot.themes import views

        return views.theme(request, self, slug)

    @path("by-group/")
    def by_group(self, request: HttpRequest) -> HttpResponse:
        """Show the themes of one question by group of respondents."""
        from folkmoot.themes import views

        return views.by_group(request, self)

    @path("by-group/themes.csv/")
    def by_group_csv(self, request: HttpRequest) -> HttpResponse:
        """Send exactly the figures that the page by group shows."""
        from folkmoot.themes import views

        return views.by_group_csv(request, self)

    # Wagtail ends every address with a slash before it looks for the route of a file's name.
    @path("results.csv/")
    def results_csv(self, request: HttpRequest) -> HttpResponse:
        """Send exactly the figures that the page shows."""
        from folkmoot.themes import views

        return views.results_csv(request, self)
