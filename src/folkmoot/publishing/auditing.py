"""Mirror Wagtail's own log in the audit record, with what changed in what the public sees.

Wagtail logs every act on a page or a setting, whoever does it and however: in the editor, by
workflow, by schedule. A hook sees only some of them, so this listens to the log itself.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models.signals import post_save
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision
from wagtail.models.audit_log import BaseLogEntry

from folkmoot.accounts.audit import record
from folkmoot.publishing.clock import now

ACTS = {
    "wagtail.create": "created",
    "wagtail.edit": "draft saved",
    "wagtail.publish": "published",
    "wagtail.publish.schedule": "publication scheduled",
    "wagtail.publish.scheduled": "published on schedule",
    "wagtail.unpublish.scheduled": "unpublished on schedule",
    "wagtail.schedule.cancel": "publication unscheduled",
    "wagtail.unpublish": "unpublished",
    "wagtail.rename": "renamed",
    "wagtail.revert": "reverted",
    "wagtail.move": "moved",
    "wagtail.copy": "copied",
    "wagtail.delete": "deleted",
    "wagtail.workflow.start": "submitted for approval",
    "wagtail.workflow.approve": "approved",
    "wagtail.workflow.reject": "sent back",
    "wagtail.workflow.cancel": "approval withdrawn",
}
PUBLICATIONS = ("wagtail.publish", "wagtail.publish.scheduled")
# These rooms record their own acts, in the transaction of the act and with more to say.
RECORD_THEMSELVES = frozenset({"plans", "decisions"})
# What every publication changes, and nobody reads.
BOOKKEEPING = frozenset(
    {
        "pk",
        "path",
        "depth",
        "numchild",
        "content_type",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "draft_title",
        "url_path",
        "wagtail_admin_comments",
        "live",
        "approved_go_live_at",
    }
)


def connect() -> None:
    """Record what Wagtail logs from now on."""
    for model in (PageLogEntry, ModelLogEntry):
        post_save.connect(record_entry, sender=model, dispatch_uid=f"folkmoot-{model.__name__}")


def record_entry(instance: BaseLogEntry, created: bool, **signal: Any) -> None:
    """Add an entry of Wagtail's log to the audit record."""
    if not created or not instance.content_type:
        return
    if not instance.action.startswith("wagtail."):
        return  # our own acts log it for the page's history, and record themselves
    is_page = isinstance(instance, PageLogEntry)
    if not is_page and instance.content_type.app_label in RECORD_THEMSELVES:
        return
    if instance.action == "wagtail.edit" and _is_saved_again(instance):
        return
    subject = _subject(instance)
    kind = "page" if is_page else instance.content_type.name
    act = f"{kind} {ACTS.get(instance.action, instance.action)}"[:60]
    before, after = _change(instance) if instance.action in PUBLICATIONS else (None, None)
    with transaction.atomic():
        record(act, subject, now(), by=instance.user, before=before, after=after)


def _is_saved_again(entry: BaseLogEntry) -> bool:
    """Whether the editor only saved the same draft again by itself, as it does while one types."""
    earlier = type(entry)._default_manager.filter(
        action=entry.action, revision=entry.revision_id, user=entry.user_id
    )
    return entry.revision_id is not None and earlier.exclude(pk=entry.pk).exists()


def _subject(entry: BaseLogEntry) -> Any:
    """Return what an entry is about; of something deleted, its kind, key and name."""
    model = entry.content_type.model_class() or Page
    key = entry.page_id if isinstance(entry, PageLogEntry) else entry.object_id
    found = model._base_manager.filter(pk=key).first()
    return found or model(pk=key, **_named(model, entry.label))


def _named(model: Any, label: str) -> dict[str, str]:
    names = {field.name for field in model._meta.fields}
    return next(({name: label} for name in ("title", "name") if name in names), {})


def _change(entry: BaseLogEntry) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Return what the public saw before a publication and sees after it, where they differ."""
    published = entry.revision
    if published is None:
        return None, None
    earlier = _published_before(entry, published)
    after = _shown(published)
    if earlier is None:
        return None, after
    before = _shown(earlier)
    names = sorted(name for name in before | after if before.get(name) != after.get(name))
    return {name: before.get(name) for name in names}, {name: after.get(name) for name in names}


def _published_before(entry: BaseLogEntry, published: Revision) -> Revision | None:
    """Return the revision that was public before; of a page never published here, the last one."""
    publications = (
        type(entry)
        ._default_manager.filter(action__in=PUBLICATIONS, revision__isnull=False)
        .exclude(pk=entry.pk)
        .exclude(revision=published)
    )
    if isinstance(entry, PageLogEntry):
        publications = publications.filter(page_id=entry.page_id)
    else:
        publications = publications.filter(
            content_type=entry.content_type, object_id=entry.object_id
        )
    last = publications.order_by("-timestamp", "-pk").select_related("revision").first()
    if last is not None:
        return last.revision
    try:
        return published.get_previous()
    except Revision.DoesNotExist:
        return None


def _shown(revision: Revision) -> dict[str, Any]:
    # A revision just made holds dates and times as such; one read again holds their texts.
    content = json.loads(json.dumps(revision.content, cls=DjangoJSONEncoder))
    return {name: value for name, value in content.items() if name not in BOOKKEEPING}
