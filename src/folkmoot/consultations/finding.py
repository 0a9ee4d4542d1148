"""Updates of consultations as search finds them: each at its own place on the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from folkmoot.consultations.models import Update
from folkmoot.consultations.news import anchor
from folkmoot.publishing.clock import local
from folkmoot.publishing.search.results import Found, register_kind
from folkmoot.publishing.visibility import public_pages

if TYPE_CHECKING:
    from wagtail.models import Site


def updates(keys: Sequence[int], site: Site, at: datetime) -> dict[int, Found]:
    """Return the updates the public may read: of a page it may see, none before its day."""
    found = Update.objects.filter(
        pk__in=keys,
        on__lte=local(at).date(),
        consultation__in=public_pages(site, at).values("pk"),
    ).select_related("consultation")
    return {
        each.pk: Found(
            title=each.title,
            kind=f"Update of {each.on.day} {each.on:%B %Y}",
            url=f"{each.consultation.url}#{anchor(each)}",
            page=each.consultation,
            is_part=True,
        )
        for each in found
    }


def register() -> None:
    """Let search find updates."""
    register_kind(Update, updates)
