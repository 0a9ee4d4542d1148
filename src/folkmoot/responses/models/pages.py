"""Survey: an activity of a consultation, with what an officer sets of it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from folkmoot.core.routing import ALWAYS
from folkmoot.publishing.models import RICH_TEXT, BasePage
from folkmoot.responses.blocks import StepsBlock
from folkmoot.responses.editing import SurveyPageForm
from folkmoot.responses.holding import hold_to_meaning
from folkmoot.responses.models.addresses import SurveyAddresses
from folkmoot.responses.questions import faults, survey_form
from folkmoot.responses.trials import Trial, sign

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


class Survey(SurveyAddresses, BasePage):
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
