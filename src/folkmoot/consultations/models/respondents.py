"""Respondent: whom "people" are counted by, in whatever activities they took part."""

from __future__ import annotations

from django.db import models


class Respondent(models.Model):
    """Somebody who took part, once however many activities they took part in.

    Added when they take part (a response is submitted, a workshop attended), so that the number
    of respondents with `took_part_at` up to an instant is the number of people by then.
    """

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", "Individual"
        ORGANISATION = "organisation", "Organisation"

    # The index of consultation and time begins with it.
    consultation = models.ForeignKey(
        "consultations.Consultation",
        on_delete=models.PROTECT,
        related_name="respondents",
        db_index=False,
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.INDIVIDUAL)
    organisation = models.CharField(max_length=200, blank=True)
    contact_name = models.CharField(
        max_length=200,
        blank=True,
        help_text="Who wrote for the organisation. Never published.",
    )
    contact_role = models.CharField(
        max_length=200, blank=True, help_text="Their role in the organisation."
    )
    has_authority = models.BooleanField(
        null=True,
        blank=True,
        help_text="Whether they said that they may answer for the organisation.",
    )
    took_part_at = models.DateTimeField("first took part at")
    email_digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="Keyed hash of an e-mail address, so that one person is counted once.",
    )
    is_generated = models.BooleanField("generated for demonstration", default=False)

    class Meta:
        indexes = [
            models.Index(fields=["consultation", "took_part_at"]),
            # Few of those who answer are organisations; these alone are looked for by name.
            models.Index(
                fields=["organisation"],
                condition=models.Q(kind="organisation"),
                name="respondent_organisations",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "email_digest"],
                condition=~models.Q(email_digest=""),
                name="one_respondent_an_email",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="organisation")
                | models.Q(contact_name="", contact_role="", has_authority__isnull=True),
                name="contact_of_organisation_only",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation or f"Respondent {self.pk}"
