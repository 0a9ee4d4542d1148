"""ConsultationIndex and Consultation: pages, and the state by the clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db import models
from django.forms import CheckboxSelectMultiple
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from folkmoot.consultations.admin.editing import CautionsPanel, EditorForm, StandingPanel
from folkmoot.plans.models import Plan
from folkmoot.publishing.clock import next_midnight, now, shown_at
from folkmoot.publishing.models import RICH_TEXT, BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


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
        from folkmoot.consultations import listing

        at = now()
        present = partial(listing.index_page, self, request.GET, at)
        # The list as it is asked for most; a choice in the address is listed afresh.
        shown = present() if request.GET else self.presented(request, at, present)
        return super().get_context(request, *args, **kwargs) | shown

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
    answer_promised_on = models.DateField(
        "answer promised by",
        null=True,
        blank=True,
        help_text="Left empty, it becomes 12 weeks after the closing.",
    )
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
    recording = models.ForeignKey(
        "publishing.Recording",
        verbose_name="recorded message",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    show_support = models.BooleanField(
        "list the organisations that help",
        default=False,
        help_text="Where the subject is sensitive: their names and numbers stand on the page.",
    )

    content_panels = [
        StandingPanel("Where it stands"),
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("statutory_plan", "run_by", "stage")], "Owner and stage"
        ),
        MultiFieldPanel(
            [
                FieldPanel("opens_at"),
                FieldPanel("closes_at"),
                CautionsPanel(),
                FieldPanel("outcome_at"),
                FieldPanel("answer_promised_on"),
            ],
            "Dates",
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
        FieldPanel("recording"),
        FieldPanel("show_support"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alternative")], "Picture"),
        MultiFieldPanel(
            [FieldPanel("area"), FieldPanel("topics", widget=CheckboxSelectMultiple)],
            "Where the list of consultations shows it",
        ),
        InlinePanel("team", label="Policy team"),
        InlinePanel("updates", label="Updates"),
        InlinePanel("stages", label="Stages of the timeline"),
        InlinePanel("events", label="Events of the timeline"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("background"),
        index.SearchField("challenge"),
        index.SearchField("what_to_share"),
        index.SearchField("approach"),
        index.SearchField("what_happens_next"),
        index.SearchField("contact"),
        index.SearchField("public_outcome"),
        index.FilterField("opens_at"),
        index.FilterField("closes_at"),
    ]
    parent_page_types = ["consultations.ConsultationIndex"]
    subpage_types = [
        "responses.Survey",
        "workshops.Workshop",
        "themes.ResultsPage",
        "decisions.DecisionsPage",
        "consultations.EqualityImpactAssessment",
        "publishing.DocumentPage",
        "publishing.StandardPage",
    ]
    template = "consultations/consultation.html"
    base_form_class = EditorForm

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

    def public_outcome(self) -> str:
        """Return the answer for search once it is out; it may be written before its hour."""
        out = self.outcome_at is not None and self.outcome_at <= now()
        return get_text_for_indexing(self.outcome) if out else ""

    def with_content_json(self, content: dict[str, Any]) -> Consultation:
        """Return the page as a revision says, but opening and closing as the public was told.

        Once a published consultation has opened, no draft, schedule, approval or earlier
        revision says anything about them: only `acts.move_closing` moves the closing.
        """
        page: Consultation = super().with_content_json(content)
        told = Consultation.objects.filter(pk=self.pk, live=True, opens_at__lte=now())
        for times in told.values("opens_at", "closes_at"):
            page.opens_at, page.closes_at = times["opens_at"], times["closes_at"]
        return page

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The page as it is today, and as it is in each of its states."""
        return [("", "Today"), *((state.name, state.value) for state in State)]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the page as it is in a state, whatever the clock says."""
        from folkmoot.consultations.previews import instant_in

        if not mode_name:
            return super().serve_preview(request, mode_name)
        with shown_at(instant_in(self, State[mode_name], now())):
            response = super().serve_preview(request, mode_name)
            return response.render() if hasattr(response, "render") else response

    def turning_points(self) -> list[datetime | None]:
        """Return the instants at which the state changes."""
        return [self.opens_at, self.closes_at, self.outcome_at]

    def structured(self, at: datetime) -> list[dict[str, Any]]:
        """Return the consultation as a public service, and its dates as events (schema.org)."""
        from folkmoot.consultations import structured

        return structured.consultation(self, at)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from folkmoot.consultations import presenters

        at = now()
        shown = self.presented(request, at, partial(presenters.consultation_page, self, at))
        return super().get_context(request, *args, **kwargs) | shown

    def seconds_unchanged(self, at: datetime) -> int | None:
        # Months and promises turn at midnight, which is always reckoned with.
        times = self.events.values_list("starts_at", "ends_at")
        return seconds_to_next([*self.turning_points(), *chain.from_iterable(times)], at)
