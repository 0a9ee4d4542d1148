"""Addresses of themes, which are never given away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.text import slugify

from folkmoot.themes.models import CodeFrame, Theme

if TYPE_CHECKING:
    from django.db.models import QuerySet


def free_slugs(frame: CodeFrame, labels: Sequence[str]) -> list[str]:
    """Return an address for each label that no public theme of the survey has.

    Themes of a draft that was replaced were never confirmed: their addresses are free again.
    """
    taken = set(_public(frame).values_list("slug", flat=True))
    slugs = []
    for number, label in enumerate(labels, 1):
        plain = slugify(label)[:100].strip("-") or f"theme-{number}"
        slug, copy = plain, 1
        while slug in taken:
            copy += 1
            slug = f"{plain}-{copy}"
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _public(frame: CodeFrame) -> QuerySet[Theme]:
    frames = CodeFrame.objects.filter(survey=frame.survey)
    kept = frames.filter(is_current=True) | frames.filter(confirmed_at__isnull=False)
    return Theme.objects.filter(frame__in=kept | frames.filter(pk=frame.pk))
