"""What the owner of a measure says of a signal."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from folkmoot.performance.models.areas import Area
from folkmoot.plans.models import Measure


class Commentary(models.Model):
    """What the owner of a measure says of a signal in an area and a month.

    `period` is the first day of the month. A row is never changed: a later version takes its
    place, and what was said before stays readable. `author` is the post that answers for it.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="commentaries")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    period = models.DateField()
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    author = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name_plural = "commentaries"
        ordering = ["measure", "area", "-period", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "area", "period", "version"], name="commentary_version"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="commentary_counts_from_one"),
            models.CheckConstraint(condition=~Q(text=""), name="commentary_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}, {self.area}, {self.period:%B %Y}, version {self.version}"
