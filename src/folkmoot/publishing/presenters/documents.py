"""Documents as pages print them: versions, newest first, and each version's formats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import filesizeformat

from folkmoot.publishing.clock import local
from folkmoot.publishing.languages import LANGUAGES, OWN
from folkmoot.publishing.models.documents import (
    DocumentFormat,
    DocumentPage,
    DocumentVersion,
    seconds_to_version,
)

if TYPE_CHECKING:
    from wagtail.models import Page

    from folkmoot.publishing.models.files import UploadedFile

PARTS = ("versions__formats__file", "versions__formats__web_page")
WORDS = {
    DocumentVersion.Kind.DRAFT: "Draft",
    DocumentVersion.Kind.FINAL: "Final version",
    DocumentVersion.Kind.CORRECTION: "Corrected version",
}


def documents_of(parent: Page, at: datetime) -> list[dict[str, Any]]:
    """Return the live documents below a page: current versions first, superseded ones last.

    Each has `title`, `url`, `version` (its kind in words), `published_on`, `is_superseded`,
    `superseded_by` (the current kind in words, or empty) and `formats` (see `format_line`). A
    document of which no version is out yet is left out. Six queries, however many there are.
    """
    pages = DocumentPage.objects.child_of(parent).live().public().order_by("path")
    current, superseded = [], []
    for page in pages.prefetch_related(*PARTS):
        shown = versions_of(page, at)
        rows = [{"title": page.title, "url": f"{page.url}{each['link']}", **each} for each in shown]
        current += rows[:1]
        superseded += rows[1:]
    return current + superseded


def document_page(page: DocumentPage, at: datetime) -> dict[str, Any]:
    """Return what the page of a document prints: `current`, None before its day, and `earlier`."""
    if page.pk is not None and not _is_in_memory(page):
        page = DocumentPage.objects.prefetch_related(*PARTS).get(pk=page.pk)
    shown = versions_of(page, at)
    return {"current": shown[0] if shown else None, "earlier": shown[1:]}


def _is_in_memory(page: DocumentPage) -> bool:
    """Whether the page is a draft being previewed, whose versions are not in the database."""
    return "versions" in getattr(page, "_cluster_related_objects", {})


def versions_of(page: DocumentPage, at: datetime) -> list[dict[str, Any]]:
    """Return the versions of a document that are out at an instant, the current one first."""
    today = local(at).date()
    out = [each for each in page.versions.all() if each.published_on <= today]
    out.sort(key=DocumentVersion.age, reverse=True)
    newest = out[0] if out else None
    return [
        {
            "version": WORDS[DocumentVersion.Kind(each.kind)],
            "published_on": each.published_on,
            "what_changed": each.what_changed,
            "anchor": anchor(each),
            "link": "" if each is newest else f"#{anchor(each)}",
            "is_superseded": each is not newest,
            "superseded_by": "" if each is newest else WORDS[DocumentVersion.Kind(newest.kind)],
            "superseded_on": None if each is newest else newest.published_on,
            "formats": format_lines(each.formats.all()),
        }
        for each in out
        if newest is not None
    ]


def anchor(version: DocumentVersion) -> str:
    """Return the part of a document's page at which a version stands: "final-2022-03-24"."""
    return f"{version.kind}-{version.published_on:%Y-%m-%d}"


def format_lines(formats: Iterable[DocumentFormat]) -> list[dict[str, Any]]:
    """Return the formats that lead somewhere, in the order of the list of formats."""
    kinds = list(DocumentFormat.Kind)
    ordered = sorted(
        formats,
        key=lambda each: (kinds.index(DocumentFormat.Kind(each.kind)), each.sort_order or 0),
    )
    return [line for line in map(format_line, ordered) if line["url"]]


def format_line(each: DocumentFormat) -> dict[str, Any]:
    """Return how a format is shown: "Easy read (PDF, 1.4 MB, 24 pages)".

    `label` is the whole; `name` and `details` are its two parts. `lang` and `dir` are those of
    `name`, which for a translation is the language's own name, and of what it leads to.
    """
    language = LANGUAGES.get(each.language, LANGUAGES[OWN])
    is_translation = each.kind == DocumentFormat.Kind.TRANSLATION
    name = language.own_name if is_translation else str(each.get_kind_display())
    details = [language.name] if is_translation and language.name != name else []
    if each.file is not None:
        details += _file_details(each.file, name)
    elif each.kind != DocumentFormat.Kind.WEB:
        details.append("web page")
    if each.minutes:
        details.append(_counted(each.minutes, "minute"))
    return {
        "label": f"{name} ({', '.join(details)})" if details else name,
        "name": name,
        "details": ", ".join(details),
        "url": _address(each),
        "lang": language.code,
        "dir": language.dir,
        "is_foreign": is_translation,
        "kind": each.kind,
    }


def _address(each: DocumentFormat) -> str:
    if each.file is not None:
        return str(each.file.url)
    page = each.web_page
    return (page.url or "") if page is not None and page.live else ""


def _file_details(file: UploadedFile, name: str) -> list[str]:
    details = [] if file.type.words == name else [file.type.words]
    if file.file_size:
        details.append(filesizeformat(file.file_size))
    if file.pages:
        details.append(_counted(file.pages, "page"))
    return details


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def standing(page: Page, at: datetime) -> dict[str, Any]:
    """Return what a page that is the web form of a version says of that version.

    `lang` and `dir` of its text; `notice` where another version has taken its place: `version`,
    `superseded_by`, `title` and `url` of the document; and `seconds_unchanged`. Empty for every
    other page.
    """
    found = (
        DocumentFormat.objects.filter(web_page=page.pk, version__document__live=True)
        .select_related("version")
        .order_by("-version__published_on")
        .first()
    )
    if found is None:
        return {}
    document = DocumentPage.objects.prefetch_related(*PARTS).get(pk=found.version.document_id)
    language = LANGUAGES.get(found.language, LANGUAGES[OWN])
    told: dict[str, Any] = {
        "lang": language.code,
        "dir": language.dir,
        "seconds_unchanged": seconds_to_version(document.versions.all(), at),
        "notice": None,
    }
    key = anchor(found.version)
    for version in versions_of(document, at):
        if version["anchor"] == key and version["is_superseded"]:
            told["notice"] = {**version, "title": document.title, "url": document.url}
    return told
