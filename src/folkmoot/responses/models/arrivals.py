"""How much comes over one connection and how often one text comes, without saying whose it is.

An address is kept only as a keyed hash. The key is of one day; when it is deleted, nobody can
link the hashes to an address, or those of two days to each other, any more.
"""

from __future__ import annotations

from django.db import models


class AddressKey(models.Model):
    """The key with which addresses are hashed on one day."""

    day = models.DateField(primary_key=True)
    key = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Key of {self.day}"


class Bucket(models.Model):
    """What one connection, or one mailbox, has taken of one allowance.

    A token bucket in one number: `full_at` is when the bucket is full again. Each use moves it on
    by the time in which one use grows back; a use that would move it further ahead than the whole
    bucket is worth is one too many.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    day = models.DateField(db_index=True, help_text="Whose key the digest was made with.")
    full_at = models.FloatField(help_text="Seconds since 1970.")

    def __str__(self) -> str:
        return f"Bucket {self.digest[:8]}"


class TextCount(models.Model):
    """How often a text came as an answer to a survey, by the keyed hash of its words."""

    survey = models.ForeignKey("responses.Survey", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["survey", "digest"], name="one_count_a_text")
        ]

    def __str__(self) -> str:
        return f"{self.times} times"
