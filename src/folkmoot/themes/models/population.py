"""The population that respondents are compared with and weighted to, and what weighting found."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.responses.models import Survey


class PopulationTable(models.Model):
    """How a population divides by one question of a survey, as one imported file gave it.

    A later table takes the place of an earlier one and never overwrites it. Undone, it leaves its
    place to the one before.
    """

    class Standing(models.TextChoices):
        CURRENT = "current", "In use"
        REPLACED = "replaced", "Replaced by a later one"
        UNDONE = "undone", "Undone"

    class Unit(models.TextChoices):
        PEOPLE = "people", "People"
        SHARE = "share", "Share"

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="population_tables")
    question = models.SlugField(max_length=124, help_text="Key of the question in the survey.")
    unit = models.CharField(max_length=10, choices=Unit)
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=200)
    day = models.DateField(help_text="The day that the figures are for.")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField("SHA-256 of the file", max_length=64)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.CURRENT)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["survey", "question", "-id"]
        default_permissions = ("add",)
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question"],
                condition=models.Q(standing="current"),
                name="one_current_population_a_question",
            )
        ]

    def __str__(self) -> str:
        return f"Population by {self.question}: {self.source}"


class PopulationMargin(models.Model):
    """One level of a population table: an option of the question, and its people or its share.

    0 says that people of this level are not part of the population.
    """

    table = models.ForeignKey(PopulationTable, on_delete=models.CASCADE, related_name="margins")
    number = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=60, help_text="Code of the option.")
    figure = models.FloatField()

    class Meta:
        ordering = ["table", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["table", "level"], name="one_margin_a_level"),
            models.CheckConstraint(
                condition=models.Q(figure__gte=0), name="population_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.figure:g}"


class KeptWeighting(models.Model):
    """What weighting found for a survey, kept so that no page has to weigh 100,000 responses.

    `stands_for` says what it was made from; where that has changed it is made again. It holds
    shares and no answers, and outlives the equality answers that it was made from.
    """

    survey = models.OneToOneField(Survey, on_delete=models.CASCADE, related_name="weighting")
    made_at = models.DateTimeField()
    stands_for = models.JSONField()
    found = models.JSONField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Weighting of {self.survey}"
