"""An uploaded file, known by its content, with what a reader would find wrong with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.search import index

from folkmoot.publishing.files.faults import FAULTS
from folkmoot.publishing.files.kinds import KINDS, Kind, kind_of


class UploadedFile(AbstractDocument):
    """A file that a body uploaded: a PDF, a spreadsheet, a video, captions."""

    # As Wagtail has it, but for its name on the user: Wagtail keeps a model of this name itself.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="uploaded by",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    kind = models.CharField(
        max_length=8, editable=False, help_text="Its type by content, as an extension."
    )
    pages = models.PositiveIntegerField("number of pages", null=True, editable=False)
    faults = models.JSONField(
        default=list, editable=False, help_text="Names of faults: see publishing.files.faults."
    )
    words = models.TextField(editable=False, blank=True, help_text="Its text, for search.")
    words_of = models.CharField(
        max_length=40, editable=False, blank=True, help_text="Hash of the file the words are from."
    )

    admin_form_fields = ("title", "file", "collection", "tags")
    search_fields = [*AbstractDocument.search_fields, index.SearchField("words")]

    class Meta(AbstractDocument.Meta):
        verbose_name = "file"
        verbose_name_plural = "files"

    def clean(self) -> None:
        """Look at the extension only of a file that the form has not refused already."""
        if self.file:
            super().clean()

    def _set_document_file_metadata(self) -> None:
        """Take down what the file is, whenever Wagtail takes down its size.

        Raises RefusedFileError for a file that may not be uploaded.
        """
        # Here, as pypdf takes half a second to import, which no start of the site should wait for.
        from folkmoot.publishing.files import pdfs

        super()._set_document_file_metadata()
        with self.open_file() as file:
            self.kind = kind_of(file, self.filename).extension
            checked = pdfs.check(file, self.filename) if self.kind == "pdf" else None
            file.seek(0)
        self.pages = checked.pages if checked else None
        self.faults = list(checked.faults) if checked else []

    @property
    def type(self) -> Kind:
        """Its kind by content."""
        return KINDS[self.kind or self.file_extension.lower()]

    @property
    def content_type(self) -> str:
        """The media type as which it is sent: by content, never by name."""
        kind = KINDS.get(self.kind)
        return kind.media_type if kind else "application/octet-stream"

    @property
    def content_disposition(self) -> str:
        """Whether a browser may show it, or only save it."""
        kind = KINDS.get(self.kind)
        how = "inline" if kind and kind.is_inline else "attachment"
        return f"{how}; filename*=UTF-8''{quote(self.filename)}"

    @property
    def findings(self) -> list[dict[str, Any]]:
        """What is wrong with it for somebody who cannot see it, and how to mend that."""
        return [
            {"what": what, "mend": mend}
            for what, mend in (FAULTS[name] for name in self.faults if name in FAULTS)
        ]


def without_lost_files(kept: dict[str, Any], *names: str) -> dict[str, Any]:
    """Return what a draft keeps of a record, without the files that were deleted since.

    `names` are those of its foreign keys to a file. What is published is protected from losing
    one; a draft is not, and could not be opened again where it names one that is gone.
    """
    wanted = {kept[name] for name in names if kept.get(name)}
    found = set(UploadedFile.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    lost = {name: None for name in names if kept.get(name) and kept[name] not in found}
    return kept | lost
