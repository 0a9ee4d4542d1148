"""Put before the public what editors scheduled, at its instant, and take away what expired."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

from folkmoot.accounts.audit import record
from folkmoot.publishing import mail
from folkmoot.publishing.addresses import absolute
from folkmoot.publishing.refusing import PublicationRefusedError

logger = logging.getLogger(__name__)


class PublicationError(Exception):
    """Something that was scheduled could not be published or taken away; the log says why."""


def publish_due(at: datetime) -> int:
    """Publish what is scheduled for `at` or before, unpublish what expired; return how many.

    As Wagtail's `publish_scheduled` does, by the site's own clock. Each is a transaction of its
    own, so that one that fails holds up no other; raises PublicationError once all were tried.
    What a page refuses is not tried again: its schedule is taken back, and its editor told.
    The audit record mirrors both (see `auditing`).
    """
    done = failed = 0
    for name, change in [*_expired(at), *_scheduled(at)]:
        try:
            with transaction.atomic():
                change()
        except PublicationRefusedError as refused:
            _take_back(refused, at)
        except Exception:
            logger.exception("“%s” could not be published or taken away as scheduled.", name)
            failed += 1
        else:
            done += 1
    if failed:
        raise PublicationError(f"{failed} of {done + failed} scheduled changes failed.")
    return done


def _expired(at: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    models = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    for model in [Page, *models]:
        for expired in model.objects.filter(live=True, expire_at__lte=at).order_by("expire_at"):
            yield str(expired), _unpublishing(expired)


def _unpublishing(record: DraftStateMixin) -> Callable[[], object]:
    return lambda: record.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _scheduled(at: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    due = Revision.objects.filter(approved_go_live_at__lte=at)
    for revision in due.order_by("approved_go_live_at"):
        yield revision.object_str, _publishing(revision)


def _publishing(revision: Revision) -> Callable[[], object]:
    return lambda: revision.publish(log_action="wagtail.publish.scheduled")


@transaction.atomic
def _take_back(refused: PublicationRefusedError, at: datetime) -> None:
    """Take a schedule back whose page refuses to be published, and write to who set it."""
    page = refused.page
    due = Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False)
    for revision in due:
        told = {
            "id": revision.pk,
            "created": revision.created_at.isoformat(),
            "go_live_at": revision.approved_go_live_at.isoformat(),
            "has_live_version": page.live,
        }
        log(instance=page, action="wagtail.schedule.cancel", data={"revision": told})
    writers = {each.user.email for each in due if each.user and each.user.email}
    due.update(approved_go_live_at=None)
    record("not published on schedule", page, at, after={"why": list(refused.sentences)})
    editor = absolute(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    for email in sorted(writers):
        shown = {"page": page, "sentences": refused.sentences, "editor": editor}
        mail.send(email, "publishing/mail/not_published", shown)
