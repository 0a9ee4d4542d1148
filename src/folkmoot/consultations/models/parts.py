"""What a consultation's page is made of: updates, timeline, changes of its closing."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index
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

    Written by `acts.move_closing` alone; never changed.
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


class Update(index.Indexed, Orderable):
    """News of a consultation; newest stands first."""

    consultation = ParentalKey(
        "consultations.Consultation", on_delete=models.CASCADE, related_name="updates"
    )
    on = models.DateField()
    title = models.CharField(max_length=120)
    text = RichTextField(features=["bold", "link"])

    search_fields = [index.SearchField("title"), index.SearchField("text")]

    class Meta(Orderable.Meta):
        ordering = ["-on", "sort_order"]

    def __str__(self) -> str:
        return self.title


class Stage(Orderable):
    """A stage of the way from the first draft to the answer; events of the timeline stand in it."""

    consultation = ParentalKey(
        "consultations.Consultation", on_delete=models.CASCADE, related_name="stages"
    )
    title = models.CharField(max_length=80)
    starts_on = models.DateField(
        "first day", null=True, blank=True, help_text="Empty while it is not known."
    )
    ends_on = models.DateField(
        "last day", null=True, blank=True, help_text="Empty while it is not known."
    )

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["consultation", "title"], name="stage_title"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="stage_ends_after_it_starts",
                violation_error_message="A stage must not end before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a last day before the first."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError(
                {
                    "ends_on": f"The stage “{self.title}” ends before it starts: "
                    "choose a last day on or after its first."
                }
            )


class TimelineEvent(Orderable):
    """Something that happened, happens or will happen, in a stage of the consultation."""

    class Precision(models.TextChoices):
        DAY = "day", "Day"
        MONTH = "month", "Month"
        UNKNOWN = "unknown", "To be confirmed"

    class LinkKind(models.TextChoices):
        """What one does with what a link leads to; the label is the verb before its words."""

        READ = "read", "Read"
        WATCH = "watch", "Watch"
        REGISTER = "register", "Register for"
        TAKE_PART = "take-part", "Take part in"

    consultation = ParentalKey(
        "consultations.Consultation", on_delete=models.CASCADE, related_name="events"
    )
    stage = models.CharField(max_length=80, help_text="The title of one of the stages above.")
    title = models.CharField(max_length=160)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    precision = models.CharField(max_length=10, choices=Precision, default=Precision.DAY)
    promised_on = models.DateField("promised by", null=True, blank=True)
    note = models.CharField(max_length=160, blank=True)
    link_kind = models.CharField(
        "what to do there", max_length=10, choices=LinkKind, default=LinkKind.READ
    )
    link_text = models.CharField(
        "what the link leads to",
        max_length=60,
        blank=True,
        help_text="Such as “the draft”: the page puts the verb before it, “Read the draft”.",
    )
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

    @property
    def link_words(self) -> str:
        """The words of the link: the verb and what it leads to; empty without a link."""
        return f"{self.get_link_kind_display()} {self.link_text}" if self.link_text else ""

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
