"""What is kept for a time, what was erased, and the counts that stay when answers go."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class RetentionPeriod(models.Model):
    """How long a kind of field is kept, where the body has chosen another time than the default.

    `kind` is one of `retention.KINDS`, which has the defaults and what the days count from.
    """

    kind = models.CharField(max_length=20, primary_key=True)
    days = models.PositiveIntegerField()

    class Meta:
        default_permissions = ("change",)

    def __str__(self) -> str:
        return f"{self.kind}: {self.days} days"


class FrozenCount(models.Model):
    """How many equality answers of a survey chose an option, of those that are erased.

    Written in the transaction that erases them, so that who was heard from stays as published. It
    holds only answers that published counts hold: of responses that stood and came in time.
    """

    survey = models.ForeignKey(
        "responses.Survey", on_delete=models.CASCADE, related_name="frozen_counts"
    )
    question = models.SlugField(max_length=60)
    choice = models.CharField(max_length=60)
    count = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question", "choice"], name="one_frozen_count_a_choice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.question}"


class Erasure(models.Model):
    """That one person's data were erased: when, by whom, why, and how much of what kind.

    Nothing of what was erased is in it. `subject_digest` is a keyed hash of the reference or the
    e-mail address that was asked for, so that the body can tell a person who asks again.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.CharField(max_length=300)
    asked_by_email = models.BooleanField(help_text="An e-mail address was given, not a reference.")
    subject_digest = models.CharField(max_length=64, db_index=True)
    erased = models.JSONField(help_text="How many of each kind, by the place that held them.")

    class Meta:
        ordering = ["-at", "-id"]
        default_permissions = ("add", "view")

    def __str__(self) -> str:
        return f"Erasure {self.pk}"
