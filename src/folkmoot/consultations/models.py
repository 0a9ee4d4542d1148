"""Consultation, TimelineEvent, Update, ConsultationDocument."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from folkmoot.plans.models import Plan
from folkmoot.publishing.models import RICH_TEXT, BasePage


class State(Enum):
    """Where a consultation stands by the clock; the value is the wording shown to the public."""

    COMING = "Coming"
    OPEN = "Open"
    CLOSED = "Closed"
    PUBLISHED = "Published"


class ConsultationIndex(BasePage):
    """All consultations of the body."""

    max_count = 1
    subpage_types = ["consultations.Consultation"]
    template = "consultations/index.html"


class Consultation(BasePage):
    """One consultation, at one address for life."""

    statutory_plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="consultations")
    run_by = models.CharField("run by", max_length=120)
    stage = models.CharField(
        max_length=80, help_text="The stage shown as a badge, such as Policy published."
    )
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="Responses are refused from this instant on.")
    outcome_at = models.DateTimeField(
        "outcome published at", null=True, blank=True, help_text="When the answer was given."
    )
    answer_promised_on = models.DateField("answer promised by", null=True, blank=True)
    background = RichTextField(features=RICH_TEXT, blank=True)
    challenge = RichTextField(features=RICH_TEXT, blank=True)
    what_to_share = RichTextField("what you can share", features=RICH_TEXT, blank=True)
    what_happens_next = RichTextField(features=RICH_TEXT, blank=True)
    outcome = RichTextField(features=RICH_TEXT, blank=True, help_text="Shown first once published.")
    contact = RichTextField(features=RICH_TEXT, blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "statutory_plan",
                    "run_by",
                    "stage",
                    "opens_at",
                    "closes_at",
                    "outcome_at",
                    "answer_promised_on",
                )
            ],
            "Owner and dates",
        ),
        *(
            FieldPanel(name)
            for name in (
                "outcome",
                "background",
                "challenge",
                "what_to_share",
                "what_happens_next",
                "contact",
            )
        ),
        InlinePanel("updates", label="Updates"),
        InlinePanel("documents", label="Documents"),
        InlinePanel("events", label="Timeline"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("background"),
        index.SearchField("challenge"),
        index.FilterField("opens_at"),
        index.FilterField("closes_at"),
    ]
    parent_page_types = ["consultations.ConsultationIndex"]
    subpage_types = ["responses.Survey", "themes.ResultsPage", "decisions.DecisionsPage"]
    template = "consultations/consultation.html"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="consultation_closes_after_it_opens",
                violation_error_message="The consultation must close after it opens.",
            )
        ]

    def state(self, at: datetime) -> State:
        """Return the state at an instant."""
        if at < self.opens_at:
            return State.COMING
        if at < self.closes_at:
            return State.OPEN
        if self.outcome_at is None or at < self.outcome_at:
            return State.CLOSED
        return State.PUBLISHED

    def is_open(self, at: datetime) -> bool:
        """Return whether people can take part at an instant; the closing instant is closed."""
        return self.state(at) is State.OPEN


class Update(Orderable):
    """News of a consultation; newest stands first."""

    consultation = ParentalKey(Consultation, on_delete=models.CASCADE, related_name="updates")
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

    consultation = ParentalKey(Consultation, on_delete=models.CASCADE, related_name="documents")
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
    pages = models.PositiveSmallIntegerField("number of pages", null=True, blank=True)
    published_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.title} ({self.get_format_display()})"

    def clean(self) -> None:
        super().clean()
        if bool(self.page_id) == bool(self.file_id):
            raise ValidationError(
                f"'{self.title}' needs either a page or a file: choose one of the two."
            )


class TimelineEvent(Orderable):
    """Something that happened, happens or will happen, under a stage of the consultation."""

    class Precision(models.TextChoices):
        DAY = "day", "Day"
        MONTH = "month", "Month"
        UNKNOWN = "unknown", "To be confirmed"

    consultation = ParentalKey(Consultation, on_delete=models.CASCADE, related_name="events")
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

    def __str__(self) -> str:
        return self.title
