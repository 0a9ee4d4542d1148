"""Publications of sources, and the values that came with each."""

from __future__ import annotations

from django.db import models

from folkmoot.performance.models.areas import Area


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
