"""The plan and its sections, as pages."""

from __future__ import annotations

import csv
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect, render
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from folkmoot.plans.models.section_form import SectionForm
from folkmoot.plans.numbering import NUMBER
from folkmoot.publishing.blocks import BodyBlock
from folkmoot.publishing.clock import next_midnight, now
from folkmoot.publishing.models import RICH_TEXT, BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page


# Parts of a plan that are not sections; a section with one of these slugs would not be reached.
OWN_ADDRESSES = ("commitments", "compare", "print", "priorities", "versions")


def _seconds_to_midnight(at: datetime) -> int:
    """Standings are of a day, so the pages that show them change when the day does."""
    return int((next_midnight(at) - at).total_seconds())


class PlanIndex(BasePage):
    """All plans of the body, wherever they stand on the site."""

    max_count = 1
    subpage_types = ["plans.Plan"]
    template = "plans/index.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from folkmoot.plans import listing

        shown = listing.index_page(self, request.GET, now())
        return super().get_context(request, *args, **kwargs) | shown

    def seconds_unchanged(self, at: datetime) -> int | None:
        return _seconds_to_midnight(at)


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
        HelpPanel(template="plans/admin/versions_panel.html", heading="Versions"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("foreword")]
    subpage_types = [
        "plans.Section",
        "consultations.EqualityImpactAssessment",
        "publishing.DocumentPage",
        "performance.Dashboard",
        "reports.ReportIndex",
    ]
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

        at = now()
        shown = self.presented(request, at, partial(presenters.plan_page, self, at))
        return super().get_context(request, *args, **kwargs) | shown

    @path("commitments/")
    def all_commitments(self, request: HttpRequest) -> HttpResponse:
        """List the commitments: by priority, standing and lead, as on a day."""
        from folkmoot.plans import commitments_listing

        shown = commitments_listing.commitments_page(self, request.GET, now())
        return self._show(request, "commitments", shown)

    @path("commitments/commitments.csv/")
    def commitments_csv(self, request: HttpRequest) -> HttpResponse:
        """Send the list of commitments that the address asks for as CSV."""
        from folkmoot.plans import commitments_listing

        found = commitments_listing.listing(self, request.GET, now())
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        name = f"commitments-{found.on}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        csv.writer(response).writerows(commitments_listing.csv_rows(self, found))
        return response

    @path("commitments/<slug:slug>/")
    def one_commitment(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a commitment: how it stands, its milestones, progress and measures."""
        from folkmoot.plans import presenters

        return self._show(request, "commitment", presenters.commitment_page(self, slug, now()))

    @path("priorities/")
    def all_priorities(self, request: HttpRequest) -> HttpResponse:
        """Lead to the priorities on the plan's page."""
        return redirect(f"{self.get_url(request)}#priorities")

    @path("priorities/<slug:slug>/")
    def one_priority(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a priority: its outcomes with their measures, its sections and commitments."""
        from folkmoot.plans import presenters

        return self._show(request, "priority", presenters.priority_page(self, slug, now()))

    @path("print/")
    def on_one_page(self, request: HttpRequest) -> HttpResponse:
        """Show the whole plan on one page."""
        from folkmoot.plans import presenters

        return self._show(request, "print", presenters.print_page(self, now()))

    @path("versions/")
    def all_versions(self, request: HttpRequest) -> HttpResponse:
        """Show which versions of the plan are kept."""
        from folkmoot.plans import presenters

        return self._show(request, "versions", presenters.versions_page(self, now()))

    @path("versions/<slug:slug>/")
    def one_version(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the plan as it was."""
        from folkmoot.plans import presenters

        return self._show(request, "version", presenters.version_page(self, slug, now()))

    @path("compare/")
    def compared(self, request: HttpRequest) -> HttpResponse:
        """Show two versions side by side."""
        from folkmoot.plans import presenters

        return self._show(request, "compare", presenters.compare_page(self, request.GET, now()))

    def _show(self, request: HttpRequest, name: str, shown: dict[str, Any]) -> HttpResponse:
        return render(request, f"plans/{name}.html", {"page": self, **shown})

    def seconds_unchanged(self, at: datetime) -> int | None:
        return _seconds_to_midnight(at)


class Section(BasePage):
    """A numbered section of a plan, at an address of its own."""

    number = models.CharField(
        max_length=10,
        validators=[
            RegexValidator(
                rf"^{NUMBER.pattern}$",
                "Write the number with dots between its parts and none at its end, like 2.3.",
            )
        ],
        help_text="As printed in the plan, like 2.3. Sections stand in the order of their numbers.",
    )
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
    base_form_class = SectionForm
    template = "plans/section.html"

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def clean(self) -> None:
        """Refuse a number that another section has, and a slug that leads elsewhere in the plan.

        The plan above is known by the place in the tree and by no column, so that the database
        cannot see that two numbers are alike; every save of a page comes by here instead.
        """
        super().clean()
        wrong = {}
        if self.path and (sentence := taken(self.get_parent(), self.number, self.pk)):
            wrong["number"] = sentence
        if self.slug in OWN_ADDRESSES:
            wrong["slug"] = (
                f"“{self.slug}” already leads to another part of the plan: choose another slug."
            )
        if wrong:
            raise ValidationError(wrong)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from folkmoot.plans import presenters

        at = now()
        shown = self.presented(request, at, partial(presenters.section_page, self, at))
        return super().get_context(request, *args, **kwargs) | shown

    def seconds_unchanged(self, at: datetime) -> int | None:
        return _seconds_to_midnight(at)


def taken(plan: Page, number: str, key: int | None = None) -> str:
    """Return the sentence that says which other section of a plan has a number; "" where none."""
    other = Section.objects.child_of(plan).filter(number__iexact=number).exclude(pk=key).first()
    if other is None:
        return ""
    return (
        f"“{other.title}” has the number {other.number} already: "
        "choose another number, or change that section’s first."
    )
