"""LetterDraft: a letter or e-mail being entered, kept until it is a response."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.consultations.models import Respondent
from folkmoot.responses.models.drafts import private_files
from folkmoot.responses.models.register import Channel, Publication


class LetterDraft(models.Model):
    """A letter or e-mail between being pasted or attached and standing in the register.

    `answers` are the passages marked so far: lists of values by name of field.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.CASCADE, related_name="letter_drafts"
    )
    survey = models.ForeignKey(
        "responses.Survey",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="letter_drafts",
        help_text="Whose questions it is split by; empty where it is kept whole only.",
    )
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.EMAIL)
    received_at = models.DateTimeField()
    kind = models.CharField(
        max_length=20, choices=Respondent.Kind, default=Respondent.Kind.INDIVIDUAL
    )
    organisation = models.CharField(max_length=200, blank=True)
    publication = models.CharField(max_length=10, choices=Publication, default=Publication.NOT)
    text = models.TextField(blank=True)
    answers = models.JSONField(default=dict)
    file = models.FileField(storage=private_files, upload_to="letters", max_length=200, blank=True)
    name = models.CharField(max_length=200, blank=True, help_text="What the file was called.")
    extension = models.CharField(max_length=8, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} received {self.received_at:%Y-%m-%d}"
