"""What a plan promises, the steps towards it, and what was reported of it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from folkmoot.core import standing as standings
from folkmoot.core.days import day_in_words
from folkmoot.plans.models.measures import Measure
from folkmoot.publishing.clock import today

LATE_WITHOUT_REASON = (
    "It is expected after the day it was due: write in plain words why it is late."
)
OVERDUE_WITHOUT_REASON = (
    "The day it was due has passed and it is not completed: write in plain words why it is late, "
    "or the day on which it was completed."
)


class Commitment(ClusterableModel):
    """Something the body promised to do, by a day, with somebody who leads it."""

    plan = models.ForeignKey("plans.Plan", on_delete=models.CASCADE, related_name="commitments")
    section = models.ForeignKey(
        "plans.Section",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="commitments",
    )
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    promise = models.TextField(help_text="What will be done, in one or two sentences.")
    lead = models.CharField("who leads it", max_length=120)
    due = models.DateField()
    forecast = models.DateField("now expected", null=True, blank=True)
    completed = models.DateField("completed on", null=True, blank=True)
    lateness = models.TextField("why it is late", blank=True)
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="commitments", help_text="What will show that it worked."
    )
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["plan", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug"], name="commitment_slug"),
            models.CheckConstraint(
                condition=models.Q(forecast__isnull=True)
                | models.Q(forecast__lte=models.F("due"))
                | ~models.Q(lateness=""),
                name="late_commitment_says_why",
                violation_error_message=LATE_WITHOUT_REASON,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a section of another plan, a completion to come, and lateness without a reason."""
        super().clean()
        wrong = faults_of_days(self)
        if self.section and self.plan_id and not self.section.is_child_of(self.plan):
            wrong["section"] = (
                f"“{self.section}” is in another plan: choose a section of “{self.plan.title}”."
            )
        if wrong:
            raise ValidationError(wrong)

    def standing(self, on: date) -> standings.Standing:
        """Return how the commitment stands on a day, by the forecast that was known then.

        Asks for all its forecasts: prefetch them for a list.
        """
        return standings.standing(self.due, self.expected_on(on) or self.due, self.completed, on)

    def expected_on(self, on: date) -> date | None:
        """Return the day that was expected as known on a day; None where it was as due."""
        said = [(each.said_on, each.expected) for each in self._forecasts()]
        return standings.forecast_on(said, on) if said else self.forecast

    def reason_on(self, on: date) -> str:
        """Return why it was late as known on a day; empty where nothing was said by then."""
        said = [each for each in self._forecasts() if each.said_on <= on]
        if self.lateness and on >= today():
            return self.lateness
        return said[-1].reason if said else ""

    def _forecasts(self) -> list[Forecast]:
        return [each for each in self.forecasts.all() if each.milestone_id is None]

    @property
    def standing_today(self) -> str:
        """How the commitment stands today, for the list in the admin."""
        return self.standing(today()).value


class Milestone(Orderable):
    """A step towards a commitment."""

    commitment = ParentalKey(Commitment, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    due = models.DateField()
    forecast = models.DateField("now expected", null=True, blank=True)
    completed = models.DateField("completed on", null=True, blank=True)
    lateness = models.TextField("why it is late", blank=True)

    class Meta(Orderable.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(forecast__isnull=True)
                | models.Q(forecast__lte=models.F("due"))
                | ~models.Q(lateness=""),
                name="late_milestone_says_why",
                violation_error_message=LATE_WITHOUT_REASON,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a completion that is still to come, and lateness without a reason."""
        super().clean()
        if wrong := faults_of_days(self):
            raise ValidationError(wrong)

    def standing(self, on: date) -> standings.Standing:
        """Return how the milestone stands on a day, by its latest forecast."""
        return standings.standing(self.due, self.forecast or self.due, self.completed, on)


def faults_of_days(work: Commitment | Milestone) -> dict[str, str]:
    """Return what cannot be so of the days of promised work, by field; empty where all can."""
    on = today()
    wrong = {}
    if work.completed is not None and work.completed > on:
        wrong["completed"] = (
            f"{day_in_words(work.completed)} is still to come: write the day on "
            "which it was completed, or leave this empty and use “now expected”."
        )
    # A form with a day that cannot be read comes here without it.
    if isinstance(work.due, date) and not work.lateness.strip():
        if work.forecast is not None and work.forecast > work.due:
            wrong["lateness"] = LATE_WITHOUT_REASON
        elif standings.needs_reason(work.due, work.forecast, work.completed, on):
            wrong["lateness"] = OVERDUE_WITHOUT_REASON
    return wrong


class Forecast(models.Model):
    """By when work was expected, as somebody said on a day. Added to, never changed.

    The latest is what `forecast` of the commitment or of the milestone says.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="forecasts")
    milestone = models.ForeignKey(
        Milestone,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="forecasts",
        help_text="Empty for the commitment as a whole.",
    )
    said_on = models.DateField()
    expected = models.DateField(null=True, blank=True, help_text="Empty: on the day it was due.")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["said_on", "id"]

    def __str__(self) -> str:
        return f"{self.milestone or self.commitment}: {self.expected or 'as due'}"


class ProgressUpdate(models.Model):
    """What was reported of a commitment on a day. Added to, never changed.

    One that was reported in error stays, and another withdraws it.
    """

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="progress_updates"
    )
    on = models.DateField()
    text = models.TextField()
    withdraws = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="withdrawn_by"
    )

    class Meta:
        ordering = ["commitment", "-on", "-id"]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.on}"

    def clean(self) -> None:
        """Refuse a day that is still to come."""
        super().clean()
        if isinstance(self.on, date) and self.on > today():
            sentence = (
                f"{day_in_words(self.on)} is still to come: write the day on which it was reported."
            )
            raise ValidationError({"on": sentence})
