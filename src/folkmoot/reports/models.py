"""Report and the page that lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from folkmoot.core.periods import Quarter
from folkmoot.plans.models import Plan
from folkmoot.publishing.models import BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Report(models.Model):
    """A frozen account of a plan for a period, from named releases as known at a date."""

    class Kind(models.TextChoices):
        QUARTERLY = "quarterly", "Quarterly update"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=20, choices=Kind)
    period = models.CharField(max_length=12, help_text="Such as 2024-Q4.")
    version = models.PositiveSmallIntegerField(default=1)
    known_on = models.DateField("as known on")
    built_at = models.DateTimeField()
    contents = models.JSONField(help_text="Every value, text and release, as published.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the contents.")

    pdf = models.BinaryField()
    xlsx = models.BinaryField()

    class Meta:
        ordering = ["-period", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "period", "version"], name="report_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period}, version {self.version}"

    @property
    def title(self) -> str:
        """The report's title: "Quarterly update: October to December 2024"."""
        return f"{self.get_kind_display()}: {Quarter.parse(self.period).label}"


class ReportIndex(RoutablePageMixin, BasePage):
    """The reports of a plan."""

    subpage_types: list[str] = []

    @path("")
    def all_reports(self, request: HttpRequest) -> HttpResponse:
        """List the reports, newest first."""
        from folkmoot.reports import views

        return views.index(request, self)

    @path("<slug:kind>/<slug:period>/")
    def one_report(self, request: HttpRequest, kind: str, period: str) -> HttpResponse:
        """Show a report as a page."""
        from folkmoot.reports import views

        return views.report(request, self, kind, period)

    # Wagtail ends every address with a slash before it looks for the route of a file.
    @path("<slug:kind>/<slug:period>.<slug:form>/")
    def one_file(self, request: HttpRequest, kind: str, period: str, form: str) -> HttpResponse:
        """Send a report as a file."""
        from folkmoot.reports import views

        return views.report_file(request, self, kind, period, form)
