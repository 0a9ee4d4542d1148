"""EqualityImpactAssessment: what a proposal means for people with protected characteristics."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from folkmoot.publishing.models import RICH_TEXT, BasePage


class EqualityImpactAssessment(BasePage):
    """What a plan means for people by protected characteristic, and what is done about it."""

    version = models.CharField(max_length=20, default="1.0")
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
    template = "consultations/equality_impact.html"


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
                fields=["assessment", "characteristic"], name="one_impact_a_characteristic"
            )
        ]

    def __str__(self) -> str:
        return self.get_characteristic_display()
