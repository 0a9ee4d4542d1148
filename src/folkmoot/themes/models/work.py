"""Long work of the machine on a question, done by the worker while people go on."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.responses.models import Survey


class Work(models.Model):
    """One piece of long work: who asked for it, how far it is, how it ended.

    What it makes is written in one transaction together with its end, by the attempt that is
    under way then: one that was cancelled, or taken for lost, writes nothing.
    """

    class Kind(models.TextChoices):
        SUGGEST = "suggest", "Suggest themes"
        LEARN = "learn", "Learn from what was read"
        PLACE = "place", "Place new answers"
        DRAW = "draw", "Draw answers for two people"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Under way"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        FAILED = "failed", "Failed"
        INTERRUPTED = "interrupted", "Interrupted"

    OPEN = (State.WAITING, State.RUNNING)

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    question = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind)
    options = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Empty where the site began it by itself.",
    )
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=1)
    heard_at = models.DateTimeField(help_text="When its worker last gave a sign of life.")
    step = models.CharField(max_length=200, blank=True)
    share = models.FloatField(default=0, help_text="How much of it is done, 0 to 1.")
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=500, blank=True, help_text="How it ended, in a sentence.")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_work_at_a_time_a_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.question}"

    @property
    def is_open(self) -> bool:
        """Whether it has not come to its end."""
        return self.state in self.OPEN
