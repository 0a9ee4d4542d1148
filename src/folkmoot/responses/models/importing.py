"""ImportRun and ImportMapping: responses brought over from another product, a file at a time."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.responses.models.drafts import private_files


class ImportRun(models.Model):
    """One file on its way into the register, and what became of it. Never deleted.

    `mapping` is an `importing.Mapping` as it is written, `counts` and `faults` are those of the
    last check, `columns` and `unlisted` what the mapping is made from.
    """

    class State(models.TextChoices):
        """How far a file is. Its rows are in the register while it is IMPORTED, and only then."""

        MAPPING = "mapping", "Columns to be matched"
        CHECKING = "checking", "Being checked"
        CHECKED = "checked", "Checked"
        IMPORTING = "importing", "Being imported"
        IMPORTED = "imported", "Imported"
        UNDONE = "undone", "Undone"
        GIVEN_UP = "given-up", "Given up"

    survey = models.ForeignKey(
        "responses.Survey", on_delete=models.PROTECT, related_name="import_runs"
    )
    file = models.FileField(storage=private_files, upload_to="imports", max_length=200)
    name = models.CharField(max_length=200, help_text="What the file was called.")
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    dialect = models.CharField(max_length=20)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.MAPPING)
    attempt = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    faults = models.JSONField(default=list, help_text="The first of them; all are a download.")
    unlisted = models.JSONField(default=list, help_text="Values that are no option, with counts.")
    failure = models.TextField(blank=True, help_text="Why the last attempt came to nothing.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    imported_at = models.DateTimeField(null=True, blank=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.name


class ImportMapping(models.Model):
    """How the columns of a product's export were matched to a survey's questions last time.

    One for each set of headings: two forms of one product, or two plain tables, have little in
    common.
    """

    survey = models.ForeignKey(
        "responses.Survey", on_delete=models.CASCADE, related_name="import_mappings"
    )
    dialect = models.CharField(max_length=20)
    headings = models.CharField(max_length=64, help_text="Hash of the headings, in no order.")
    mapping = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "dialect", "headings"], name="one_mapping_a_set_of_headings"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.dialect}"
