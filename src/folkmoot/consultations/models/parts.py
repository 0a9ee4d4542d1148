"""What a consultation's page is made of: updates, documents, timeline, changes of its closing."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.snippets.models import register_snippet


@register_snippet
class Topic(models.Model):
    """What consultations can be about; residents list them by it."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ClosingChange(models.Model):
    """One move of the instant at which a consultation closes, with the reason the public reads.

    Written by `acts.extend_closing` alone; never changed.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.CASCADE, related_name="closing_changes"
    )
    at = models.DateTimeField("when it was decided")
    before = models.DateTimeField("closed at")
    after = models.DateTimeField("closes at")
    reason = models.TextField(max_length=400, help_text="Shown to the public.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="closing_change_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.before:%Y-%m-%d %H:%M} to {self.after:%Y-%m-%d %H:%M}"


class Update(Orderable):
    """News of a consultation; newest stands first."""

    consultation = ParentalKey(
        "consultations.Consultation", on_delete=models.CASCADE, related_name="updates"
    )
    on = models.DateField()
    title = models.CharField(max_length=120)
    text = RichTextField(features=["bold", "link"])

    class Meta(Orderable.Meta):
        ordering = ["-on", "sort_order"]

    def __str__(self) -> str:
        return self.title


class ConsultationDocument(Orderable):
    """A document of a consultation in one format; formats of one version share its title."""

    class Format(models.TextChoices):
        WEB = "web", "Web page"
        PDF = "pdf", "PDF"
        EASY_READ = "easy-read", "Easy read"
        LARGE_PRINT = "large-print", "Large print"
        BSL = "bsl", "British Sign Language video"
        AUDIO = "audio", "Audio"
        TRANSLATION = "translation", "Translation"

    class Version(models.TextChoices):
        DRAFT = "draft", "Draft"
        FINAL = "final", "Final"
        CORRECTION = "correction", "Correction"

    consultation = ParentalKey(
        "consultations.Consultation", on_delete=models.CASCADE, related_name="documents"
    )
    title = models.CharField(max_length=120)
    version = models.CharField(max_length=20, choices=Version, default=Version.DRAFT)
    format = models.CharField(max_length=20, choices=Format, default=Format.PDF)
    page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.ForeignKey(
        get_document_model_string(),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    language = models.CharField(max_length=40, blank=True, help_text="For a translation.")
    pages = models.PositiveSmallIntegerField("number of pages", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Length of a video or a recording."
    )
    published_on = models.DateField(help_text="It is listed from this day on.")

    class Meta(Orderable.Meta):
        constraints = [
            # A page or file that is deleted leaves neither; the page then lists nothing there.
            models.CheckConstraint(
                condition=models.Q(page__isnull=True) | models.Q(file__isnull=True),
                name="document_has_one_place",
                violation_error_message="A document has a page or a file, not both.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_format_display()})"

    def clean(self) -> None:
        """Refuse a document without a page or a file, and one with both."""
        super().clean()
        if bool(self.page_id) == bool(self.file_id):
            fault = "has both a page and a file" if self.page_id else "has no page and no file"
            raise ValidationError(
                f"The document “{self.title}” {fault}: choose exactly one of the two."
            )


class TimelineEvent(Orderable):
    """Something that happened, happens or will happen, under a stage of the consultation."""

    class Precision(models.TextChoices):
        DAY = "day", "Day"
        MONTH = "month", "Month"
        UNKNOWN = "unknown", "To be confirmed"

    consultation = ParentalKey(
        "consultations.Consultation", on_delete=models.CASCADE, related_name="events"
    )
    stage = models.CharField(max_length=80)
    title = models.CharField(max_length=160)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=Precision, default=Precision.DAY)
    promised_on = models.DateField("promised by", null=True, blank=True)
    note = models.CharField(max_length=160, blank=True)
    link_text = models.CharField(max_length=60, blank=True)
    link_page = models.ForeignKey(
        Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    link_url = models.URLField(blank=True)

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="timeline_event_ends_after_it_starts",
                violation_error_message="A timeline event must end after it starts.",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse an end that is not after the beginning, and a day that is known but not given."""
        super().clean()
        wrong = {}
        if self.starts_at is None and self.precision != self.Precision.UNKNOWN:
            wrong["starts_at"] = (
                f"“{self.title}” has no day: write when it starts, or choose “To be confirmed”."
            )
        elif self.ends_at and self.starts_at and self.ends_at <= self.starts_at:
            wrong["ends_at"] = (
                f"“{self.title}” ends before it starts: write an end after its beginning."
            )
        if bool(self.link_text) != bool(self.link_page_id or self.link_url):
            wrong["link_text"] = (
                f"The link of “{self.title}” needs both words and a page or an address."
            )
        if wrong:
            raise ValidationError(wrong)
