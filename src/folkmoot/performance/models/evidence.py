"""What is read, not counted: accounts, case studies, findings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from folkmoot.performance.models.areas import Area
from folkmoot.plans.models import Measure


class Evidence(models.Model):
    """One dated entry of what is read of a qualitative measure.

    Entered by one person and reviewed by another before it shows. It is never changed: one that
    was wrong is withdrawn, with a reason, and entered again.
    """

    class Kind(models.TextChoices):
        ACCOUNT = "account", "A person’s own account"
        CASE_STUDY = "case-study", "Case study"
        INTERVIEWS = "interviews", "Interviews or a focus group"
        INSPECTION = "inspection", "Inspection finding"
        RESEARCH = "research", "Research or evaluation"

    class Consent(models.TextChoices):
        GIVEN = "given", "The person agreed that it is published"
        PUBLISHED = "published", "It was published already, at the source"
        NOBODY = "nobody", "It quotes nobody and tells of no one person"

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="evidence")
    area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dated = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=160)
    finding = models.TextField()
    source = models.CharField(max_length=200)
    author = models.CharField(max_length=160, blank=True)
    quotation = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    consent = models.CharField(max_length=10, choices=Consent)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["-dated", "-id"]
        permissions = [("review_evidence", "Can review evidence before it is shown")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reviewed_by=F("entered_by")), name="evidence_reviewed_by_a_second"
            ),
            models.CheckConstraint(
                condition=~Q(consent="nobody", quotation__gt=""),
                name="evidence_quotes_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawal_reason__gt=""),
                name="evidence_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_shown(self) -> bool:
        """Whether the public reads it."""
        return self.reviewed_at is not None and self.withdrawn_at is None

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to review it."""
        return self.reviewed_at is None and self.withdrawn_at is None
