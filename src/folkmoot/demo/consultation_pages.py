"""The consultation: its page, timeline, updates, documents, survey, and the pages below it."""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from folkmoot.consultations.models import (
    Consultation,
    ConsultationIndex,
    EqualityImpact,
    EqualityImpactAssessment,
    PolicyTeamMember,
    Stage,
    TimelineEvent,
    Topic,
    Update,
)
from folkmoot.decisions.models import DecisionsPage
from folkmoot.demo.building import Building
from folkmoot.demo.document_pages import add_documents
from folkmoot.demo.workshop_pages import add_workshops
from folkmoot.plans.models import Plan
from folkmoot.publishing.clock import instant, local
from folkmoot.publishing.models import (
    HomePage,
    Recording,
    StandardPage,
)
from folkmoot.responses.models import Survey
from folkmoot.themes.models import ResultsPage

TEXTS = (
    "background",
    "challenge",
    "what_to_share",
    "approach",
    "contact",
    "formats_and_languages",
    "how_we_use_answers",
)


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
        stage=defined["badges"]["published" if final else "evidence"],
        opens_at=instant(defined["opens_at"]),
        closes_at=instant(defined["closes_at"]),
        outcome_at=instant(defined["outcome_at"]) if final else None,
        answer_promised_on=defined["answer_promised_on"],
        area=defined["area"],
        show_support=defined["show_support"],
    )
    building.add("consultation", index, consultation)
    _add_draft_pages(building, consultation)
    add_documents(building, consultation, plan)
    _add_assessments(building, consultation)
    _add_survey(building, consultation)
    add_workshops(building, consultation)
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
        if section["draft"]
        for block in (
            ("heading", f"{section['number']} {section['title']}"),
            ("text", building.rich([section["summary"], *section["draft"]])),
        )
    ]
    building.add("draft-plan", consultation, draft)
    short = dict(plan["short_page"])
    body = building.body(short.pop("body"))
    building.add("short-plan", consultation, StandardPage(body=body, **short))


def _recording(building: Building) -> Recording:
    """Return the recorded message, of which the demonstration has the words alone."""
    defined = dict(building.pack.consultation["recording"])
    transcript = building.rich(defined.pop("transcript"))
    return Recording.objects.create(transcript=transcript, **defined)


def _add_assessments(building: Building, consultation: Consultation) -> None:
    """Add the versions of the equality impact assessment that were out by then."""
    defined = building.pack.consultation["assessment"]
    on = local(building.at).date()
    impacts: dict[str, dict[str, Any]] = {}
    for version in defined["versions"]:
        impacts |= {each["characteristic"]: each for each in version.get("impacts", ())}
        for key, changes in version.get("changes", {}).items():
            impacts[key] = impacts[key] | changes
        if version["version"] > 1 and version["assessed_on"] > on:
            continue
        number = version["version"]
        page = EqualityImpactAssessment(
            title=defined["title"],
            slug=f"{defined['slug']}-{number}",
            summary=version.get("summary", defined["summary"]),
            version=number,
            assessed_on=version["assessed_on"],
            assessed_by=defined["assessed_by"],
            introduction=building.rich(defined["introduction"]),
        )
        page.impacts = [
            EqualityImpact(sort_order=order, **impact)
            for order, impact in enumerate(impacts.values())
        ]
        building.add(f"assessment-{number}", consultation, page)


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
    for name in TEXTS:
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
    consultation.team = [
        PolicyTeamMember(sort_order=order, **member) for order, member in enumerate(defined["team"])
    ]
    consultation.topics = [
        Topic.objects.get_or_create(name=name, defaults={"slug": slugify(name)})[0]
        for name in defined["topics"]
    ]
    consultation.stages = [
        Stage(sort_order=order, **stage) for order, stage in enumerate(defined["stages"])
    ]
    consultation.events = [
        _event(building, event, order) for order, event in enumerate(defined["events"])
    ]
    consultation.recording = _recording(building)


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
        link_kind=link.get("kind", TimelineEvent.LinkKind.READ),
        link_text=link.get("text", ""),
        link_page=_plain(building.pages[link["page"]]) if link else None,
    )


def _plain(page: Page) -> Page:
    return Page.objects.get(pk=page.pk)
