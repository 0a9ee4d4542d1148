"""The documents of the consultation: the plan in its versions, on the web and as a PDF."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.core.files.base import ContentFile
from wagtail.models import Page

from folkmoot.consultations.models import Consultation
from folkmoot.demo.building import Building
from folkmoot.demo.pack import LINK
from folkmoot.demo.plan_pages import settled
from folkmoot.plans.models import Plan
from folkmoot.publishing.clock import instant, local
from folkmoot.publishing.files.words import read_words
from folkmoot.publishing.models import (
    DocumentFormat,
    DocumentPage,
    DocumentVersion,
    UploadedFile,
)

TEMPLATE = Path(__file__).parent / "typst" / "plan.typ"
DRAFT, FINAL = DocumentVersion.Kind.DRAFT, DocumentVersion.Kind.FINAL
VERSIONS = {DRAFT: "The draft, as consulted on", FINAL: "The final plan"}
NOTICE = (
    "The title, the period and the four priorities are those of London’s plan. The sentences of "
    "the sections were written for a demonstration of Folkmoot and are nobody’s policy."
)


def add_documents(building: Building, consultation: Consultation, plan: Plan) -> None:
    """Add the documents with the versions that were out by then."""
    published_on = {
        DRAFT: local(consultation.opens_at).date(),
        FINAL: building.pack.plan["published_on"],
    }
    for defined in building.pack.documents:
        document = DocumentPage(
            title=defined["title"], slug=defined["slug"], summary=defined["summary"]
        )
        document.versions = [
            _version(building, version, published_on[version["kind"]], order)
            for order, version in enumerate(defined["versions"])
            if building.outcome_is_out or version["kind"] == DRAFT
        ]
        building.add(defined["slug"], consultation, document)


def _version(
    building: Building, defined: dict[str, Any], published_on: date, order: int
) -> DocumentVersion:
    version = DocumentVersion(
        sort_order=order,
        kind=defined["kind"],
        published_on=published_on,
        what_changed=defined.get("what_changed", ""),
    )
    version.formats = [
        _format(building, version, each, place) for place, each in enumerate(defined["formats"])
    ]
    return version


def _format(
    building: Building, version: DocumentVersion, defined: dict[str, Any], order: int
) -> DocumentFormat:
    made = DocumentFormat(kind=defined["kind"], sort_order=order)
    if "page" in defined:
        made.web_page = Page.objects.get(pk=building.pages[defined["page"]].pk)
    else:
        made.file = _file(building, version, defined["file"])
    return made


def _file(building: Building, version: DocumentVersion, name: str) -> UploadedFile:
    contents = plan_contents(building.pack.plan, building.pack.site, version.kind)
    content = ContentFile(as_pdf(json.dumps(contents), version.published_on))
    file = UploadedFile(
        title=f"{contents['title']}. {contents['version']}", uploaded_by_user=building.staff
    )
    file.file.save(f"{name}.pdf", content, save=False)
    file._set_document_file_metadata()
    file.save()
    read_words(file)
    return file


def plan_contents(plan: dict[str, Any], site: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return what the PDF of a version of the plan prints, as plain values."""
    is_final = kind == FINAL
    sections = [
        {
            "number": section["number"],
            "title": section["title"],
            "summary": section["summary"],
            "parts": [
                _plain(part) for part in (settled(section) if is_final else section["draft"])
            ],
        }
        for section in plan["sections"]
        if is_final or section["draft"]
    ]
    return {
        "title": plan["title"],
        "version": VERSIONS[DocumentVersion.Kind(kind)],
        "summary": plan["summary"].strip(),
        "body": site["settings"]["body_name"],
        "notice": NOTICE,
        "foreword": [_plain(part) for part in plan["foreword"][str(kind)]],
        "sections": sections,
    }


def _plain(part: Any) -> Any:
    """Return a paragraph, list or heading of the pack without the links of web pages."""
    if isinstance(part, dict):
        return {"heading": part["heading"]}
    if isinstance(part, str):
        return LINK.sub(r"\1", part)
    return [LINK.sub(r"\1", line) for line in part]


@lru_cache(maxsize=4)
def as_pdf(contents: str, made_on: date) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of a plan's contents in JSON; the same give the same bytes."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "plan.json").write_text(contents)
        (root / "plan.typ").write_text(TEMPLATE.read_text())
        pdf: bytes = typst.compile(
            root / "plan.typ",
            root=root,
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            timestamp=int(instant(made_on.isoformat()).timestamp()),
        )
        return pdf
