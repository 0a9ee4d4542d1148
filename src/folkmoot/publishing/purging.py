"""Empty the public cache when something that it may show has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

if TYPE_CHECKING:
    from django.db import models

# Responses come by the thousand and are counted within a minute; they do not purge.
SHOWN = frozenset(
    {
        "publishing",
        "plans",
        "consultations",
        "themes",
        "performance",
        "decisions",
        "reports",
        "wagtailcore",
        "wagtailredirects",
    }
)


def purge(**signal: Any) -> None:
    """Forget every kept page, once what changed is committed."""
    transaction.on_commit(cache.clear)


def purge_if_shown(sender: type[models.Model], **signal: Any) -> None:
    """Forget every kept page when a record that pages may show is saved or deleted."""
    if sender._meta.app_label in SHOWN:
        purge()


def connect() -> None:
    """Purge on every publication, and when a record that pages show is saved or deleted."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(purge, dispatch_uid="folkmoot-purge")
    for signal in (post_save, post_delete):
        signal.connect(purge_if_shown, dispatch_uid="folkmoot-purge-records")
