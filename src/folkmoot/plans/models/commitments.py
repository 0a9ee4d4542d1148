"""What a plan promises, the steps towards it, and what was reported of it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from folkmoot.core import standing as standings
from folkmoot.plans.models.framework import Measure
from folkmoot.publishing.clock import today


class Commitment(ClusterableModel):
    """Something the body promised to do, by a day, with somebody who leads it."""

    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="commitments")
    section = models.ForeignKey(
        "plans.Section",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="commitments",
    )
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    promise = models.TextField(help_text="What will be done, in one or two sentences.")
    lead = models.CharField("who leads it", max_length=120)
    due = models.DateField()
    forecast = models.DateField(null=True, blank=True)
    completed = models.DateField(null=True, blank=True)
    lateness = models.TextField("why it is late", blank=True)
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="commitments", help_text="What will show that it worked."
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["plan", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "slug"], name="commitment_slug")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a section of another plan, and a day of completion that is still to come."""
        super().clean()
        wrong = {}
        if self.section and self.plan_id and not self.section.is_child_of(self.plan):
            wrong["section"] = (
                f"“{self.section}” is in another plan: choose a section of “{self.plan.title}”."
            )
        if self.completed is not None and self.completed > today():
            wrong["completed"] = (
                f"{self.completed.day} {self.completed:%B %Y} is still to come: write the day on "
                "which it was completed, or leave this empty and use “forecast”."
            )
        if wrong:
            raise ValidationError(wrong)

    def standing(self, on: date) -> standings.Standing:
        """Return how the commitment stands on a day."""
        return standings.standing(self.due, self.forecast or self.due, self.completed, on)

    @property
    def standing_today(self) -> str:
        """How the commitment stands today, for the list in the admin."""
        return self.standing(today()).value


class Milestone(Orderable):
    """A step towards a commitment."""

    commitment = ParentalKey(Commitment, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField()
    forecast = models.DateField(null=True, blank=True)
    completed = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title

    def standing(self, on: date) -> standings.Standing:
        """Return how the milestone stands on a day."""
        return standings.standing(self.due, self.forecast or self.due, self.completed, on)


class ProgressUpdate(models.Model):
    """What was reported of a commitment on a day. Added to, never changed."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="progress_updates"
    )
    on = models.DateField()
    text = models.TextField()

    class Meta:
        ordering = ["commitment", "-on", "-id"]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.on}"
