"""Tells an officer who has published a document what somebody will not be able to read in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages

from folkmoot.publishing.models import DocumentPage, UploadedFile

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page


@hooks.register("after_publish_page")
def tell_of_faults(request: HttpRequest, page: Page) -> None:
    """Say of each file that the document now offers what it fails, and where to mend it."""
    if not isinstance(page, DocumentPage):
        return
    offered = UploadedFile.objects.filter(formats__version__document=page).exclude(faults=[])
    for file in offered.distinct().order_by("title"):
        said = " ".join(finding["what"] for finding in file.findings)
        address = reverse("wagtaildocs:edit", args=[file.pk])
        messages.warning(
            request,
            f"“{file.title}” is published, and cannot be read by everybody. {said}",
            buttons=[messages.button(address, "How to mend it")],
        )
