"""The form with which a file is uploaded: it refuses in a sentence, and says what to mend."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile as Upload
from django.utils.html import format_html, format_html_join
from wagtail.documents.forms import BaseDocumentForm

from folkmoot.publishing.files.kinds import RefusedFileError, kind_of


class UploadedFileForm(BaseDocumentForm):
    """Checks what a file is by its content before anything is kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if findings := self.instance.findings if self.instance.pk else []:
            # Under the title, as that is the field which every form of a file has: the one after
            # an upload of several files, and the one in which it is edited.
            told = format_html(
                "This file was taken, but not everybody can read it. <ul>{}</ul>",
                format_html_join("", "<li>{} {}</li>", ((f["what"], f["mend"]) for f in findings)),
            )
            # Wagtail has bound the field by now, which has taken its help text with it.
            self.fields["title"].help_text = self["title"].help_text = told

    def clean_file(self) -> Any:
        """Refuse a file that is not accepted; give one that is the extension of its content."""
        file: Any = self.cleaned_data.get("file")
        is_new = isinstance(file, Upload)
        if not is_new:
            return file
        try:
            kind = kind_of(file, file.name)
            if kind.extension == "pdf":
                from folkmoot.publishing.files import pdfs  # slow to import

                pdfs.check(file, file.name)
        except RefusedFileError as refused:
            raise ValidationError(str(refused), code="refused") from refused
        stem, dot, extension = file.name.rpartition(".")
        if extension.lower() != kind.extension:
            file.name = f"{stem if dot else file.name}.{kind.extension}"
        return file
