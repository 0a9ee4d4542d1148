"""Export: a file made of responses, who asked for it, and how long it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from folkmoot.responses.models.drafts import private_files

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.models.pages import Survey


class Export(models.Model):
    """One export of responses. Its file goes when its time is over, this line stays.

    They are those to a survey, or what was written to a consultation without one: letters,
    e-mails, points of workshops. `selection` is what was chosen (see `exporting.Selection`),
    `monitoring` whether equality answers came with it: not, in a file apart, or apart with a key
    that joins it to the answers.
    A CSV that was sent at once has no file.
    """

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel workbook (XLSX)"
        PARQUET = "parquet", "Parquet"
        SAV = "sav", "SPSS (SAV)"

    class Monitoring(models.TextChoices):
        NONE = "none", "No equality answers"
        APART = "apart", "In a file of their own, with nothing that joins them to the answers"
        KEYED = "keyed", "In a file of their own, with a key that joins them to the answers"

    class State(models.TextChoices):
        WAITING = "waiting", "Being made"
        MADE = "made", "Ready"
        FAILED = "failed", "Failed"
        EXPIRED = "expired", "Erased, as its time was over"

    survey = models.ForeignKey(
        "responses.Survey", null=True, blank=True, on_delete=models.CASCADE, related_name="exports"
    )
    consultation = models.ForeignKey(
        "consultations.Consultation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="exports",
        help_text="To which was written without a survey.",
    )
    format = models.CharField(max_length=10, choices=Format)
    selection = models.JSONField(default=dict)
    monitoring = models.CharField(max_length=10, choices=Monitoring, default=Monitoring.NONE)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    total = models.PositiveIntegerField(default=0, help_text="Responses to be written.")
    written = models.PositiveIntegerField(default=0, help_text="Responses written so far.")
    file = models.FileField(storage=private_files, upload_to="exports", max_length=200, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    failure = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        default_permissions = ("add",)
        permissions = [
            ("join_monitoring", "Can export equality answers with a key that joins them to answers")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(survey__isnull=False) ^ models.Q(consultation__isnull=False),
                name="export_of_survey_or_consultation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_format_display()} of {self.of}"

    @property
    def of(self) -> Survey | Consultation:
        """What was answered: a survey, or a consultation without one."""
        found = self.survey or self.consultation
        assert found is not None, "the constraint says so"
        return found
