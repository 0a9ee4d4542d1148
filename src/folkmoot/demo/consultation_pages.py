"""The consultation: its page, timeline, updates, documents, survey, and the pages below it."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from folkmoot.consultations.models import (
    Consultation,
    ConsultationDocument,
    ConsultationIndex,
    TimelineEvent,
    Update,
)
from folkmoot.decisions.models import DecisionsPage
from folkmoot.demo.building import Building
from folkmoot.plans.models import Plan
from folkmoot.publishing.clock import instant, local
from folkmoot.publishing.models import HomePage, StandardPage
from folkmoot.responses.models import Survey
from folkmoot.themes.models import ResultsPage


def add_consultation(building: Building, home: HomePage, plan: Plan) -> Consultation:
    """Add the consultation and the pages below it that existed by then."""
    defined = building.pack.consultation
    final = building.outcome_is_out
    index = ConsultationIndex(show_in_menus=True, **defined["index"])
    building.add("consultations", home, index)
    consultation = Consultation(
        title=defined["title"],
        slug=defined["slug"],
        summary=defined["summary"],
        statutory_plan=plan,
        run_by=defined["run_by"],
        stage=defined["stages"]["published" if final else "evidence"],
        opens_at=instant(defined["opens_at"]),
        closes_at=instant(defined["closes_at"]),
        outcome_at=instant(defined["outcome_at"]) if final else None,
        answer_promised_on=defined["answer_promised_on"],
    )
    building.add("consultation", index, consultation)
    _add_draft_pages(building, consultation)
    _add_survey(building, consultation)
    if final:
        survey = building.pages["your-say"]
        building.add(
            "what-you-told-us",
            consultation,
            ResultsPage(
                activity=survey, publish_from=consultation.outcome_at, **defined["results"]
            ),
        )
        building.add("what-we-did", consultation, DecisionsPage(**defined["decided"]))
    return consultation


def _add_draft_pages(building: Building, consultation: Consultation) -> None:
    plan = building.pack.plan
    draft = StandardPage(**plan["draft_page"])
    draft.body = [
        block
        for section in plan["sections"]
        for block in (
            ("heading", f"{section['number']} {section['title']}"),
            ("text", building.rich([section["summary"], *section["draft"]])),
        )
    ]
    building.add("draft-plan", consultation, draft)
    short = dict(plan["short_page"])
    body = building.body(short.pop("body"))
    building.add("short-plan", consultation, StandardPage(body=body, **short))


def _add_survey(building: Building, consultation: Consultation) -> None:
    defined = building.pack.survey
    survey = Survey(
        title=defined["title"],
        slug=defined["slug"],
        summary=defined["summary"],
        minutes=defined["minutes"],
        consent=building.rich(defined["consent"]),
    )
    survey.steps = [
        (
            "step",
            {
                "title": step["title"],
                "introduction": building.rich(step["introduction"]),
                "questions": [_question(question) for question in step["questions"]],
            },
        )
        for step in defined["steps"]
    ]
    building.add("your-say", consultation, survey)


def _question(defined: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    fields = {"hint": "", "required": False, **defined}
    kind = fields.pop("kind")
    if kind == "choice":
        fields.setdefault("several", False)
    if kind == "text":
        fields.setdefault("may_be_quoted", True)
    return kind, fields


def fill_consultation(building: Building, consultation: Consultation) -> None:
    """Give the consultation its words, updates, documents and timeline as they stood."""
    defined = building.pack.consultation
    final = building.outcome_is_out
    for name in ("background", "challenge", "what_to_share", "contact"):
        setattr(consultation, name, building.rich(defined[name]))
    consultation.what_happens_next = building.rich(
        defined["what_happens_next"]["after" if final else "before"]
    )
    consultation.outcome = building.rich(defined["outcome"]) if final else ""
    on = local(building.at).date()
    consultation.updates = [
        Update(on=update["dated"], title=update["title"], text=building.rich([update["text"]]))
        for update in defined["updates"]
        if update["dated"] <= on
    ]
    consultation.events = [
        _event(building, event, order) for order, event in enumerate(defined["events"])
    ]
    consultation.documents = _documents(building, consultation)


def _event(building: Building, defined: dict[str, Any], order: int) -> TimelineEvent:
    link = defined.get("link", {})
    if link.get("after_outcome") and not building.outcome_is_out:
        link = {}
    ends = defined.get("ends_at")
    starts_at = instant(defined["starts_at"])
    # What was only promised had no day yet.
    is_promise = bool(defined.get("promised_on")) and starts_at > building.at
    unknown = TimelineEvent.Precision.UNKNOWN
    return TimelineEvent(
        sort_order=order,
        stage=defined["stage"],
        title=defined["title"],
        starts_at=None if is_promise else starts_at,
        ends_at=instant(ends) if ends else None,
        precision=unknown if is_promise else defined.get("precision", TimelineEvent.Precision.DAY),
        promised_on=defined.get("promised_on"),
        note=defined.get("note", ""),
        link_text=link.get("text", ""),
        link_page=_plain(building.pages[link["page"]]) if link else None,
    )


def _documents(building: Building, consultation: Consultation) -> list[ConsultationDocument]:
    opened = local(consultation.opens_at).date()
    rows: list[tuple[str, str, str, Any]] = [
        ("The draft plan", "draft-plan", "draft", opened),
        ("The draft plan in short sentences", "short-plan", "draft", opened),
    ]
    if building.outcome_is_out:
        rows.append(("The final plan", "plan", "final", building.pack.plan["published_on"]))
    return [
        ConsultationDocument(
            sort_order=order,
            title=title,
            version=version,
            format=ConsultationDocument.Format.WEB,
            page=_plain(building.pages[key]),
            published_on=published_on,
        )
        for order, (title, key, version, published_on) in enumerate(rows)
    ]


def _plain(page: Page) -> Page:
    return Page.objects.get(pk=page.pk)
