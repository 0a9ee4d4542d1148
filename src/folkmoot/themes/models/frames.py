"""CodeFrame, its themes, and every version of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from folkmoot.responses.models import Survey


class CodeFrame(models.Model):
    """The themes of one free-text question: suggested by machine, confirmed by a person."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="code_frames")
    question = models.SlugField(max_length=60)
    made_at = models.DateTimeField()
    method = models.JSONField(help_text="How the machine made it: settings and versions.")
    answers_read = models.PositiveIntegerField()
    answers_empty = models.PositiveIntegerField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_current = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1, help_text="Number of its last version.")
    double_share = models.FloatField(
        default=0, help_text="Share of its answers that two people read, 0 to 1."
    )
    learnt_at = models.DateTimeField(
        null=True, blank=True, help_text="When the machine last learnt from what people found."
    )
    learnt_from = models.PositiveIntegerField(
        default=0, help_text="How many answers read by people it learnt from."
    )
    learnt = models.JSONField(
        default=dict, blank=True, help_text="How well it foretold answers that it had not learnt."
    )

    class Meta:
        permissions = [("confirm_themes", "Can suggest, name and confirm themes")]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "question"],
                condition=models.Q(is_current=True),
                name="one_current_code_frame_a_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey}: {self.question}"

    @property
    def is_draft(self) -> bool:
        """Whether it is still the machine's suggestion."""
        return self.confirmed_at is None


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Named filters of themes."""

    def standing(self) -> ThemeQuerySet:
        """Return the themes that were not merged into another."""
        return self.filter(stands_in=None)


class Theme(models.Model):
    """Something that many people said, of one question.

    It is never deleted, for a decision may refer to it. Merged into another, it points at the one
    that stands in its place, which never points further; so is one whose making was undone.
    """

    frame = models.ForeignKey(CodeFrame, on_delete=models.CASCADE, related_name="themes")
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=120)
    label = models.CharField(max_length=160)
    machine_label = models.CharField(
        max_length=160, blank=True, help_text="Empty for a theme that a person made."
    )
    description = models.TextField(blank=True)
    includes = models.TextField("what belongs in it", blank=True)
    excludes = models.TextField("what does not", blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children"
    )
    stands_in = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
        help_text="The theme that stands in its place.",
    )
    is_accepted = models.BooleanField(default=False)
    changed_in = models.PositiveIntegerField(default=1, help_text="The version that changed it.")
    keywords = models.JSONField(default=list)
    cohesion = models.FloatField(
        null=True, help_text="Mean similarity of its answers to its centre, 0 to 1."
    )
    sides = models.JSONField(
        default=list,
        blank=True,
        help_text="Those for and those against, as the machine counted: stance, count, label.",
    )
    learnt_words = models.JSONField(
        default=list, blank=True, help_text="Words that led to it where it was learnt from people."
    )

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["frame", "number"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "number"], name="theme_number"),
            models.UniqueConstraint(fields=["frame", "slug"], name="theme_slug"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def root_id(self) -> int:
        """The key of the theme that its answers are counted under."""
        return self.stands_in_id or self.pk

    @property
    def root(self) -> Theme:
        """The theme that its answers are counted under: the one in its place, or itself."""
        return self.stands_in or self


class FrameVersion(models.Model):
    """A code frame as one edit left it: who, when, what, and every theme whole."""

    frame = models.ForeignKey(CodeFrame, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    what = models.CharField(max_length=500)
    themes = models.JSONField(help_text="The themes' fields, by their keys.")
    moved = models.JSONField(
        default=list, help_text="Mentions that it moved: from which theme, to which, their keys."
    )
    undoes = models.PositiveIntegerField(null=True, help_text="The version that it takes back.")

    class Meta:
        ordering = ["frame", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["frame", "number"], name="frame_version_number")
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of {self.frame}"
