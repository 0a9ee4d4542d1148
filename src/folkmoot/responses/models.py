"""Survey, Draft, Response, Answer, MonitoringAnswer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField

from folkmoot.consultations.models import Respondent
from folkmoot.publishing.models import RICH_TEXT, BasePage
from folkmoot.responses.blocks import StepsBlock
from folkmoot.responses.questions import faults, survey_form

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.consultations.models import Consultation


class Channel(models.TextChoices):
    """How a response reached the body."""

    WEB = "web", "Web"
    PAPER = "paper", "Paper"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    WORKSHOP = "workshop", "Workshop"
    DISCUSSION = "discussion", "Discussion"


class Survey(RoutablePageMixin, BasePage):
    """An activity of a consultation: questions in steps. Open while its consultation is."""

    minutes = models.PositiveSmallIntegerField("how many minutes it takes", default=10)
    consent = RichTextField(
        features=RICH_TEXT, help_text="What the body does with the answers; kept with each one."
    )
    grace = models.DurationField(
        default=timedelta(minutes=30),
        help_text="How long after closing a draft begun before may still be sent.",
    )
    steps = StreamField(StepsBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("grace")], "Time"),
        FieldPanel("consent"),
        FieldPanel("steps"),
    ]
    parent_page_types = ["consultations.Consultation"]
    subpage_types: list[str] = []

    @path("")
    def start(self, request: HttpRequest) -> HttpResponse:
        """Say what the survey asks, and let people begin."""
        from folkmoot.responses import views

        return views.start(request, self)

    @path("<int:number>/")
    def one_step(self, request: HttpRequest, number: int) -> HttpResponse:
        """Ask the questions of a step, or keep its answers."""
        from folkmoot.responses import views

        return views.step(request, self, number)

    @path("check/")
    def check_answers(self, request: HttpRequest) -> HttpResponse:
        """Show all answers before they are sent, or take them in."""
        from folkmoot.responses import views

        return views.check(request, self)

    @path("received/<str:reference>/")
    def received(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Acknowledge a response that is committed."""
        from folkmoot.responses import views

        return views.received(request, self, reference)

    @cached_property
    def consultation(self) -> Consultation:
        """The consultation that the survey belongs to."""
        parent: Consultation = self.get_parent().specific
        return parent

    def clean(self) -> None:
        """Refuse questions whose answers could not be told apart."""
        super().clean()
        if found := faults(survey_form(self)):
            raise ValidationError({"steps": found})

    def seconds_unchanged(self, at: datetime) -> int | None:
        """Return how long the start page stays as it is: until the survey opens or closes."""
        ahead = (self.consultation.opens_at, self.consultation.closes_at)
        return min((int((each - at).total_seconds()) for each in ahead if each > at), default=None)


class Draft(models.Model):
    """Answers on their way: kept on the server from the first one, erased once submitted."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=43, unique=True, help_text="Known to the respondent only.")
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    answers = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"Draft of {self.survey} begun {self.begun_at:%Y-%m-%d %H:%M}"


class Response(models.Model):
    """One respondent's whole submission to one activity, by whatever channel.

    `survey` is empty for a letter or e-mail that answers no survey, and for a point raised in a
    workshop; `respondent` is empty for such a point, as who raised it is not written down.
    """

    consultation = models.ForeignKey(
        "consultations.Consultation", on_delete=models.PROTECT, related_name="responses"
    )
    survey = models.ForeignKey(
        Survey, null=True, blank=True, on_delete=models.PROTECT, related_name="responses"
    )
    respondent = models.ForeignKey(
        Respondent, null=True, on_delete=models.PROTECT, related_name="responses"
    )
    reference = models.CharField(max_length=20, unique=True)
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.WEB)
    submitted_at = models.DateTimeField(db_index=True)
    draft_key = models.CharField(
        max_length=43,
        null=True,
        blank=True,
        unique=True,
        help_text="The draft it came from, so that a post sent twice is one response.",
    )
    consent = models.TextField(help_text="The consent text as the respondent saw it.")
    may_be_quoted = models.BooleanField(default=False)
    is_generated = models.BooleanField("generated for demonstration", default=False)

    class Meta:
        indexes = [models.Index(fields=["survey", "submitted_at"])]

    def __str__(self) -> str:
        return self.reference


class Answer(models.Model):
    """The reply to one question; a question without a reply has no answer.

    `choices` are option codes of a closed question; `text` is what was typed, unchanged.
    """

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.SlugField(max_length=60, help_text="Key of the question in the survey.")
    choices = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="one_answer_a_question")
        ]
        indexes = [models.Index(fields=["question"])]

    def __str__(self) -> str:
        return f"{self.response}: {self.question}"


class MonitoringAnswer(models.Model):
    """A reply to an equality question: optional, apart from the answers, kept for less long."""

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="monitoring_answers"
    )
    question = models.SlugField(max_length=60)
    choice = models.SlugField(max_length=60)
    delete_on = models.DateField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question"], name="one_monitoring_answer_a_question"
            )
        ]

    def __str__(self) -> str:
        return f"Monitoring answer {self.pk}"


class SurveyClosedError(Exception):
    """A response came outside opens_at <= at < closes_at and its grace."""

    def __init__(self, survey: Survey, at: datetime) -> None:
        super().__init__(f"{survey} does not take responses at {at.isoformat()}.")
