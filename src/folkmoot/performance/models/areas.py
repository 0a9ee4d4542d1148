"""Places, and rows of a source that stand for no place."""

from __future__ import annotations

from django.db import models


class Area(models.Model):
    """A place, or a row of a source that stands for no place but counts in the total."""

    class Kind(models.TextChoices):
        TOTAL = "total", "Whole area"
        BOROUGH = "borough", "Borough"
        FORCE = "force", "Police force area"
        WARD = "ward", "Ward"
        LSOA = "lsoa", "Small area of the census (LSOA)"
        PSEUDO = "pseudo", "Counted in the total, but no place with residents"

    code = models.CharField(max_length=40, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
