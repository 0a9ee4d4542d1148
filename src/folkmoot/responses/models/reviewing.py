"""What is published of responses: by survey, by answer, and under which public number."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.core.disclosure import SMALLEST_SHOWN
from folkmoot.responses.models.register import Answer, Response


class Publishing(models.Model):
    """That the responses to a survey are published, from when, and how narrow a filter may be.

    A survey without one publishes nothing. Without `from_at` they are public from closing on.
    """

    survey = models.OneToOneField(
        "responses.Survey", on_delete=models.CASCADE, related_name="publishing"
    )
    from_at = models.DateTimeField(null=True, blank=True)
    smallest = models.PositiveSmallIntegerField(
        default=SMALLEST_SHOWN,
        help_text="A filter that leaves fewer responses than this lists none of them.",
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(smallest__gte=2), name="publishing_protects_small_numbers"
            )
        ]

    def __str__(self) -> str:
        return f"Publishing of {self.survey}"


class Decision(models.TextChoices):
    """What a reviewer decided on an answer."""

    APPROVED = "approved", "Published as it is"
    REDACTED = "redacted", "Published with parts taken out"
    REFUSED = "refused", "Not published"


class AnswerReview(models.Model):
    """A reviewer's decision on one answer. The answer itself is never changed by it.

    `spans` are the parts to take out: lists of field ("" for the text, or the code of the option
    beside which it was typed), first and last place (end excluded, line breaks being one mark),
    and reason; in order, none overlapping another. `reason` says why it is not published.
    """

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="review")
    decision = models.CharField(max_length=10, choices=Decision)
    spans = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(decision=Decision.REFUSED) | ~models.Q(reason=""),
                name="refused_answer_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer}: {self.get_decision_display()}"


class PublicResponse(models.Model):
    """A response of which something is published, under a number that leads to nobody.

    `words` are its published answers as the public search reads them, redacted. A number is never
    given again: where nothing is published any more, `is_shown` is false.
    """

    response = models.OneToOneField(Response, on_delete=models.CASCADE, related_name="public")
    survey = models.ForeignKey("responses.Survey", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    is_shown = models.BooleanField(default=True)
    words = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "number"], name="one_response_a_number")
        ]

    def __str__(self) -> str:
        return f"Public response {self.number}"
