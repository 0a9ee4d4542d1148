"""What is counted, or read, to see whether an outcome comes about."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from folkmoot.core.periods import Month
from folkmoot.plans.models.framework import Outcome


class Measure(models.Model):
    """What is counted, or read, to see whether an outcome comes about.

    A month is kept as its first day. `areas` names those that it is given for, one a line; empty
    for every area that its source has. `trajectory` holds pairs of a month ("2024-03") and the
    figure that is to be reached by then, earliest first.
    """

    class Kind(models.TextChoices):
        QUANTITATIVE = "quantitative", "Quantitative"
        QUALITATIVE = "qualitative", "Qualitative"

    class Better(models.TextChoices):
        """The direction in which a change is an improvement."""

        LOWER = "decrease", "Lower is better"
        HIGHER = "increase", "Higher is better"
        NEUTRAL = "neutral", "Neither way is better by itself"

    class Status(models.TextChoices):
        """What kind of statistic it is; the words are those of the Office for Statistics
        Regulation."""

        ACCREDITED = "accredited", "Accredited official statistics"
        OFFICIAL = "official", "Official statistics, not accredited"
        DEVELOPMENT = "development", "Official statistics in development"
        MANAGEMENT = "management", "Management information"

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="measures")
    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.QUANTITATIVE)
    series = models.CharField(
        max_length=80,
        blank=True,
        help_text="Name of the published series that feeds it, such as personal-robbery.",
    )
    unit = models.CharField(
        max_length=60, blank=True, help_text="Left empty, that of the series: “offences recorded”."
    )
    numerator = models.CharField(
        "what is counted", max_length=200, blank=True, help_text="Such as: people who agree."
    )
    denominator = models.CharField(
        "out of what",
        max_length=200,
        blank=True,
        help_text="Such as: people asked. Empty: a count.",
    )
    better = models.CharField(max_length=10, choices=Better, default=Better.NEUTRAL)
    areas = models.TextField(
        "areas it is given for",
        blank=True,
        help_text="Names or codes, one a line. Empty: every area that its source has.",
    )
    baseline_from = models.DateField("baseline from", null=True, blank=True)
    baseline_to = models.DateField("baseline to", null=True, blank=True)
    target = models.FloatField(
        null=True,
        blank=True,
        help_text="In the unit of its figures; a share of people as 0.7 for 70%. Empty: none.",
    )
    target_by = models.DateField("target by", null=True, blank=True)
    trajectory = models.JSONField(default=list, blank=True)
    screens = models.BooleanField(
        "leave outlying months out of the limits",
        default=False,
        help_text="Narrows the usual range: choose it before seeing what it does, and say why in "
        "the caveat.",
    )
    status = models.CharField(
        "status of the statistic",
        max_length=20,
        choices=Status,
        blank=True,
        help_text="Left empty, what the release says.",
    )
    owner = models.CharField(
        max_length=120,
        blank=True,
        help_text="The post that answers for it and explains its changes.",
    )
    definition = models.TextField(help_text="What exactly is counted or read, in plain words.")
    caveat = models.TextField(blank=True, help_text="Printed beside every figure of it.")
    source_note = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["outcome", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "slug"], name="measure_slug"),
            models.CheckConstraint(
                condition=~Q(kind="qualitative", series__gt=""),
                name="qualitative_measure_has_no_series",
                violation_error_message="A qualitative measure has no published series.",
            ),
            models.CheckConstraint(
                condition=Q(kind="quantitative") | Q(target=None, baseline_from=None),
                name="qualitative_measure_has_no_figures",
                violation_error_message="A qualitative measure is read, not counted: leave target "
                "and baseline empty.",
            ),
            models.CheckConstraint(
                condition=Q(baseline_from=None, baseline_to=None)
                | Q(
                    # A comparison with nothing is neither true nor false to a database.
                    baseline_from__isnull=False,
                    baseline_to__isnull=False,
                    baseline_from__lt=F("baseline_to"),
                ),
                name="measure_baseline_begins_before_it_ends",
                violation_error_message="A baseline has a first and a later last month: give both "
                "or neither.",
            ),
            models.CheckConstraint(
                condition=Q(target=None) | ~Q(better="neutral"),
                name="measure_target_has_a_direction",
                violation_error_message="Where neither way is better, no target can be met or "
                "missed: choose a direction, or leave the target empty.",
            ),
            models.CheckConstraint(
                condition=Q(target_by=None) | Q(target__isnull=False),
                name="measure_target_day_has_a_target",
                violation_error_message="“Target by” has no target: give the figure that is to be "
                "reached, or leave the month empty.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse what cannot be read as it is defined, with a sentence for each field."""
        from folkmoot.plans.defining import problems

        super().clean()
        if wrong := problems(self):
            raise ValidationError(wrong)

    @property
    def baseline(self) -> tuple[Month, Month] | None:
        """First and last month of the period that limits come from."""
        if self.baseline_from is None or self.baseline_to is None:
            return None
        return Month.from_date(self.baseline_from), Month.from_date(self.baseline_to)

    @property
    def target_points(self) -> tuple[tuple[Month, float], ...]:
        """The trajectory with the target at its end, where it has a month."""
        points = {Month.parse(month): float(value) for month, value in self.trajectory}
        if self.target is not None and self.target_by is not None:
            points[Month.from_date(self.target_by)] = self.target
        return tuple(sorted(points.items()))

    @property
    def area_names(self) -> tuple[str, ...]:
        """Names or codes of the areas it is given for; none where it is given for all."""
        return tuple(line.strip() for line in self.areas.splitlines() if line.strip())

    def is_given_for(self, *names: str) -> bool:
        """Whether it is given for an area with one of these names or codes."""
        given = {name.casefold() for name in self.area_names}
        return not given or any(name.casefold() in given for name in names)
