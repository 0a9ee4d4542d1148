"""Consultation, TimelineEvent, Update, ConsultationDocument."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.documents import get_document_model_string
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index

from folkmoot.plans.models import Plan
from folkmoot.publishing.clock import next_midnight, now
from folkmoot.publishing.models import RICH_TEXT, BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest


def seconds_to_next(instants: Iterable[datetime | None], at: datetime) -> int:
    """Return for how many whole seconds after `at` none of the instants comes, nor midnight.

    Days left, dated updates and promises change at midnight in the body's time zone.
    """
    to_come = [instant for instant in instants if instant is not None and instant > at]
    return int((min([next_midnight(at), *to_come]) - at).total_seconds())


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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from folkmoot.consultations import presenters

        return super().get_context(request, *args, **kwargs) | presenters.index_page(self, now())

    def seconds_unchanged(self, at: datetime) -> int | None:
        consultations = Consultation.objects.child_of(self).live()
        instants = [instant for each in consultations for instant in each.turning_points()]
        return seconds_to_next(instants, at)


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
                violation_error_message=(
                    "The consultation closes before it opens: "
                    "choose a closing time after the opening time."
                ),
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

    def turning_points(self) -> list[datetime | None]:
        """Return the instants at which the state changes."""
        return [self.opens_at, self.closes_at, self.outcome_at]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from folkmoot.consultations import presenters

        shown = presenters.consultation_page(self, now())
        return super().get_context(request, *args, **kwargs) | shown

    def seconds_unchanged(self, at: datetime) -> int | None:
        times = self.events.values_list("starts_at", "ends_at")
        return seconds_to_next([*self.turning_points(), *chain.from_iterable(times)], at)


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
