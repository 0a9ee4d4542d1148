"""Campaigns, and where every answer stands in a code frame."""

from __future__ import annotations

from django.db import models

from folkmoot.responses.models import Answer
from folkmoot.themes.models.frames import CodeFrame, Theme


class Campaign(models.Model):
    """Answers so alike that one letter lies behind them. Reported, never refused."""

    class Standing(models.TextChoices):
        SUGGESTED = "suggested", "Suggested by machine"
        CONFIRMED = "confirmed", "Confirmed by a person"
        RELEASED = "released", "Released: no campaign"

    class Counting(models.TextChoices):
        BY_SIGNATORY = "by-signatory", "By signatory: every copy counts in its themes"
        ONCE = "once", "Once: all copies together count as one answer"

    frame = models.ForeignKey(CodeFrame, on_delete=models.CASCADE, related_name="campaigns")
    number = models.PositiveSmallIntegerField()
    exemplar = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="+")
    identical_share = models.FloatField(help_text="Share of its answers equal to the exemplar.")
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.SUGGESTED)
    counting = models.CharField(max_length=12, choices=Counting, default=Counting.BY_SIGNATORY)

    class Meta:
        ordering = ["frame", "number"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "number"], name="campaign_number"),
            models.CheckConstraint(
                condition=~models.Q(standing="released", counting="once"),
                name="released_campaign_counts_by_signatory",
            ),
        ]

    def __str__(self) -> str:
        return f"Campaign {self.number} of {self.frame}"


class Assignment(models.Model):
    """Where an answer stands in a code frame. Every answer of the question has one.

    It stands as resolved; else as the person who read it found, or the two who agree; else as the
    machine suggests.
    """

    class Status(models.TextChoices):
        ASSIGNED = "assigned", "Assigned to a theme"
        EMPTY = "empty", "Said nothing"
        CANNOT_TELL = "cannot-tell", "Cannot tell"
        NONE = "none", "None of these"

    class By(models.TextChoices):
        MACHINE = "machine", "Suggested by machine"
        PERSON = "person", "Read by a person"
        RESOLVED = "resolved", "Resolved by a third"

    # Indexes of several fields begin with it.
    frame = models.ForeignKey(
        CodeFrame, on_delete=models.CASCADE, related_name="assignments", db_index=False
    )
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="assignments")
    status = models.CharField(max_length=20, choices=Status)
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="assignments"
    )
    by = models.CharField(max_length=10, choices=By, default=By.MACHINE)
    is_double = models.BooleanField(default=False, help_text="Drawn to be read by two people.")
    readings = models.PositiveSmallIntegerField(
        default=0, help_text="How many people read it, blind to each other."
    )
    in_dispute = models.BooleanField(
        default=False, help_text="Two people differ and nobody has resolved it."
    )
    priority = models.FloatField(
        default=0, help_text="How much is learned by reading it next: uncertain and rare first."
    )
    machine_status = models.CharField(
        max_length=20,
        choices=Status,
        blank=True,
        help_text="What the machine finds where it suggests no theme; empty for “cannot tell”.",
    )
    foretold = models.JSONField(
        null=True,
        blank=True,
        help_text="What the machine learnt from other answers alone would suggest: themes' keys.",
    )
    found = models.TextField(
        blank=True,
        default="",
        help_text="Keys of the themes of its mentions that stand, in order: what pages count by.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["frame", "answer"], name="one_assignment_an_answer")
        ]
        indexes = [
            models.Index(fields=["frame", "readings", "-priority", "id"], name="next_to_be_read"),
            models.Index(
                fields=["frame", "readings", "-priority", "id"],
                condition=models.Q(is_double=True),
                name="drawn_to_be_read",
            ),
            # A page counts 100,000 answers from this index alone.
            models.Index(fields=["frame", "status", "campaign", "found"], name="how_answers_stand"),
            # So does the front page of the workbench, whose counts say who read what.
            models.Index(
                fields=["frame", "status", "readings", "is_double", "in_dispute", "by", "answer"],
                name="how_far_answers_are_read",
            ),
            models.Index(
                fields=["frame", "id"],
                condition=models.Q(in_dispute=True),
                name="answers_in_dispute",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id}: {self.get_status_display()}"


class AssignedTheme(models.Model):
    """That an answer mentions a theme: as the machine suggests, or as one person found.

    Of all rows of an answer those that `stands` are counted.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="mentions")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="mentions")
    coding = models.ForeignKey(
        "themes.Coding",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mentions",
        help_text="Whose reading it is of; empty for the machine's.",
    )
    place = models.PositiveSmallIntegerField(default=1, help_text="1 for the theme most said.")
    score = models.FloatField(
        null=True, blank=True, help_text="How near to the theme, or how probable: 0 to 1."
    )
    exemplar_rank = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="1 for the answer that shows the theme best."
    )
    nearest = models.JSONField(
        null=True,
        blank=True,
        help_text="Answers most like it that people gave the theme; empty before it learnt.",
    )
    stands = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "place"],
                condition=models.Q(coding=None),
                name="one_suggestion_a_place",
            ),
            models.UniqueConstraint(fields=["coding", "place"], name="one_theme_a_place"),
        ]
        indexes = [
            models.Index(fields=["theme", "stands", "coding", "assignment"], name="theme_mentions"),
            # Quotations: the answers that show a theme best, then those nearest to it.
            models.Index(fields=["theme", "-score"], name="nearest_to_a_theme"),
            models.Index(
                fields=["theme", "exemplar_rank"],
                condition=models.Q(exemplar_rank__isnull=False),
                name="exemplars_of_a_theme",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.theme}"
