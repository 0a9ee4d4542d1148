"""The dashboard page, and the addresses below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from folkmoot.plans.models import Plan
from folkmoot.publishing.models import BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Dashboard(RoutablePageMixin, BasePage):
    """Every measure of a plan on the latest figures, and a page for each."""

    statutory_plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    tiles = models.JSONField(
        "map of equal squares",
        default=list,
        blank=True,
        help_text="Code, short name, column and row of each area; without it there is no such map.",
    )
    outlines = models.JSONField(
        "map of outlines",
        default=dict,
        blank=True,
        help_text="Drawn from a boundaries file; without it there is no such map.",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("statutory_plan")]
    subpage_types: list[str] = []

    @path("")
    def all_measures(self, request: HttpRequest) -> HttpResponse:
        """Show one tile a measure."""
        from folkmoot.performance import views

        return views.dashboard(request, self)

    @path("<slug:slug>/")
    def one_measure(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a measure with its chart, table, text and source."""
        from folkmoot.performance import views

        return views.measure(request, self, slug)

    # Wagtail ends every address with a slash before it looks for the route of a file.
    @path("<slug:slug>/table.csv/")
    def one_table(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Send exactly the figures that the measure's page shows."""
        from folkmoot.performance import views

        return views.table_csv(request, self, slug)
