"""MonitoringConsent: what somebody agreed to when they answered equality questions."""

from __future__ import annotations

from django.db import models

from folkmoot.responses.models.register import Response


class MonitoringConsent(models.Model):
    """The agreement, in the words that were ticked, to keep and count equality answers.

    Equality answers that came on the site or on paper have one; imported ones have the text of
    the agreement under which they were gathered, where it is known. It is erased with the answers.
    """

    response = models.OneToOneField(
        Response, on_delete=models.CASCADE, related_name="monitoring_consent"
    )
    text = models.TextField()
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Consent {self.pk}"
