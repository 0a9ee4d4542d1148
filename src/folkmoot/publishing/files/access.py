"""Who may have a file: everybody once something published offers it, staff before that."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import DraftStateMixin, Page, ReferenceIndex

from folkmoot.publishing.clock import local
from folkmoot.publishing.models import DocumentFormat, Recording, UploadedFile

if TYPE_CHECKING:
    from django.http import HttpRequest


def may_read(request: HttpRequest, file: UploadedFile, at: datetime) -> bool:
    """Return whether whoever asks may have a file at an instant."""
    return is_public(file, at) or is_staff(request)


def is_staff(request: HttpRequest) -> bool:
    """Return whether whoever asks works in the admin."""
    user: Any = request.user
    return bool(user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))


def is_public(file: UploadedFile, at: datetime) -> bool:
    """Return whether a published page or record offers a file at an instant.

    A version of a document counts from its day on, a recording once it is published. Everything
    else is looked up in Wagtail's index of references, which the background worker keeps.
    """
    open_pages = Page.objects.live().public()
    offered = DocumentFormat.objects.filter(
        file=file,
        version__published_on__lte=local(at).date(),
        version__document__in=open_pages,
    )
    return offered.exists() or _is_recorded(file) or _is_referred_to(file)


def _is_recorded(file: UploadedFile) -> bool:
    live = Recording.objects.filter(live=True)
    return (live.filter(media_file=file) | live.filter(captions=file)).exists()


def _is_referred_to(file: UploadedFile) -> bool:
    """Return whether something live names the file, as a link in a text does."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(UploadedFile), to_object_id=str(file.pk)
    )
    found = references.values_list("content_type", "object_id", "model_path").distinct()
    for content_type_id, object_id, path in found:
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        # What versions and recordings offer has its own rules, above.
        if model is None or model is Recording or path.startswith("versions."):
            continue
        if issubclass(model, Page):
            if Page.objects.live().public().filter(pk=object_id).exists():
                return True
        elif _is_live(model, object_id):
            return True
    return False


def _is_live(model: Any, object_id: str) -> bool:
    records = model._default_manager.filter(pk=object_id)
    if issubclass(model, DraftStateMixin):
        records = records.filter(live=True)
    return bool(records.exists())
