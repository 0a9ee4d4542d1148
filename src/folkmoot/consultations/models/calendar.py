"""PreElectionPeriod: the days before an election on which public bodies keep quiet."""

from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel


class PreElectionPeriod(models.Model):
    """Days before an election or referendum; the editor is warned of a consultation in them."""

    title = models.CharField(max_length=120, help_text="Such as: Mayoral election of 2 May 2024.")
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day", help_text="Usually the day of the election.")

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], "Days"),
    ]

    class Meta:
        ordering = ["-starts_on", "title"]
        verbose_name = "pre-election period"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="pre_election_period_ends_after_it_starts",
                violation_error_message=(
                    "The period ends before it starts: choose a last day after the first day."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title
