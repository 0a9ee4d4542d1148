"""CodeFrame, Theme, Campaign, Assignment, and the page that shows them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from folkmoot.consultations.models import Consultation
from folkmoot.publishing.models import BasePage
from folkmoot.responses.models import Answer, Survey

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class CodeFrame(models.Model):
    """The themes of one free-text question: suggested by machine, confirmed by a person."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="code_frames")
    question = models.SlugField(max_length=60)
    made_at = models.DateTimeField()
    method = models.JSONField(help_text="How the machine made it: settings and versions.")
    answers_read = models.PositiveIntegerField()
    answers_empty = models.PositiveIntegerField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_current = models.BooleanField(default=True)

    class Meta:
        permissions = [("confirm_themes", "Can suggest, name and confirm themes")]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question"],
                condition=models.Q(is_current=True),
                name="one_current_code_frame_a_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.question}"

    @property
    def is_draft(self) -> bool:
        """Whether it is still the machine's suggestion."""
        return self.confirmed_at is None


class Theme(models.Model):
    """Something that many people said, of one question."""

    frame = models.ForeignKey(CodeFrame, on_delete=models.CASCADE, related_name="themes")
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=120)
    label = models.CharField(max_length=160)
    machine_label = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    keywords = models.JSONField(default=list)
    cohesion = models.FloatField(help_text="Mean similarity of its answers to its centre, 0 to 1.")

    class Meta:
        ordering = ["frame", "number"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "number"], name="theme_number"),
            models.UniqueConstraint(fields=["frame", "slug"], name="theme_slug"),
        ]

    def __str__(self) -> str:
        return self.label


class Campaign(models.Model):
    """Answers so alike that one letter lies behind them. Reported, never refused."""

    frame = models.ForeignKey(CodeFrame, on_delete=models.CASCADE, related_name="campaigns")
    number = models.PositiveSmallIntegerField()
    exemplar = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    identical_share = models.FloatField(help_text="Share of its answers equal to the exemplar.")

    class Meta:
        ordering = ["frame", "number"]

    def __str__(self) -> str:
        return f"Campaign {self.number} of {self.frame}"


class Assignment(models.Model):
    """Where an answer stands in a code frame. Every answer of the question has one."""

    class Status(models.TextChoices):
        ASSIGNED = "assigned", "Assigned to a theme"
        EMPTY = "empty", "Said nothing"
        CANNOT_TELL = "cannot-tell", "Cannot tell"

    class By(models.TextChoices):
        MACHINE = "machine", "Suggested by machine"
        PERSON = "person", "Confirmed by a person"

    frame = models.ForeignKey(CodeFrame, on_delete=models.CASCADE, related_name="assignments")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="assignments")
    status = models.CharField(max_length=20, choices=Status)
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="assignments"
    )
    second_theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="assignments"
    )
    score = models.FloatField(null=True, blank=True)
    exemplar_rank = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="1 for the answer that shows the theme best."
    )
    by = models.CharField(max_length=10, choices=By, default=By.MACHINE)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["frame", "answer"], name="one_assignment_an_answer")
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.theme or self.status}"


class ResultsPage(RoutablePageMixin, BasePage):
    """What people told us: closed questions counted, free text in themes, who was heard from."""

    activity = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    publish_from = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Hidden from the public before then; empty: from the consultation's closing.",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("activity"), FieldPanel("publish_from")]
    parent_page_types = ["consultations.Consultation"]
    subpage_types: list[str] = []

    @property
    def consultation(self) -> Consultation:
        """The consultation that the page belongs to."""
        return Consultation.objects.parent_of(self).get()

    def public_from(self, consultation: Consultation) -> datetime:
        """Return the instant from which the public may read the page."""
        return self.publish_from or consultation.closes_at

    def theme_url(self, theme: Theme) -> str:
        """Return the address of the page of one theme."""
        return f"{self.url}{self.reverse_subpage('one_theme', args=[theme.slug])}"

    @property
    def csv_url(self) -> str:
        """The address of the page's figures as CSV."""
        return f"{self.url}results.csv"

    def seconds_unchanged(self, at: datetime) -> int | None:
        """Return the seconds until the page is public, while it is not."""
        public = self.public_from(self.consultation)
        return int((public - at).total_seconds()) if at < public else None

    @path("")
    def all_results(self, request: HttpRequest) -> HttpResponse:
        """Show every question with its answers counted."""
        from folkmoot.themes import views

        return views.results(request, self)

    @path("theme/<slug:slug>/")
    def one_theme(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show a theme, what people said of it, and what was decided."""
        from folkmoot.themes import views

        return views.theme(request, self, slug)

    # Wagtail ends every address with a slash before it looks for the route of a file's name.
    @path("results.csv/")
    def results_csv(self, request: HttpRequest) -> HttpResponse:
        """Send exactly the figures that the page shows."""
        from folkmoot.themes import views

        return views.results_csv(request, self)
