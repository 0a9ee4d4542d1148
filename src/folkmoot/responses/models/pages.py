"""Survey: an activity of a consultation, and its pages."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import Resolver404
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField, StreamField
from wagtail.url_routing import RouteResult

from folkmoot.core.routing import ALWAYS
from folkmoot.publishing.models import RICH_TEXT, BasePage
from folkmoot.responses.blocks import StepsBlock
from folkmoot.responses.editing import SurveyPageForm
from folkmoot.responses.holding import hold_to_meaning
from folkmoot.responses.questions import faults, survey_form
from folkmoot.responses.trials import TRIAL, Trial, read, sign

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from wagtail.models import Revision

    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.served import Asked


EDITORS_MARK = re.compile(r' data-block-key="[^"]*"')
KEPT_FOR = "{kept}"
MONITORING_CONSENT = (
    "I agree that my answers to the equality questions are kept for {kept} after the consultation "
    "closes, apart from my other answers, and are used only in counts of who took part."
)


class Survey(RoutablePageMixin, BasePage):
    """An activity of a consultation: questions in steps. Open while its consultation is."""

    minutes = models.PositiveSmallIntegerField("how many minutes it takes", default=10)
    consent = RichTextField(
        features=RICH_TEXT, help_text="What the body does with the answers; kept with each one."
    )
    monitoring_consent = models.TextField(
        "what people agree to before equality answers are kept",
        default=MONITORING_CONSENT,
        help_text=(
            "Beside a box to tick on every page with equality questions; kept with the answers. "
            f"{KEPT_FOR} stands for the time below."
        ),
    )
    monitoring_kept_days = models.PositiveSmallIntegerField(
        "days for which equality answers are kept",
        default=365,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text="After the consultation closes; then they are erased, and their counts stay.",
    )
    version_reason = models.TextField(
        "why the questions change",
        blank=True,
        help_text=(
            "Needed for a new version only. Whoever reads the results will see it: “The options "
            "on transport left out cycling.”"
        ),
    )
    follows_version = models.PositiveBigIntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text="The version after which an officer begins a new one with these questions.",
    )
    grace = models.DurationField(
        "time of grace",
        default=timedelta(minutes=30),
        help_text=(
            "How long after closing a draft begun before may still be sent, as hours, minutes and "
            "seconds: 00:30:00 is half an hour."
        ),
    )
    steps = StreamField(StepsBlock(), blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("minutes"), FieldPanel("grace")],
            "Time",
            help_text="The survey is open while its consultation is, above it in the tree.",
        ),
        FieldPanel("steps", heading="Pages of questions"),
        MultiFieldPanel(
            [FieldPanel("consent")],
            "What happens to the answers",
            help_text="Stands on the first page. A change is a correction of the survey.",
        ),
        MultiFieldPanel(
            [FieldPanel("monitoring_consent"), FieldPanel("monitoring_kept_days")],
            "Equality questions",
            help_text=(
                "They lie in a table of their own, are kept only with this agreement, and are "
                "erased when their time is over."
            ),
        ),
        MultiFieldPanel(
            [FieldPanel("starts_new_version"), FieldPanel("version_reason")],
            "Once there are responses",
            classname="collapsed",
            help_text=(
                "Wording may be corrected at any time. Keys, kinds, options, limits, conditions "
                "and what is needed may change only in a new version, so that answers to "
                "different questions are not added up."
            ),
        ),
    ]
    exclude_fields_in_copy = ["version_reason", "follows_version"]
    base_form_class = SurveyPageForm
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

    @path("paper/")
    def on_paper(self, request: HttpRequest) -> HttpResponse:
        """Show the survey as a form to be printed and sent by post."""
        from folkmoot.responses.paper import views

        return views.public_page(request, self)

    @path("paper/pdf/")
    def paper_pdf(self, request: HttpRequest) -> HttpResponse:
        """Send the form on paper as a PDF."""
        from folkmoot.responses.paper import views

        return views.public_pdf(request, self)

    @path("paper/large-print/")
    def large_print_pdf(self, request: HttpRequest) -> HttpResponse:
        """Send the form on paper as a PDF in large print."""
        from folkmoot.responses.paper import views

        return views.public_pdf(request, self, is_large=True)

    @path("later/")
    def later(self, request: HttpRequest) -> HttpResponse:
        """Show the code with which a respondent comes back to what they saved."""
        from folkmoot.responses import views

        return views.later(request, self)

    @path("return/")
    def come_back(self, request: HttpRequest) -> HttpResponse:
        """Lead whoever has a code to what they saved."""
        from folkmoot.responses import views

        return views.come_back(request, self)

    @path("change/")
    def find_own(self, request: HttpRequest) -> HttpResponse:
        """Ask for the reference and the code of a response that was sent."""
        from folkmoot.responses import views

        return views.find_own(request, self)

    @path("change/<str:reference>/")
    def own_response(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Show its sender a response whole, and open it to be changed."""
        from folkmoot.responses import views

        return views.own_response(request, self, reference)

    @path("withdraw/<str:reference>/")
    def withdraw(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Ask whether a response is to be withdrawn, and withdraw it."""
        from folkmoot.responses import views

        return views.withdraw(request, self, reference)

    @path("copy/<str:reference>/")
    def own_copy(self, request: HttpRequest, reference: str) -> HttpResponse:
        """Give its sender a copy of a response, to keep or by e-mail."""
        from folkmoot.responses import views

        return views.own_copy(request, self, reference)

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

    @path("responses/")
    def published_responses(self, request: HttpRequest) -> HttpResponse:
        """List what is published of the responses."""
        from folkmoot.responses import published

        return published.browse(request, self)

    @path("responses/responses.csv/")
    def published_csv(self, request: HttpRequest) -> HttpResponse:
        """Send what is published of the responses as CSV."""
        from folkmoot.responses import published

        return published.browse_csv(request, self)

    @path("responses/<int:number>/")
    def published_response(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show what is published of one response."""
        from folkmoot.responses import published

        return published.one(request, self, number)

    # The questions as every visitor is asked them, where the page is served (see `served`).
    asked: Asked | None = None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show a page of the survey, with what all its visitors share."""
        from folkmoot.responses.served import prepare

        prepare(self)
        served: HttpResponse = super().serve(request, *args, **kwargs)
        return served

    @cached_property
    def consultation(self) -> Consultation:
        """The consultation that the survey belongs to."""
        parent: Consultation = self.get_parent().specific
        return parent

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish or schedule a revision; raise PublicationRefusedError where it may not be asked.

        Every way to publish comes here: the editor, an approval, many pages at once, the schedule.
        """
        hold_to_meaning(revision.as_object())
        super().publish(revision, *args, **kwargs)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The first page and each page of questions, to be looked at while editing."""
        return [
            ("", "First page"),
            *(
                (
                    f"{step.number}",
                    f"{step.number}. {step.title}"
                    f"{'' if step.shown_if == ALWAYS else ' (only for some)'}",
                )
                for step in survey_form(self).steps
            ),
        ]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show a page as a respondent would see it, with nothing counted."""
        from folkmoot.responses import views

        officer = request.user.pk or 0
        trial = Trial(sign(self.pk or 0, officer), officer, is_preview=True)
        if mode_name.isdigit():
            return views.step(request, self, int(mode_name), trial=trial)
        return views.start(request, self, trial=trial)

    @property
    def monitoring_consent_text(self) -> str:
        """What people agree to before their equality answers are kept, with the time in words."""
        return self.monitoring_consent.replace(KEPT_FOR, time_kept(self.monitoring_kept_days))

    @property
    def consents(self) -> tuple[str, str]:
        """The texts that people agree to: on the answers, and on the equality answers.

        Without the marks that the editor gives to paragraphs, which say nothing.
        """
        return EDITORS_MARK.sub("", self.consent), self.monitoring_consent_text

    def clean(self) -> None:
        """Refuse questions whose answers could not be told apart."""
        super().clean()
        if found := faults(survey_form(self)):
            raise ValidationError({"steps": found})

    def seconds_unchanged(self, at: datetime) -> int | None:
        """Return how long the start page stays as it is: until the survey opens or closes."""
        ahead = (self.consultation.opens_at, self.consultation.closes_at)
        return min((int((each - at).total_seconds()) for each in ahead if each > at), default=None)


def time_kept(days: int) -> str:
    """Return a time in words, "12 months" or "90 days"."""
    if days % 365 == 0:
        return f"{days // 365 * 12} months"
    return f"{days} day{'' if days == 1 else 's'}"


class SurveyClosedError(Exception):
    """A response came outside opens_at <= at < closes_at and its grace."""

    def __init__(self, survey: Survey, at: datetime) -> None:
        super().__init__(f"{survey} does not take responses at {at.isoformat()}.")
