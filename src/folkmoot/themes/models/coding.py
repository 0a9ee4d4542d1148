"""What people found in answers, one reading at a time, and who reads what now."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.themes.models.standing import Assignment


class Coding(models.Model):
    """One person's reading of one answer: its themes are the mentions that name it.

    A quotation is kept as its place in the answer, never as a copy of its words.
    """

    class Round(models.TextChoices):
        FIRST = "first", "First reading"
        SECOND = "second", "Second reading"
        RESOLVED = "resolved", "Resolved"

    class Status(models.TextChoices):
        ASSIGNED = Assignment.Status.ASSIGNED.value, "Themes"
        NONE = Assignment.Status.NONE.value, "None of these"
        CANNOT_TELL = Assignment.Status.CANNOT_TELL.value, "Cannot tell"

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="codings")
    coder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="codings"
    )
    round = models.CharField(max_length=10, choices=Round)
    status = models.CharField(max_length=20, choices=Status)
    quote_start = models.PositiveIntegerField(null=True, blank=True)
    quote_end = models.PositiveIntegerField(null=True, blank=True)
    is_flagged = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["assignment", "id"]
        permissions = [
            ("code_answers", "Can read answers and code them"),
            ("resolve_codings", "Can resolve what two people coded differently"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "round"], name="one_coding_a_round"),
            models.UniqueConstraint(
                fields=["assignment", "coder"],
                condition=~models.Q(round="resolved"),
                name="nobody_reads_an_answer_twice",
            ),
            models.CheckConstraint(
                condition=models.Q(quote_start=None, quote_end=None)
                | models.Q(quote_end__gt=models.F("quote_start")),
                name="quotation_has_two_ends",
            ),
        ]
        indexes = [models.Index(fields=["coder", "-at"], name="last_of_a_coder")]

    def __str__(self) -> str:
        return f"{self.get_round_display()} of answer {self.assignment.answer_id}"


class Claim(models.Model):
    """That somebody has an answer before them, so that nobody else is offered it until then."""

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="claim")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.coder} until {self.until}"
