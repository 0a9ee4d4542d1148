"""EqualityImpactAssessment: what a proposal means for people with protected characteristics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from folkmoot.consultations.forms import AssessmentForm
from folkmoot.publishing.models import RICH_TEXT, BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest


class EqualityImpactAssessment(BasePage):
    """What a plan means for people by protected characteristic, and what is done about it.

    Each version is a page of its own beside the earlier ones, so that every version stays
    readable at its address. An editor copies the page and raises its version.
    """

    version = models.PositiveSmallIntegerField(
        default=1,
        validators=[MinValueValidator(1, "Versions are counted from 1.")],
        help_text="For a new version, copy this page and raise the number: the old one stays.",
    )
    assessed_on = models.DateField("day of this version")
    assessed_by = models.CharField("who answers for it", max_length=120)
    introduction = RichTextField(features=RICH_TEXT, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("version"),
        FieldPanel("assessed_on"),
        FieldPanel("assessed_by"),
        FieldPanel("introduction"),
        InlinePanel("impacts", label="Impacts"),
    ]
    parent_page_types = ["consultations.Consultation", "plans.Plan"]
    subpage_types: list[str] = []
    template = "consultations/assessment.html"
    base_form_class = AssessmentForm

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from folkmoot.consultations import presenters

        return super().get_context(request, *args, **kwargs) | presenters.assessment_page(self)


class EqualityImpact(Orderable):
    """The impact on people with one protected characteristic."""

    class Characteristic(models.TextChoices):
        """Section 4 of the Equality Act 2010."""

        AGE = "age", "Age"
        DISABILITY = "disability", "Disability"
        GENDER_REASSIGNMENT = "gender-reassignment", "Gender reassignment"
        MARRIAGE = "marriage", "Marriage and civil partnership"
        PREGNANCY = "pregnancy", "Pregnancy and maternity"
        RACE = "race", "Race"
        RELIGION = "religion", "Religion or belief"
        SEX = "sex", "Sex"
        SEXUAL_ORIENTATION = "sexual-orientation", "Sexual orientation"

    class Effect(models.TextChoices):
        POSITIVE = "positive", "Positive"
        NEGATIVE = "negative", "Negative"
        BOTH = "both", "Positive and negative"
        NONE = "none", "None found"

    assessment = ParentalKey(
        EqualityImpactAssessment, on_delete=models.CASCADE, related_name="impacts"
    )
    characteristic = models.CharField(max_length=30, choices=Characteristic)
    effect = models.CharField(max_length=10, choices=Effect)
    evidence = models.TextField(help_text="What is known, and from where.")
    impact = models.TextField(help_text="What the plan would mean for them.")
    mitigation = models.TextField(blank=True, help_text="What is done about it.")
    action_by = models.CharField("who does it", max_length=120, blank=True)
    due = models.DateField("by when", null=True, blank=True)

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "characteristic"],
                name="one_impact_a_characteristic",
                violation_error_message="Each characteristic has one entry: join the two.",
            )
        ]

    def __str__(self) -> str:
        return self.get_characteristic_display()

    def clean(self) -> None:
        """Refuse a harm that nothing is said to be done about, and an action that is nobody's."""
        super().clean()
        name = self.get_characteristic_display()
        wrong = {}
        if self.effect in (self.Effect.NEGATIVE, self.Effect.BOTH) and not self.mitigation:
            wrong["mitigation"] = (
                f"“{name}” has a negative impact: write what is done about it, "
                "or that nothing can be done and why."
            )
        if self.mitigation and not self.action_by:
            wrong["action_by"] = f"Write who does what is said under “{name}”."
        if wrong:
            raise ValidationError(wrong)
