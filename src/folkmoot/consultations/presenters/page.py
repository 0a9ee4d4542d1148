"""What the page of a consultation prints, in each of its four states."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from folkmoot.consultations import querysets, timeline
from folkmoot.consultations.models import Consultation, State
from folkmoot.consultations.news import anchor
from folkmoot.consultations.presenters.lists import TONES, counted
from folkmoot.plans.presenters import priority_url
from folkmoot.plans.querysets import counted_priorities
from folkmoot.publishing.clock import local
from folkmoot.publishing.presenters.documents import documents_of
from folkmoot.publishing.presenters.recordings import recording_shown

TEXTS = (
    "outcome",
    "background",
    "challenge",
    "what_to_share",
    "approach",
    "what_happens_next",
    "delay_reason",
    "contact",
    "formats_and_languages",
    "how_we_use_answers",
)
UPDATES_SHOWN = 3
# Between texts that are expanded together; no text can hold a control character.
SEPARATOR = "\x1e"


def consultation_page(consultation: Consultation, at: datetime) -> dict[str, Any]:
    """Return what the page of a consultation prints at an instant.

    The number of queries does not grow with what the page holds.
    """
    today = local(at).date()
    state = consultation.state(at)
    updates = [each for each in consultation.updates.all() if each.on <= today]
    updates.sort(key=lambda each: (-each.on.toordinal(), each.sort_order or 0))
    texts = expanded(
        [*(getattr(consultation, name) for name in TEXTS), *(each.text for each in updates)]
    )
    news = [
        {"on": each.on, "title": each.title, "text": text, "anchor": anchor(each)}
        for each, text in zip(updates, texts[len(TEXTS) :], strict=True)
    ]
    assessments = querysets.assessments_of(consultation) or querysets.assessments_of(
        consultation.statutory_plan
    )
    return {
        "state": state.value,
        "state_tone": TONES[state],
        "state_sentence": timeline.state_sentence(consultation, at),
        "promise_sentence": timeline.promise_sentence(consultation, at),
        "is_coming": state is State.COMING,
        "is_open": state is State.OPEN,
        "is_closed": state is State.CLOSED,
        "is_published": state is State.PUBLISHED,
        "opens": timeline.short_day(local(consultation.opens_at).date()),
        "closes": timeline.short_day(timeline.last_day(consultation.closes_at)),
        "closing_moves": [
            timeline.closing_move(change)
            for change in consultation.closing_changes.all()
            if change.at <= at
        ],
        "days_late": timeline.days_late(consultation, at),
        "texts": dict(zip(TEXTS, texts, strict=False)),
        "updates": news[:UPDATES_SHOWN],
        "earlier_updates": news[UPDATES_SHOWN:],
        **_plan(consultation),
        "recording": recording_shown(consultation.recording),
        "documents": documents_of(consultation, at),
        "assessment": assessments[0] if assessments else None,
        "team": list(
            consultation.team.select_related("picture").prefetch_related("picture__renditions")
        ),
        "stages": timeline.timeline(
            consultation.stages.all(), consultation.events.select_related("link_page"), at
        ),
    }


def _plan(consultation: Consultation) -> dict[str, Any]:
    """Return the plan, if the public may read it, and its priorities, each at its address."""
    plan = consultation.statutory_plan
    return {
        "plan": plan if plan.live else None,
        "priorities": [
            {
                "title": priority.title,
                "url": priority_url(plan, priority) if plan.live else "",
                "counts": f"{counted(outcomes, 'outcome')}, {counted(measures, 'measure')}",
            }
            for priority, outcomes, measures in counted_priorities(plan.pk)
        ],
    }


def expanded(texts: list[str]) -> list[SafeString]:
    """Return rich texts as the public sees them, their links resolved together."""
    html = expand_db_html(SEPARATOR.join(texts))
    return [mark_safe(each) for each in html.split(SEPARATOR)]
