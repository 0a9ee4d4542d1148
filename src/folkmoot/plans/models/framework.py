"""What a plan puts first, and what should be different for people."""

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
