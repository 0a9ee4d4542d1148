"""What a plan puts first, what should be different for people, and what will show it."""

from __future__ import annotations

from django.db import models


class Priority(models.Model):  # type: ignore[django-manager-missing]
    """One of the few things a plan puts first."""

    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="priorities")
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60)
    summary = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["plan", "order", "id"]
        verbose_name_plural = "priorities"
        constraints = [models.UniqueConstraint(fields=["plan", "slug"], name="priority_slug")]

    def __str__(self) -> str:
        return self.title


class Outcome(models.Model):
    """What should be different for people if a priority succeeds."""

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="outcomes")
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["priority", "order", "id"]

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """What is counted, or read, to see whether an outcome comes about."""

    class Kind(models.TextChoices):
        QUANTITATIVE = "quantitative", "Quantitative"
        QUALITATIVE = "qualitative", "Qualitative"

    class Better(models.TextChoices):
        """The direction in which a change is an improvement."""

        LOWER = "decrease", "Lower is better"
        HIGHER = "increase", "Higher is better"
        NEUTRAL = "neutral", "Neither way is better by itself"

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="measures")
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.QUANTITATIVE)
    series = models.CharField(
        max_length=80,
        blank=True,
        help_text="Name of the published series that feeds it, such as personal-robbery.",
    )
    better = models.CharField(max_length=10, choices=Better, default=Better.NEUTRAL)
    definition = models.TextField(help_text="What exactly is counted or read, in plain words.")
    caveat = models.TextField(blank=True, help_text="Printed beside every figure of it.")
    source_note = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["outcome", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "slug"], name="measure_slug"),
            models.CheckConstraint(
                condition=~models.Q(kind="qualitative", series__gt=""),
                name="qualitative_measure_has_no_series",
                violation_error_message="A qualitative measure has no published series.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
