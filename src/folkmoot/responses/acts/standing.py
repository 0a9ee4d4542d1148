"""What follows when a response counts no longer, or counts again."""

from __future__ import annotations

from collections.abc import Sequence

from folkmoot.publishing.purging import count_changed, purge
from folkmoot.responses.models import PublicResponse


def standing_changed(keys: Sequence[int]) -> None:
    """Let public pages be made afresh: at once where one of the responses was published."""
    count_changed()
    if PublicResponse.objects.filter(response__in=keys).exists():
        purge()
