"""What the pages of consultations print."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import filesizeformat
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from folkmoot.consultations import querysets, timeline
from folkmoot.consultations.models import Consultation, ConsultationDocument, State
from folkmoot.plans.querysets import counted_priorities
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from folkmoot.consultations.models import ConsultationIndex

TONES = {
    State.COMING: "",
    State.OPEN: "strong",
    State.CLOSED: "",
    State.PUBLISHED: "strong",
}
HEADINGS = {
    State.OPEN: "Open now",
    State.COMING: "Coming",
    State.CLOSED: "Closed, being analysed",
    State.PUBLISHED: "Answered",
}
TEXTS = (
    "outcome",
    "background",
    "challenge",
    "what_to_share",
    "what_happens_next",
    "contact",
)
# Between texts that are expanded together; no text can hold a control character.
SEPARATOR = "\x1e"


def index_page(index: ConsultationIndex, at: datetime) -> dict[str, Any]:
    """Return what the list of consultations prints: one group for each state."""
    consultations = Consultation.objects.child_of(index).live().select_related("statutory_plan")
    return {
        "groups": [
            {"title": HEADINGS[state], "consultations": [line(each, at) for each in members]}
            for state, members in querysets.by_state(consultations, at)
        ]
    }


def line(consultation: Consultation, at: datetime) -> dict[str, Any]:
    """Return how a list shows a consultation: title, summary, address, state in words."""
    state = consultation.state(at)
    return {
        "title": consultation.title,
        "summary": consultation.summary,
        "url": consultation.url,
        "state": state.value,
        "tone": TONES[state],
        "sentence": timeline.state_sentence(consultation, at),
        "is_open": state is State.OPEN,
    }


def consultation_page(consultation: Consultation, at: datetime) -> dict[str, Any]:
    """Return what the page of a consultation prints at an instant."""
    today = local(at).date()
    state = consultation.state(at)
    updates = [each for each in consultation.updates.all() if each.on <= today]
    updates.sort(key=lambda each: (-each.on.toordinal(), each.sort_order or 0))
    texts = expanded(
        [*(getattr(consultation, name) for name in TEXTS), *(each.text for each in updates)]
    )
    plan = consultation.statutory_plan
    return {
        "state": state.value,
        "state_tone": TONES[state],
        "state_sentence": timeline.state_sentence(consultation, at),
        "is_open": state is State.OPEN,
        "is_coming": state is State.COMING,
        "is_published": state is State.PUBLISHED,
        "opens": timeline.short_day(local(consultation.opens_at).date()),
        "closes": timeline.short_day(timeline.last_day(consultation.closes_at)),
        "texts": dict(zip(TEXTS, texts, strict=False)),
        "updates": [
            {"on": each.on, "title": each.title, "text": text}
            for each, text in zip(updates, texts[len(TEXTS) :], strict=True)
        ],
        "plan": plan if plan.live else None,
        "priorities": [
            {
                "title": priority.title,
                "anchor": priority.slug,
                "counts": f"{_counted(outcomes, 'outcome')}, {_counted(measures, 'measure')}",
            }
            for priority, outcomes, measures in counted_priorities(plan.pk)
        ],
        "documents": documents(
            each
            for each in consultation.documents.select_related("page", "file")
            if each.published_on <= today
        ),
        "stages": timeline.timeline(consultation.events.select_related("link_page"), at),
    }


def expanded(texts: list[str]) -> list[SafeString]:
    """Return rich texts as the public sees them, their links resolved together."""
    html = expand_db_html(SEPARATOR.join(texts))
    return [mark_safe(each) for each in html.split(SEPARATOR)]


def documents(listed: Iterable[ConsultationDocument]) -> list[dict[str, Any]]:
    """Return documents as the side column lists them.

    Formats of one version of a document stand together, final versions before drafts; the first
    format is where its title leads. A document whose page or file is gone is left out.
    """
    grouped: dict[tuple[str, str], list[dict[str, str]]] = {}
    for document in listed:
        url = _address(document)
        if url:
            entry = {"url": url, "label": _format(document)}
            grouped.setdefault((document.title, document.version), []).append(entry)
    versions = ConsultationDocument.Version
    order = [versions.CORRECTION, versions.FINAL, versions.DRAFT]
    return [
        {
            "title": title,
            "version": versions(version).label,
            "url": formats[0]["url"],
            "formats": formats,
        }
        for (title, version), formats in sorted(
            grouped.items(), key=lambda group: order.index(versions(group[0][1]))
        )
    ]


def _address(document: ConsultationDocument) -> str:
    if document.file is not None:
        return str(document.file.url)
    return (document.page.url or "") if document.page is not None and document.page.live else ""


def _format(document: ConsultationDocument) -> str:
    """Return format, type, size and length: "Easy read (PDF, 1.4 MB, 24 pages)"."""
    name = document.get_format_display()
    if document.format == ConsultationDocument.Format.TRANSLATION and document.language:
        name = document.language
    details = []
    if document.file is not None:
        kind = document.file.file_extension.upper()
        if kind and kind != name:
            details.append(kind)
        if document.file.file_size:
            details.append(filesizeformat(document.file.file_size))
    if document.pages:
        details.append(_counted(document.pages, "page"))
    if document.minutes:
        details.append(_counted(document.minutes, "minute"))
    return f"{name} ({', '.join(details)})" if details else name


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
