"""The dashboard page, and the addresses below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import path

from folkmoot.performance.editing import DashboardForm
from folkmoot.performance.models.routes import MeasureRoutes
from folkmoot.plans.models import Measure, Plan
from folkmoot.publishing.models import BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Dashboard(MeasureRoutes, BasePage):
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

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("statutory_plan"),
        MultiFieldPanel(
            [
                FieldPanel("tiles_file"),
                FieldPanel("without_tiles"),
                FieldPanel("outlines_file"),
                FieldPanel("without_outlines"),
            ],
            heading="Maps of areas",
        ),
    ]
    base_form_class = DashboardForm
    subpage_types: list[str] = []

    def followed_part(self, slug: str) -> str | None:
        """Return the title of a measure that can be followed by itself; None for no measure."""
        measures = Measure.objects.filter(outcome__priority__plan=self.statutory_plan_id)
        found = measures.filter(slug=slug, series__gt="").values_list("title", flat=True)
        return found.first()

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

    @path("<slug:slug>/areas/")
    def all_areas(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show all areas beside one another on one measure."""
        from folkmoot.performance import comparing

        return comparing.areas(request, self, slug)

    @path("<slug:slug>/areas/table.csv/")
    def all_areas_table(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Send the figures of all areas."""
        from folkmoot.performance import comparing

        return comparing.areas_csv(request, self, slug)
