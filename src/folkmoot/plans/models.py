"""Plan, Section, Priority, Outcome, Measure; Commitment, Milestone, ProgressUpdate."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.shortcuts import get_object_or_404, redirect, render
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable
from wagtail.search import index

from folkmoot.core import standing as standings
from folkmoot.publishing.blocks import BodyBlock
from folkmoot.publishing.clock import next_midnight, now, today
from folkmoot.publishing.models import RICH_TEXT, BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def _seconds_to_midnight(at: datetime) -> int:
    """Standings are of a day, so the pages that show them change when the day does."""
    return int((next_midnight(at) - at).total_seconds())


class Plan(RoutablePageMixin, BasePage):
    """A statutory plan: what the body promises to do, for how long, and under which law."""

    class Stage(models.TextChoices):
        DRAFT = "draft", "Draft"
        CONSULTATION = "consultation", "Out for consultation"
        PUBLISHED = "published", "Published"

    stage = models.CharField(max_length=20, choices=Stage, default=Stage.DRAFT)
    starts_on = models.DateField("the plan's first day")
    ends_on = models.DateField("the plan's last day")
    published_on = models.DateField(null=True, blank=True)
    led_by = models.CharField("who leads the plan", max_length=120)
    legal_basis = RichTextField(features=RICH_TEXT, blank=True)
    foreword = RichTextField(features=RICH_TEXT, blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("stage", "led_by", "starts_on", "ends_on", "published_on")
            ],
            "Stage and period",
        ),
        FieldPanel("legal_basis"),
        FieldPanel("foreword"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("foreword")]
    subpage_types = ["plans.Section", "performance.Dashboard", "reports.ReportIndex"]
    template = "plans/plan.html"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="plan_ends_after_it_starts",
                violation_error_message=(
                    "The plan ends before it begins: choose a last day after its first."
                ),
            )
        ]

    @property
    def stage_tone(self) -> str:
        """Tone of the tag that says the stage; a draft looks like one."""
        tones = {self.Stage.DRAFT: "draft", self.Stage.PUBLISHED: "strong"}
        return tones.get(self.Stage(self.stage), "brand")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from folkmoot.plans import presenters

        return super().get_context(request, *args, **kwargs) | presenters.plan_page(self, now())

    @path("commitments/")
    def all_commitments(self, request: HttpRequest) -> HttpResponse:
        """Lead to the list of commitments on the plan's page."""
        return redirect(f"{self.get_url(request)}#commitments")

    @path("commitments/<slug:slug>/")
    def one_commitment(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a commitment: how it stands, its milestones, progress and measures."""
        from folkmoot.plans import presenters

        commitment = get_object_or_404(self.commitments.select_related("section"), slug=slug)
        shown = presenters.commitment_page(self, commitment, now())
        return render(request, "plans/commitment.html", {"page": self, **shown})

    def seconds_unchanged(self, at: datetime) -> int | None:
        return _seconds_to_midnight(at)


class Section(BasePage):
    """A numbered section of a plan, at an address of its own."""

    number = models.CharField(max_length=10, help_text="As printed in the plan, like 2.3.")
    priority = models.ForeignKey(
        "plans.Priority", null=True, blank=True, on_delete=models.SET_NULL, related_name="sections"
    )
    body = StreamField(BodyBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("number"),
        FieldPanel("priority"),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["plans.Plan"]
    subpage_types: list[str] = []
    template = "plans/section.html"

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from folkmoot.plans import presenters

        return super().get_context(request, *args, **kwargs) | presenters.section_page(self, now())

    def seconds_unchanged(self, at: datetime) -> int | None:
        return _seconds_to_midnight(at)


class Priority(models.Model):  # type: ignore[django-manager-missing]
    """One of the few things a plan puts first."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="priorities")
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60)
    summary = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["plan", "order", "id"]
        verbose_name_plural = "priorities"
        constraints = [models.UniqueConstraint(fields=["plan", "slug"], name="priority_slug")]

    def __str__(self) -> str:
        return self.title


class Outcome(models.Model):
    """What should be different for people if a priority succeeds."""

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="outcomes")
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["priority", "order", "id"]

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """What is counted, or read, to see whether an outcome comes about."""

    class Kind(models.TextChoices):
        QUANTITATIVE = "quantitative", "Quantitative"
        QUALITATIVE = "qualitative", "Qualitative"

    class Better(models.TextChoices):
        """The direction in which a change is an improvement."""

        LOWER = "decrease", "Lower is better"
        HIGHER = "increase", "Higher is better"
        NEUTRAL = "neutral", "Neither way is better by itself"

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="measures")
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.QUANTITATIVE)
    series = models.CharField(
        max_length=80,
        blank=True,
        help_text="Name of the published series that feeds it, such as personal-robbery.",
    )
    better = models.CharField(max_length=10, choices=Better, default=Better.NEUTRAL)
    definition = models.TextField(help_text="What exactly is counted or read, in plain words.")
    caveat = models.TextField(blank=True, help_text="Printed beside every figure of it.")
    source_note = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["outcome", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "slug"], name="measure_slug"),
            models.CheckConstraint(
                condition=~models.Q(kind="qualitative", series__gt=""),
                name="qualitative_measure_has_no_series",
                violation_error_message="A qualitative measure has no published series.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Commitment(ClusterableModel):
    """Something the body promised to do, by a day, with somebody who leads it."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="commitments")
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments"
    )
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    promise = models.TextField(help_text="What will be done, in one or two sentences.")
    lead = models.CharField("who leads it", max_length=120)
    due = models.DateField()
    forecast = models.DateField(null=True, blank=True)
    completed = models.DateField(null=True, blank=True)
    lateness = models.TextField("why it is late", blank=True)
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="commitments", help_text="What will show that it worked."
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["plan", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "slug"], name="commitment_slug")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a section of another plan, and a day of completion that is still to come."""
        super().clean()
        wrong = {}
        if self.section and self.plan_id and not self.section.is_child_of(self.plan):
            wrong["section"] = (
                f"“{self.section}” is in another plan: choose a section of “{self.plan.title}”."
            )
        if self.completed is not None and self.completed > today():
            wrong["completed"] = (
                f"{self.completed.day} {self.completed:%B %Y} is still to come: write the day on "
                "which it was completed, or leave this empty and use “forecast”."
            )
        if wrong:
            raise ValidationError(wrong)

    def standing(self, on: date) -> standings.Standing:
        """Return how the commitment stands on a day."""
        return standings.standing(self.due, self.forecast or self.due, self.completed, on)

    @property
    def standing_today(self) -> str:
        """How the commitment stands today, for the list in the admin."""
        return self.standing(today()).value


class Milestone(Orderable):
    """A step towards a commitment."""

    commitment = ParentalKey(Commitment, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField()
    forecast = models.DateField(null=True, blank=True)
    completed = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title

    def standing(self, on: date) -> standings.Standing:
        """Return how the milestone stands on a day."""
        return standings.standing(self.due, self.forecast or self.due, self.completed, on)


class ProgressUpdate(models.Model):
    """What was reported of a commitment on a day. Added to, never changed."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="progress_updates"
    )
    on = models.DateField()
    text = models.TextField()

    class Meta:
        ordering = ["commitment", "-on", "-id"]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.on}"
