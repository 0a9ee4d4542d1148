"""Survey: an activity of a consultation, and its pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.url_routing import RouteResult

from folkmoot.publishing.models import RICH_TEXT, BasePage
from folkmoot.responses.blocks import StepsBlock
from folkmoot.responses.questions import faults, survey_form
from folkmoot.responses.trials import TRIAL, read

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from folkmoot.consultations.models import Consultation


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

    @path(f"{TRIAL}/<str:mark>/")
    def try_start(self, request: HttpRequest, mark: str) -> HttpResponse:
        """Begin a test, in which nothing counts."""
        return self._tried(request, mark, "start")

    @path(f"{TRIAL}/<str:mark>/<int:number>/")
    def try_step(self, request: HttpRequest, mark: str, number: int) -> HttpResponse:
        """Ask the questions of a step in a test."""
        return self._tried(request, mark, "step", number)

    @path(f"{TRIAL}/<str:mark>/check/")
    def try_check(self, request: HttpRequest, mark: str) -> HttpResponse:
        """Show all answers of a test, or end it."""
        return self._tried(request, mark, "check")

    @path(f"{TRIAL}/<str:mark>/received/<str:reference>/")
    def try_received(self, request: HttpRequest, mark: str, reference: str) -> HttpResponse:
        """Show the last page of a test."""
        return self._tried(request, mark, "received", reference)

    def _tried(self, request: HttpRequest, mark: str, view: str, *given: Any) -> HttpResponse:
        """Show a page of the newest draft of this survey, published or not."""
        from folkmoot.responses import views

        trial = read(mark, self.pk)
        if trial is None:
            return views.trial_over(request, self)
        newest = self.get_latest_revision_as_object()
        return never_cache(getattr(views, view))(request, newest, *given, trial=trial)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Lead to a page of the survey; to its test pages even before it is published."""
        if path_components[:1] == [TRIAL] and not self.live:
            try:
                view, args, kwargs = self.resolve_subpage(f"/{'/'.join(path_components)}/")
            except Resolver404:
                pass
            else:
                return RouteResult(self, args=(view, args, kwargs))
        found: RouteResult = super().route(request, path_components)
        return found

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


class SurveyClosedError(Exception):
    """A response came outside opens_at <= at < closes_at and its grace."""

    def __init__(self, survey: Survey, at: datetime) -> None:
        super().__init__(f"{survey} does not take responses at {at.isoformat()}.")
