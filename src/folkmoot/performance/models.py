"""Area, Release, Observation, and the dashboard page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from folkmoot.plans.models import Plan
from folkmoot.publishing.models import BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Area(models.Model):
    """A place, or a row of a source that stands for no place but counts in the total."""

    class Kind(models.TextChoices):
        TOTAL = "total", "Whole area"
        BOROUGH = "borough", "Borough"
        FORCE = "force", "Police force area"
        PSEUDO = "pseudo", "Counted in the total, but no place with residents"

    code = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Release(models.Model):
    """One publication of a source, as it was imported. Never changed by a later one."""

    source = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    released_on = models.DateField(help_text="The publisher's date.")
    imported_at = models.DateTimeField()
    files = models.JSONField(help_text="Name, SHA-256 and rows of each file.")
    fingerprint = models.CharField(max_length=64, unique=True, help_text="SHA-256 of all files.")
    licence = models.CharField(max_length=200)
    licence_url = models.URLField(blank=True)
    status = models.CharField("status of the statistic", max_length=120)
    caveat = models.TextField(blank=True)
    first_period = models.DateField()
    last_period = models.DateField()

    class Meta:
        ordering = ["-released_on", "-id"]

    def __str__(self) -> str:
        return f"{self.title}, release of {self.released_on:%B %Y}"


class Observation(models.Model):
    """Value of a series for an area and a period, from a release.

    `period` is the first day of the month; of the last month, for a rolling survey figure.
    `base` is the number of interviews behind a survey share. A missing figure has no row.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="observations")
    series = models.SlugField(max_length=80)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="observations")
    period = models.DateField()
    value = models.FloatField()
    base = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "series", "area", "period"], name="one_observation_a_cell"
            )
        ]
        indexes = [models.Index(fields=["series", "area", "period"])]

    def __str__(self) -> str:
        return f"{self.series} {self.area_id} {self.period:%Y-%m}: {self.value}"


class Dashboard(RoutablePageMixin, BasePage):
    """Every measure of a plan on the latest figures, and a page for each."""

    statutory_plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")

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
