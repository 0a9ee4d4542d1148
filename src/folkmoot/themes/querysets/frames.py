"""Code frames with their themes and campaigns, and which theme a mention counts for."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, prefetch_related_objects
from django.db.models.functions import Coalesce

from folkmoot.responses.models import Survey
from folkmoot.themes.models import CodeFrame

# A merged theme counts as the one in its place.
ROOT = Coalesce("theme__stands_in_id", "theme_id")
FETCHED = ("themes", "campaigns__exemplar__response")


def current_frames(survey: Survey) -> dict[str, CodeFrame]:
    """Return the current code frame of each question that has one, with its themes."""
    frames = (
        CodeFrame.objects.filter(survey=survey, is_current=True)
        .select_related("confirmed_by")
        .prefetch_related(*FETCHED)
    )
    return {frame.question: frame for frame in frames}


def with_themes(frame: CodeFrame) -> CodeFrame:
    """Return a frame with what its pages need of it fetched."""
    prefetch_related_objects([frame], *FETCHED)
    return frame


def mentions_of(themes: Collection[int]) -> Q:
    """Return what leaves the mentions of themes, of those merged into them and of those below."""
    own = Q(theme__in=themes) | Q(theme__stands_in__in=themes)
    return own | Q(theme__parent__in=themes) | Q(theme__stands_in__parent__in=themes)
