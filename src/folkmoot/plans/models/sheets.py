"""Spreadsheets of commitments: what went out, and what came back and was taken over."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class CommitmentExport(models.Model):
    """What a spreadsheet of a plan's commitments said when it went out.

    What comes back is compared with it, so that only what its author changed is taken over, and a
    change that somebody else made meanwhile is found.
    """

    plan = models.ForeignKey(
        "plans.Plan", on_delete=models.CASCADE, related_name="commitment_exports"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rows = models.JSONField(help_text="By key, such as C12 or M34: what each column said.")

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"E{self.pk}"


class CommitmentImport(models.Model):
    """What one spreadsheet changed. Never changed or deleted: an undo is an import of its own."""

    plan = models.ForeignKey(
        "plans.Plan", on_delete=models.PROTECT, related_name="commitment_imports"
    )
    name = models.CharField(max_length=200, help_text="What the file was called.")
    sha256 = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    changes = models.JSONField(help_text="Key, field, before and after of every change.")
    updates = models.JSONField(help_text="Progress updates that it added, by their keys.")
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    class Meta:
        ordering = ["-made_at", "-id"]
        verbose_name = "import of commitments"
        verbose_name_plural = "imports of commitments"

    def __str__(self) -> str:
        return self.name
