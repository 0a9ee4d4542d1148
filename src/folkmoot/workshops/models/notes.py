"""What came of a session: the officer's notes, and the points that people raised."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models

from folkmoot.workshops.models.pages import Workshop


class SessionNotes(models.Model):
    """The officer's own notes of a session; the public reads the summary on its page."""

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField("notes", max_length=100_000, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "session notes"

    def __str__(self) -> str:
        return f"Notes of {self.workshop.title}"


class Point(models.Model):
    """Something that people said in a workshop, as it joined the register of responses."""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="points")
    text = models.TextField(max_length=10_000)
    raised_by = models.PositiveSmallIntegerField(
        "how many people raised it",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, "Write how many people raised it, or leave it empty.")],
    )
    about = models.CharField("question or section it is about", max_length=120, blank=True)
    reference = models.CharField(
        max_length=20, unique=True, help_text="Of the response in the register."
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(raised_by__isnull=True) | models.Q(raised_by__gte=1),
                name="point_raised_by_someone",
            )
        ]

    def __str__(self) -> str:
        return f"Point {self.reference} of {self.workshop.title}"
