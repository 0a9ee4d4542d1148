"""Batch, PaperForm, Keying and PaperMark: forms on paper, and how they were typed in."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Batch(models.Model):
    """Paper forms that are keyed together, such as one day's post. `is_double`: each one twice."""

    survey = models.ForeignKey("responses.Survey", on_delete=models.PROTECT, related_name="batches")
    name = models.CharField(max_length=120, help_text="What tells it apart, such as a box.")
    received_on = models.DateField("received on")
    is_double = models.BooleanField("key every form twice", default=False)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "batch of paper forms"
        verbose_name_plural = "batches of paper forms"
        ordering = ["-begun_at", "-id"]

    def __str__(self) -> str:
        return self.name


class PaperForm(models.Model):
    """One form on paper, by the number that is written on it; then the response it became.

    `compared` counts the fields that two people typed, `differing` has the names of those in
    which they did not agree: what they typed is erased, how far they agreed is kept.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="forms")
    number = models.PositiveIntegerField()
    response = models.OneToOneField(
        "responses.Response",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="paper_form",
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    compared = models.PositiveSmallIntegerField(null=True, blank=True)
    differing = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = "paper form"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_paper_form_a_number")
        ]

    def __str__(self) -> str:
        return f"Form {self.number} of {self.batch}"


class Keying(models.Model):
    """What one person typed of one paper form, as it was typed: saved with every field.

    Of a batch keyed twice a form has two, by two people. What was typed is erased a day after
    the form became a response; who typed it stays.
    """

    form = models.ForeignKey(PaperForm, on_delete=models.CASCADE, related_name="keyings")
    turn = models.PositiveSmallIntegerField(default=1)
    key = models.CharField(
        max_length=43, unique=True, help_text="Of the page it is typed on: sent twice, kept once."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    typed = models.JSONField(default=dict, help_text="What was typed, by name of field.")

    class Meta:
        ordering = ["turn"]
        constraints = [
            models.UniqueConstraint(fields=["form", "turn"], name="one_keying_a_turn"),
            models.CheckConstraint(
                condition=models.Q(turn__in=[1, 2]), name="keying_first_or_second"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form}, keyed {'first' if self.turn == 1 else 'again'}"


class PaperMark(models.Model):
    """What a paper form says at a question that is no answer: kept beside the answers."""

    class Mark(models.TextChoices):
        """Why there is no answer."""

        BLANK = "blank", "Left blank"
        ILLEGIBLE = "illegible", "Illegible"
        AS_WRITTEN = "as-written", "Not an answer that is offered"
        NOT_ASKED = "not-asked", "Answered although it was not to be asked"

    response = models.ForeignKey(
        "responses.Response", on_delete=models.CASCADE, related_name="paper_marks"
    )
    question = models.CharField(max_length=124, help_text="Key of the question in the survey.")
    mark = models.CharField(max_length=12, choices=Mark)
    text = models.TextField(
        blank=True, help_text="What stands there; never of an equality question."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="one_mark_a_question")
        ]

    def __str__(self) -> str:
        return f"{self.get_mark_display()}: {self.question}"
