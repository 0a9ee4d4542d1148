"""Decision, SectionChange, and the page that lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable

from folkmoot.consultations.models import Consultation
from folkmoot.plans.models import Commitment, Section
from folkmoot.publishing.models import BasePage
from folkmoot.themes.models import Theme

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class Decision(ClusterableModel):
    """What the body decided on something that people said, and why."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        IN_PART = "in-part", "Accepted in part"
        NOT_ACCEPTED = "not-accepted", "Not accepted"
        ALREADY = "already", "Already in the plan"
        OUTSIDE = "outside", "Outside its scope"

    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="decisions"
    )
    themes = models.ManyToManyField(Theme, related_name="decisions")
    title = models.CharField(max_length=160)
    slug = models.SlugField(max_length=80)
    outcome = models.CharField(max_length=20, choices=Outcome)
    reason = models.TextField(help_text="In plain words, to the people who asked.")
    decided_by = models.CharField(max_length=120)
    decided_on = models.DateField()
    commitments = models.ManyToManyField(Commitment, blank=True, related_name="decisions")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["consultation", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "slug"], name="decision_slug")
        ]

    def __str__(self) -> str:
        return self.title


class SectionChange(Orderable):
    """What a decision changed in a section of the plan."""

    decision = ParentalKey(Decision, on_delete=models.CASCADE, related_name="section_changes")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="changes")
    change = models.TextField(help_text="What the section says now that the draft did not.")

    def __str__(self) -> str:
        return f"{self.section}: {self.change[:60]}"


class DecisionsPage(RoutablePageMixin, BasePage):
    """We asked, you said, we did: every decision, and the thread of each."""

    parent_page_types = ["consultations.Consultation"]
    subpage_types: list[str] = []

    @property
    def consultation(self) -> Consultation:
        """The consultation that the page belongs to."""
        return Consultation.objects.select_related("statutory_plan").parent_of(self).get()

    def decision_url(self, decision: Decision) -> str:
        """Return the address of the thread of a decision."""
        return f"{self.url}{decision.slug}/"

    @path("")
    def all_decisions(self, request: HttpRequest) -> HttpResponse:
        """Show every decision with its thread."""
        from folkmoot.decisions import views

        return views.decisions(request, self)

    @path("<slug:slug>/")
    def one_decision(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the thread of a decision, station by station."""
        from folkmoot.decisions import views

        return views.decision(request, self, slug)
