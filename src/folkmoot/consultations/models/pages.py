"""ConsultationIndex and Consultation: pages, and the state by the clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db import models
from django.forms import CheckboxSelectMultiple
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
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
    approach = RichTextField("our approach", features=RICH_TEXT, blank=True)
    formats_and_languages = RichTextField(features=RICH_TEXT, blank=True)
    how_we_use_answers = RichTextField("how we use your data", features=RICH_TEXT, blank=True)
    delay_reason = RichTextField(
        "why the answer is late",
        features=["bold", "link"],
        blank=True,
        help_text="Shown when the promised day has passed without an answer, and afterwards.",
    )
    area = models.CharField(
        max_length=80, blank=True, help_text="Where it applies, such as London or Camden."
    )
    topics = ParentalManyToManyField("consultations.Topic", blank=True)
    picture = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    picture_alternative = models.CharField(
        max_length=250, blank=True, help_text="What the picture shows; empty if only decoration."
    )

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
                "approach",
                "what_happens_next",
                "delay_reason",
                "contact",
                "formats_and_languages",
                "how_we_use_answers",
            )
        ),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alternative")], "Picture"),
        MultiFieldPanel(
            [FieldPanel("area"), FieldPanel("topics", widget=CheckboxSelectMultiple)],
            "Where the list of consultations shows it",
        ),
        InlinePanel("team", label="Policy team"),
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
    subpage_types = [
        "responses.Survey",
        "themes.ResultsPage",
        "decisions.DecisionsPage",
        "consultations.EqualityImpactAssessment",
        "publishing.StandardPage",
    ]
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
