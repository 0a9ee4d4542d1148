"""Note: what an officer wrote beside a response, for colleagues only."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.responses.models.register import Response


class Note(models.Model):
    """A remark of an officer on a response. Added to, never changed: a second note corrects."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Note {self.pk} on {self.response}"
