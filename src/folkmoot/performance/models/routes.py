"""Addresses below that of a measure: its revisions, its files, its figure for other sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.contrib.routable_page.models import RoutablePageMixin, path

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class MeasureRoutes(RoutablePageMixin):
    """What a dashboard answers below the address of a measure.

    Wagtail ends every address with a slash before it looks for the route of a file.
    """

    @path("<slug:slug>/revisions/")
    def revisions_of_measure(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show what releases say differently, and every value that was given for a month."""
        from folkmoot.performance import views

        return views.revisions(request, self, slug)

    @path("<slug:slug>/revisions.csv/")
    def table_of_revisions(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Send the revisions between two releases."""
        from folkmoot.performance import views

        return views.revisions_csv(request, self, slug)

    @path("<slug:slug>/embed/")
    def figure_in_a_frame(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the figure alone, for a frame on another site."""
        from folkmoot.performance import views

        return views.embed(request, self, slug)

    @path("<slug:slug>/table.xlsx/")
    def one_spreadsheet(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Send the figures as a spreadsheet."""
        from folkmoot.performance import views

        return views.table_xlsx(request, self, slug)

    @path("<slug:slug>/chart.svg/")
    def one_drawing(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Send the chart as a drawing."""
        from folkmoot.performance import views

        return views.chart_svg(request, self, slug)

    @path("<slug:slug>/chart.png/")
    def one_picture(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Send the chart as a picture."""
        from folkmoot.performance import views

        return views.chart_png(request, self, slug)
