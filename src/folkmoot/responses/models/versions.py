"""SurveyVersion: the questions as they stood when a response came."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SurveyVersion(models.Model):
    """The questions and the consent text of a survey as respondents saw them, never changed.

    `number` goes up where the meaning changes, `correction` where the wording alone does: answers
    of version 2.0 and 2.3 stand together, those of 1.0 and 2.0 do not without a word about it.
    """

    survey = models.ForeignKey(
        "responses.Survey", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(default=1)
    correction = models.PositiveSmallIntegerField(default=0)
    revision = models.CharField(max_length=16, help_text="Mark of questions and consent as asked.")
    steps = models.JSONField(help_text="The steps as the page keeps them.")
    consent = models.TextField()
    monitoring_consent = models.TextField(blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["number", "correction"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "number", "correction"], name="one_version_a_number"
            ),
            models.UniqueConstraint(fields=["survey", "revision"], name="one_version_a_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.number}.{self.correction}"
