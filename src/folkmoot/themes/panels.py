"""What themes show in slots of lower rooms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from folkmoot.responses.questions import survey_form
from folkmoot.themes import presenters
from folkmoot.themes.models import ResultsPage
from folkmoot.themes.querysets import counted_until, intake, monitoring_counts

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation

THEMES_SHOWN = 5


def results_pages(consultations: Iterable[Consultation], at: datetime) -> dict[int, ResultsPage]:
    """Return the results page of each consultation the public may read, by its key."""
    of_path = {consultation.path: consultation for consultation in consultations}
    found = {}
    for page in ResultsPage.objects.live().select_related("activity"):
        consultation = of_path.get(page.path[: -page.steplen])
        if consultation is not None and page.public_from(consultation) <= at:
            found[consultation.pk] = page
    return found


def consultation_results(consultation: Consultation, at: datetime) -> Mapping[str, Any] | None:
    """Return the themes that most people named, of the question most answered in own words."""
    page = results_pages([consultation], at).get(consultation.pk)
    if page is None:
        return None
    until = counted_until(page.activity, consultation, at)
    came = intake(page.activity, until)
    asked = survey_form(page.activity).questions
    questions = presenters.text_questions(page, asked, came.responses, until, each=0)
    themed = [question for question in questions if question.themes]
    if not themed:
        return None
    question = max(themed, key=lambda each: each.answered)
    return {
        "question": question,
        "themes": [theme for theme in question.themes if not theme.part_of][:THEMES_SHOWN],
        "url": page.url,
        "is_generated": came.generated > 0,
        "generated": presenters.GENERATED,
    }


def who_we_heard_from(consultation: Consultation, at: datetime) -> Mapping[str, Any] | None:
    """Return who took part, as the results page counts and protects it; None where all is kept."""
    page = results_pages([consultation], at).get(consultation.pk)
    if page is None:
        return None
    until = counted_until(page.activity, consultation, at)
    came = intake(page.activity, until)
    told = monitoring_counts(page.activity, until)
    heard = presenters.heard_from(page.activity, came, told)
    shown = [question for question in heard if question.rows]
    if not shown:
        return None
    came_by = {question.key for question in presenters.channels(came)}
    return {
        "came": [question for question in shown if question.key in came_by],
        "about": [question for question in shown if question.key not in came_by],
        "withheld": [question.title for question in heard if not question.rows],
        "is_generated": came.generated > 0,
        "generated": presenters.GENERATED,
    }
