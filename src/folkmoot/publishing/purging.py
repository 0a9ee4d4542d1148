"""Begin a new edition of the site when something that public pages may show has changed.

The edition is the date of one empty file in `FOLKMOOT_VAR`: every process of a machine, the
server's and the command line's, sees the change at once, and asking costs two microseconds. App
servers on other machines follow within `PUBLIC_CACHE_SECONDS`.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

if TYPE_CHECKING:
    from django.db import models

EDITION = "edition"
SECONDS_BETWEEN_COUNTS = 20
# Responses come by the thousand; they call `count_changed` instead.
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
# Records that no page shows, and that change all day.
UNSEEN = frozenset(
    {
        "publishing.OutgoingMail",
        "publishing.JobRun",
        "publishing.Follower",
        "publishing.Following",
        "publishing.ToldNews",
        # Counted by `count_changed`.
        "consultations.Respondent",
        "themes.Assignment",
        "themes.AssignedTheme",
        "themes.Coding",
        "themes.Claim",
        "themes.Work",
        # Drafts and the notes on them.
        "wagtailcore.Comment",
        "wagtailcore.CommentReply",
        "wagtailcore.ModelLogEntry",
        "wagtailcore.PageLogEntry",
        "wagtailcore.PageSubscription",
        "wagtailcore.ReferenceIndex",
        "wagtailcore.Revision",
        "wagtailcore.TaskState",
        "wagtailcore.WorkflowState",
    }
)
# What Wagtail writes into a page when only its draft was saved, as the editor does by itself.
DRAFTED = frozenset(
    {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}
)


def edition() -> int:
    """Return the number of the site's edition: what is kept under another must not be shown."""
    try:
        # Asked for every page sent, hence no pathlib: it takes twice as long.
        return os.stat(f"{settings.VAR}/{EDITION}").st_mtime_ns  # noqa: PTH116
    except FileNotFoundError:
        return 0


def begin_edition() -> None:
    """Let no process show again what it kept before now."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    file = settings.VAR / EDITION
    file.touch()
    # A file system dates by the tick, which two changes may share.
    os.utime(file, ns=(time.time_ns(), time.time_ns()))


def count_changed() -> None:
    """Forget every kept page, once committed, as a count that pages show has changed.

    At most one edition begins so in `SECONDS_BETWEEN_COUNTS`, so that a flood of responses does not
    keep the site from keeping pages. What came meanwhile is shown when the pages that were kept
    last grow old: within a minute.
    """
    transaction.on_commit(_begin_edition_unless_young)


def _begin_edition_unless_young() -> None:
    if time.time_ns() - edition() >= SECONDS_BETWEEN_COUNTS * 10**9:
        begin_edition()


def purge(**signal: Any) -> None:
    """Forget every kept page, once what changed is committed.

    What this process kept of parts of pages goes at once, as this transaction may show it.
    """
    from folkmoot.publishing.keeping import forget

    forget()
    transaction.on_commit(begin_edition)


def purge_if_shown(
    sender: type[models.Model], update_fields: frozenset[str] | None = None, **signal: Any
) -> None:
    """Forget every kept page when a record that pages may show is saved or deleted."""
    if update_fields and update_fields <= DRAFTED:
        return
    if sender._meta.app_label in SHOWN and sender._meta.label not in UNSEEN:
        purge()


def connect() -> None:
    """Purge on every publication, and when a record that pages show is saved or deleted."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(purge, dispatch_uid="folkmoot-purge")
    for signal in (post_save, post_delete):
        signal.connect(purge_if_shown, dispatch_uid="folkmoot-purge-records")
