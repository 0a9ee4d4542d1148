"""Draft, TestSubmission and SentFile: answers on their way, and files that came with answers."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models


class PrivateFiles(FileSystemStorage):
    """A folder of files that no address leads to: they are served by permission only.

    It is where the settings say at the moment, so that a test never meets the files of a site.
    """

    @property
    def base_location(self) -> Path:
        """The folder, below that of all that the site keeps."""
        return Path(settings.VAR) / "private"

    @property
    def location(self) -> str:
        """The same, from the root of the disk."""
        return str(self.base_location.absolute())


def private_files() -> FileSystemStorage:
    """Return the storage of private files."""
    return PrivateFiles()


class Draft(models.Model):
    """Answers on their way: kept on the server from the first one, erased once submitted."""

    survey = models.ForeignKey("responses.Survey", on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=43, unique=True, help_text="Known to the respondent only.")
    code_digest = models.CharField(
        max_length=64,
        null=True,
        blank=True,
        unique=True,
        help_text="Keyed hash of the code with which somebody comes back.",
    )
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    answers = models.JSONField(default=dict, help_text="Lists of values by name of field.")
    of_response = models.ForeignKey(
        "responses.Response",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="drafts",
        help_text="The response that this draft is to take the place of.",
    )
    is_test = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Draft of {self.survey} begun {self.begun_at:%Y-%m-%d %H:%M}"


class TestSubmission(models.Model):
    """What a test run of a survey would have sent: apart from the register, counted nowhere."""

    # Not a test case, whatever pytest thinks of the name.
    __test__ = False

    survey = models.ForeignKey(
        "responses.Survey", on_delete=models.CASCADE, related_name="test_submissions"
    )
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reference = models.CharField(max_length=20, unique=True)
    revision = models.CharField(max_length=16)
    answers = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.reference


class SentFile(models.Model):
    """A file that came as an answer: first with a draft, then with the response it became."""

    draft = models.ForeignKey(
        Draft, null=True, blank=True, on_delete=models.CASCADE, related_name="files"
    )
    response = models.ForeignKey(
        "responses.Response", null=True, blank=True, on_delete=models.CASCADE, related_name="files"
    )
    question = models.SlugField(max_length=124)
    file = models.FileField(storage=private_files, upload_to="answers", max_length=200)
    name = models.CharField(max_length=200, help_text="What its sender called it.")
    extension = models.CharField(max_length=8, help_text="What it is, by its content.")
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    came_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(draft__isnull=False) ^ models.Q(response__isnull=False),
                name="file_of_draft_or_response",
            )
        ]

    def __str__(self) -> str:
        return self.name
