"""Flag: why somebody should look at a response. A flag never keeps a response out."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class FlagKind(models.TextChoices):
    """What a response is flagged for: the first by the site itself, the others by officers."""

    HONEYPOT = "honeypot", "A hidden field was filled in"
    NO_PROOF = "no-proof", "Sent without the browser's work or the pause in its place"
    TOO_FAST = "too-fast", "Answered faster than anybody reads"
    SAME_ADDRESS = "same-address", "Many came over one connection in a short time"
    SAME_TEXT = "same-text", "The same text came many times"
    CAMPAIGN = "campaign", "Part of a campaign"
    ABUSIVE = "abusive", "Abusive"
    SAFEGUARDING = "safeguarding", "Somebody may need help"
    DUPLICATE = "duplicate", "May be a duplicate"
    OTHER = "other", "Something else"


MACHINE_KINDS = (
    FlagKind.HONEYPOT,
    FlagKind.NO_PROOF,
    FlagKind.TOO_FAST,
    FlagKind.SAME_ADDRESS,
    FlagKind.SAME_TEXT,
)
OFFICER_KINDS = (
    FlagKind.CAMPAIGN,
    FlagKind.ABUSIVE,
    FlagKind.SAFEGUARDING,
    FlagKind.DUPLICATE,
    FlagKind.OTHER,
)


class FlagQuerySet(models.QuerySet["Flag"]):
    """Named filters of flags."""

    def raised(self) -> FlagQuerySet:
        """Return the flags that nobody has cleared."""
        return self.filter(cleared_at__isnull=True)

    def by_machine(self) -> FlagQuerySet:
        """Return the flags that the site itself made."""
        return self.filter(kind__in=MACHINE_KINDS)


class Flag(models.Model):
    """A mark on a response, with its reason. It is cleared, never deleted.

    `made_by` is empty for a flag that the site itself made, and for one of an officer whose
    account is gone; the kind tells the two apart.
    """

    response = models.ForeignKey(
        "responses.Response", on_delete=models.CASCADE, related_name="flags"
    )
    kind = models.CharField(max_length=20, choices=FlagKind)
    reason = models.TextField(help_text="One sentence, without anything that tells who it was.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(fields=["kind", "cleared_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "kind"],
                condition=models.Q(cleared_at__isnull=True),
                name="one_raised_flag_of_a_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(cleared_by__isnull=True) | models.Q(cleared_at__isnull=False),
                name="flag_cleared_by_and_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response}: {self.get_kind_display()}"
