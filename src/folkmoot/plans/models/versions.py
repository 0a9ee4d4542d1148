"""What a plan said on a day, kept for good."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import models

from folkmoot.core.comparison import Part


class VersionKind(models.TextChoices):
    """What a version is to the public."""

    DRAFT = "draft", "Draft"
    FINAL = "final", "Final version"
    CORRECTION = "correction", "Correction"


class PlanVersion(models.Model):
    """The words of a plan as the public could read them on a day.

    Made from the live pages by `acts.keep_version` and never changed: the database refuses every
    update by trigger (migration 0002), the admin has no form for it, and the page of a version
    shows the fingerprint of what was kept. Deletion is refused by the plan that a version belongs
    to (PROTECT) rather than by trigger: a body that withdraws a whole site may take its database
    with it, but nobody can rewrite what people were asked about.
    """

    Kind = VersionKind

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=20, choices=Kind)
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    published_on = models.DateField()
    kept_at = models.DateTimeField()
    note = models.TextField("what changed", blank=True)
    contents = models.JSONField(help_text="Its sections: key, number, title, slug, html.")
    sha256 = models.CharField("fingerprint", max_length=64)

    class Meta:
        ordering = ["plan", "kept_at", "id"]
        verbose_name = "version of a plan"
        verbose_name_plural = "versions of plans"
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug"], name="version_slug"),
            models.CheckConstraint(
                condition=~models.Q(kind="correction", note=""),
                name="correction_says_what_changed",
                violation_error_message="Write what the correction changed.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """Its title inside a sentence: "draft of 16 November 2021"."""
        return f"{self.title[:1].lower()}{self.title[1:]}"

    @property
    def parts(self) -> list[Part]:
        """The sections as they were, in their order."""
        return [Part(**part) for part in self.contents]

    @property
    def is_as_kept(self) -> bool:
        """Whether the words still have the fingerprint they were kept with."""
        return fingerprint(self.contents) == self.sha256


def frozen(parts: Sequence[Part]) -> list[dict[str, Any]]:
    """Return sections as a version keeps them."""
    return [asdict(part) for part in parts]


def fingerprint(contents: Sequence[dict[str, Any]]) -> str:
    """Return the SHA-256 of frozen sections: the same words give the same on every database."""
    written = json.dumps(contents, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
