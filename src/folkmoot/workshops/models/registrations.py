"""Registration: somebody's place in a workshop; and the link by which an online one is joined."""

from __future__ import annotations

import secrets

from django.db import models

from folkmoot.workshops.models.pages import Workshop


def new_key() -> str:
    """Return a new key of a personal page, which nobody can guess."""
    return secrets.token_urlsafe(32)


class Registration(models.Model):
    """Somebody who asked for a place, once a workshop and e-mail address.

    A place has a seat, and no two places of a workshop the same one: the database itself refuses
    to give the last seat twice. Erased, the row stays for the counts and says nothing of anybody.
    """

    class Standing(models.TextChoices):
        PLACE = "place", "Has a place"
        WAITING = "waiting", "On the waiting list"
        CANCELLED = "cancelled", "Cancelled"

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="registrations")
    key = models.CharField(
        max_length=43, unique=True, default=new_key, help_text="Leads to their own page."
    )
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    email_digest = models.CharField(max_length=64, blank=True, editable=False)
    access_needs = models.TextField(max_length=2000, blank=True)
    consent = models.TextField(blank=True, help_text="The consent text as they saw it.")
    standing = models.CharField(max_length=10, choices=Standing)
    seat = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="From 1 to the capacity; walk-ins may come on top."
    )
    queued_at = models.DateTimeField(help_text="Who waits longest is promoted first.")
    placed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(
        null=True, blank=True, help_text="When they were last sent an e-mail."
    )
    reminded_at = models.DateTimeField(null=True, blank=True)
    told = models.CharField(
        max_length=64, blank=True, help_text="Mark of the session as they were last told of it."
    )
    sequence = models.PositiveSmallIntegerField(
        default=0, help_text="How often their calendar entry changed."
    )
    respondent = models.ForeignKey(
        "consultations.Respondent",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
        help_text="Whom they count as: known from a survey's reference, or from their attendance.",
    )
    arrived_at = models.DateTimeField(null=True, blank=True)
    is_walk_in = models.BooleanField("came without registering", default=False)
    is_generated = models.BooleanField("generated for demonstration", default=False)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workshop", "standing", "queued_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "email_digest"],
                condition=~models.Q(email_digest=""),
                name="one_registration_an_email",
            ),
            models.UniqueConstraint(fields=["workshop", "seat"], name="one_person_a_seat"),
            models.CheckConstraint(
                # Said of null as well: a check that is neither true nor false passes.
                condition=models.Q(standing="place", seat__isnull=False, seat__gte=1)
                | (~models.Q(standing="place") & models.Q(seat__isnull=True)),
                name="a_place_has_a_seat",
            ),
            models.CheckConstraint(
                condition=models.Q(arrived_at__isnull=True) | models.Q(standing="place"),
                name="who_arrived_has_a_place",
            ),
        ]

    def __str__(self) -> str:
        # Stands in the audit record, which knows no name.
        return f"Registration {self.pk} for {self.workshop.title}"

    @property
    def has_place(self) -> bool:
        """Whether they have a place."""
        return self.standing == self.Standing.PLACE

    @property
    def is_waiting(self) -> bool:
        """Whether they are on the waiting list."""
        return self.standing == self.Standing.WAITING


class JoiningLink(models.Model):
    """Where an online workshop is joined: shown to those with a place, near the time only."""

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="joining_link")
    address = models.URLField("joining link", max_length=500)
    note = models.CharField(
        "how to join",
        max_length=300,
        blank=True,
        help_text="Such as a meeting number, a passcode, or a number to call.",
    )

    def __str__(self) -> str:
        return f"Joining link of {self.workshop.title}"
