"""Decisions that the limits of a measure are counted anew from a month on."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from folkmoot.performance.models.areas import Area
from folkmoot.plans.models import Measure


class Rebasing(models.Model):
    """That limits of a measure are counted anew from a month, decided by hand, and why.

    `area` is None where it holds for every area; `period` is the first day of the month. It is
    never changed: one that was wrong is withdrawn, with a reason, and stays on the record.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="rebasings")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    period = models.DateField()
    reason = models.TextField()
    decided_on = models.DateField()
    decided_by = models.CharField(max_length=120)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-kept_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "area", "period"],
                condition=Q(withdrawn_at=None, area__isnull=False),
                name="one_rebasing_a_month",
            ),
            # Where the area is empty, no two rows are the same to a database.
            models.UniqueConstraint(
                fields=["measure", "period"],
                condition=Q(withdrawn_at=None, area=None),
                name="one_rebasing_a_month_for_all_areas",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="rebasing_has_a_reason"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawal_reason__gt=""),
                name="rebasing_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} from {self.period:%B %Y}"
