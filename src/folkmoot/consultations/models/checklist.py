"""ChecklistTick: what a person vouches for before a consultation opens."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ChecklistTick(models.Model):
    """A line of the checklist that a person ticked. Taken back by deleting it, on the record.

    Written by `acts.tick_line` and `acts.untick_line` alone.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.CASCADE, related_name="checklist_ticks"
    )
    line = models.SlugField(max_length=40, help_text="Key of the line; see `checklist`.")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=200, help_text="Stays when the account is removed.")
    note = models.TextField(max_length=400, blank=True)

    class Meta:
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "line"], name="one_tick_a_line_of_a_consultation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.line}"
