"""Answers and themes to what the results page, a theme's page and the CSV print alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from folkmoot.core.tables import format_count
from folkmoot.responses.questions import ChoiceQuestion, MonitoringQuestion, survey_form
from folkmoot.themes import querysets
from folkmoot.themes.presenters.counted import (
    CountedQuestion,
    ShareRow,
    channels,
    closed,
    monitored,
)
from folkmoot.themes.presenters.texts import (
    GENERATED,
    QUOTED_ON_THEME,
    LetterShown,
    TextShown,
    ThemeShown,
    text_questions,
)

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.models import Survey
    from folkmoot.themes.models import ResultsPage
    from folkmoot.themes.querysets import Intake

__all__ = [
    "GENERATED",
    "QUOTED_ON_THEME",
    "CountedQuestion",
    "LetterShown",
    "Results",
    "ShareRow",
    "TextShown",
    "ThemeShown",
    "channels",
    "heard_from",
    "results",
    "text_questions",
]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that the results page shows and its CSV holds."""

    title: str
    responses: int
    is_generated: bool
    closed: tuple[CountedQuestion, ...]
    texts: tuple[TextShown, ...]
    heard_from: tuple[CountedQuestion, ...]

    @property
    def responses_shown(self) -> str:
        """How many responses came, as printed."""
        return format_count(self.responses)


def results(page: ResultsPage, consultation: Consultation, at: datetime) -> Results:
    """Return what people told the body, as known at `at`. The number of queries is fixed."""
    survey = page.activity
    until = querysets.counted_until(survey, consultation, at)
    asked = survey_form(survey).questions
    asked_closed = [
        each
        for each in asked
        if isinstance(each, ChoiceQuestion) and not isinstance(each, MonitoringQuestion)
    ]
    came = querysets.intake(survey, until)
    chosen = querysets.choice_counts(survey, [question.key for question in asked_closed], until)
    return Results(
        title=page.title,
        responses=came.responses,
        is_generated=came.generated > 0,
        closed=tuple(closed(each, chosen[each.key], came.responses) for each in asked_closed),
        texts=text_questions(page, asked, came.responses, until),
        heard_from=heard_from(survey, came, until),
    )


def heard_from(survey: Survey, came: Intake, until: datetime) -> tuple[CountedQuestion, ...]:
    """Return who responded and how, and the equality questions; each protected. One query."""
    counts = querysets.monitoring_counts(survey, until)
    return (
        *channels(came),
        *(
            monitored(each, counts[each.key])
            for each in survey_form(survey).questions
            if isinstance(each, MonitoringQuestion)
        ),
    )
