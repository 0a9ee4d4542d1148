"""CountedAnswers: the answers to a survey's questions, counted as far as a response."""

from __future__ import annotations

from django.db import models


class CountedAnswers(models.Model):
    """Counts of the answers of a survey's responses up to one, whether or not they stand.

    Responses and their answers do not change, so that what came later is counted on top and what
    no longer stands is taken off when a page asks. `responses` tells whether one of those counted
    was removed since: then the counts are made afresh. Acts that erase answers, those to equality
    questions among them, delete the row.
    """

    survey = models.OneToOneField(
        "responses.Survey", on_delete=models.CASCADE, related_name="counted"
    )
    up_to = models.BigIntegerField(help_text="Key of the last response counted.")
    responses = models.PositiveIntegerField()
    counts = models.JSONField(
        help_text="By question, lists of the choices made together and how many made them."
    )
    monitoring = models.JSONField(
        default=dict, help_text="By equality question, how many chose which option."
    )

    def __str__(self) -> str:
        return f"Counts of {self.survey}"
