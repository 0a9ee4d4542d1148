"""A document at one address for life: its versions, and each version in its formats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, model_from_serializable_data
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, Page
from wagtail.search import index

from folkmoot.publishing import languages
from folkmoot.publishing.clock import local, next_midnight, now
from folkmoot.publishing.files.editing import DocumentPageForm, FindingsPanel
from folkmoot.publishing.models.files import without_lost_files
from folkmoot.publishing.models.pages import BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest

WORDS_SEARCHED = 300_000


def seconds_to_version(versions: Iterable[DocumentVersion], at: datetime) -> int | None:
    """Return the seconds to the next midnight where one of the versions is still to come."""
    today = local(at).date()
    if not any(each.published_on > today for each in versions):
        return None
    return int((next_midnight(at) - at).total_seconds())


class DocumentPage(BasePage):
    """A plan, a report, an assessment: one address, however many versions and formats."""

    base_form_class = DocumentPageForm
    content_panels = [
        *BasePage.content_panels,
        InlinePanel(
            "versions",
            heading="Versions",
            label="Version",
            min_num=1,
            help_text="Add a version; never overwrite one. Earlier versions stay readable.",
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("words_of_files")]
    parent_page_types = ["consultations.Consultation", "plans.Plan", "publishing.HomePage"]
    subpage_types = ["publishing.StandardPage"]
    template = "publishing/document.html"

    class Meta:
        verbose_name = "document"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from folkmoot.publishing.presenters import documents

        at = now()
        shown = self.presented(request, at, partial(documents.document_page, self, at))
        return super().get_context(request, *args, **kwargs) | shown

    def seconds_unchanged(self, at: datetime) -> int | None:
        """A version that is to come changes the page at the midnight before its day."""
        return seconds_to_version(self.versions.all(), at)

    def words_of_files(self) -> str:
        """Return the text of the files of the versions that are out, newest first, for search."""
        out = [each for each in self.versions.all() if each.published_on <= local(now()).date()]
        out.sort(key=DocumentVersion.age, reverse=True)
        files = [each.file for version in out for each in version.formats.all() if each.file]
        return " ".join(file.words for file in files if file.words)[:WORDS_SEARCHED]


class DocumentVersion(Orderable, ClusterableModel):
    """A document as it stood from a day on."""

    class Kind(models.TextChoices):
        DRAFT = "draft", "Draft"
        FINAL = "final", "Final"
        CORRECTION = "correction", "Correction"

    document = ParentalKey(DocumentPage, on_delete=models.CASCADE, related_name="versions")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.DRAFT)
    published_on = models.DateField(help_text="It is shown from this day on.")
    what_changed = models.TextField(
        blank=True,
        max_length=1000,
        help_text="What is different from the version before it, in plain sentences.",
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("published_on")]),
        FieldPanel("what_changed"),
        InlinePanel("formats", heading="Formats", label="Format", min_num=1),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "version"
        constraints = [
            # Of expressions, so that the editor's own sentence is shown and not Django's.
            models.UniqueConstraint(
                models.F("document"),
                models.F("kind"),
                models.F("published_on"),
                name="document_has_one_version_of_a_kind_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.published_on:%-d %B %Y}"

    def age(self) -> tuple[date, int]:
        """Return what puts versions in order, oldest first."""
        return self.published_on, list(self.Kind).index(self.Kind(self.kind))


class DocumentFormat(Orderable):
    """One version in one form: a page of this site, or a file."""

    class Kind(models.TextChoices):
        WEB = "web", "Web page"
        PDF = "pdf", "PDF"
        SUMMARY = "summary", "Summary"
        EASY_READ = "easy-read", "Easy read"
        LARGE_PRINT = "large-print", "Large print"
        BSL = "bsl", "British Sign Language video"
        AUDIO = "audio", "Audio"
        TRANSLATION = "translation", "Translation"

    version = ParentalKey(DocumentVersion, on_delete=models.CASCADE, related_name="formats")
    kind = models.CharField("format", max_length=20, choices=Kind, default=Kind.PDF)
    web_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.ForeignKey(
        "publishing.UploadedFile",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="formats",
    )
    language = models.CharField(max_length=12, choices=languages.choices(), default=languages.OWN)
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Length of a video or a recording, rounded up."
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
        FieldPanel(
            "web_page", help_text="For text that stands on this site; else choose a file below."
        ),
        FieldPanel("file"),
        FindingsPanel(),
        FieldPanel("minutes"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "format"
        constraints = [
            # A page that is deleted leaves neither; the version then lists nothing there.
            models.CheckConstraint(
                condition=models.Q(web_page__isnull=True) | models.Q(file__isnull=True),
                name="document_format_has_one_place",
                violation_error_message=(
                    "A format is a page or a file, not both: take one of them out."
                ),
            ),
            *(
                models.UniqueConstraint(
                    fields=["version", "kind", "language"],
                    condition=models.Q(**{f"{place}__isnull": False}),
                    name=f"version_has_one_{place}_of_a_kind_a_language",
                )
                for place in ("web_page", "file")
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def clean(self) -> None:
        """Refuse a format without a page or a file, and one with a file of another type."""
        super().clean()
        named = self.get_kind_display()
        if not self.web_page_id and not self.file_id:
            raise ValidationError(
                f"The format “{named}” has no page and no file: choose one, or remove the format."
            )
        if self.web_page_id and self.file_id:
            return  # the constraint says so
        if self.kind == self.Kind.WEB and self.file_id:
            raise ValidationError(
                {"file": "A web page is a page of this site: choose the page, not a file."}
            )
        if (self.kind == self.Kind.TRANSLATION) == (self.language == languages.OWN):
            sentence = (
                "Choose the language of the translation."
                if self.kind == self.Kind.TRANSLATION
                else "A format in another language is a translation: choose the format Translation."
            )
            raise ValidationError({"language": sentence})
        if self.kind in (self.Kind.PDF, self.Kind.BSL, self.Kind.AUDIO):
            self._check_type(named)

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> DocumentFormat:
        """Return a format as a draft keeps it, without a file that was deleted since."""
        kept = without_lost_files(data, "file") if check_fks else data
        made: DocumentFormat = model_from_serializable_data(
            cls, kept, check_fks=check_fks, strict_fks=strict_fks
        )
        return made

    def _check_type(self, named: str) -> None:
        wanted = {self.Kind.PDF: "a PDF", self.Kind.BSL: "a video", self.Kind.AUDIO: "sound"}
        kind = self.Kind(self.kind)
        if self.file is None:
            raise ValidationError(
                {"web_page": f"The format “{named}” needs a file: choose {wanted[kind]}."}
            )
        found = self.file.type
        is_right = {
            self.Kind.PDF: found.extension == "pdf",
            self.Kind.BSL: found.family == "video",
            self.Kind.AUDIO: found.family == "audio",
        }
        if not is_right[kind]:
            raise ValidationError(
                {
                    "file": f"The format “{named}” needs {wanted[kind]}, and “{self.file.title}” "
                    f"is a file of type {found.words}: choose another file."
                }
            )
