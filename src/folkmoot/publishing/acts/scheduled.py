"""Put before the public what editors scheduled, at its instant, and take away what expired."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime

from django.apps import apps
from django.db import transaction
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)


class PublicationError(Exception):
    """Something that was scheduled could not be published or taken away; the log says why."""


def publish_due(at: datetime) -> int:
    """Publish what is scheduled for `at` or before, unpublish what expired; return how many.

    As Wagtail's `publish_scheduled` does, by the site's own clock. Each is a transaction of its
    own, so that one that fails holds up no other; raises PublicationError once all were tried.
    The audit record mirrors both (see `auditing`).
    """
    done = failed = 0
    for name, change in [*_expired(at), *_scheduled(at)]:
        try:
            with transaction.atomic():
                change()
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
        for record in model.objects.filter(live=True, expire_at__lte=at).order_by("expire_at"):
            yield str(record), _unpublishing(record)


def _unpublishing(record: DraftStateMixin) -> Callable[[], object]:
    return lambda: record.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _scheduled(at: datetime) -> Iterator[tuple[str, Callable[[], object]]]:
    due = Revision.objects.filter(approved_go_live_at__lte=at)
    for revision in due.order_by("approved_go_live_at"):
        yield revision.object_str, _publishing(revision)


def _publishing(revision: Revision) -> Callable[[], object]:
    return lambda: revision.publish(log_action="wagtail.publish.scheduled")
