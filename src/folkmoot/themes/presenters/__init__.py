"""Answers and themes to what the results page, a theme's page and the CSV print alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from folkmoot.core.tables import format_count
from folkmoot.responses.questions import ChoiceQuestion, MonitoringQuestion, survey_form
from folkmoot.themes import querysets
from folkmoot.themes.acts.weighing import found_weighting
from folkmoot.themes.cells import population_tables
from folkmoot.themes.population import comparable
from folkmoot.themes.presenters.census import ComparedQuestion, compared
from folkmoot.themes.presenters.counted import (
    CountedQuestion,
    ShareRow,
    are_kinds_shown,
    by_option,
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
from folkmoot.themes.presenters.weighted import (
    REPRESENTATION_METHOD,
    WeightingShown,
    weighting_shown,
)

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.models import Survey
    from folkmoot.themes.models import ResultsPage
    from folkmoot.themes.querysets import Intake

__all__ = [
    "GENERATED",
    "QUOTED_ON_THEME",
    "ComparedQuestion",
    "CountedQuestion",
    "LetterShown",
    "Results",
    "ShareRow",
    "TextShown",
    "ThemeShown",
    "WeightingShown",
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
    compared: tuple[ComparedQuestion, ...]
    weighting: WeightingShown
    comparing_method: str = REPRESENTATION_METHOD

    @property
    def responses_shown(self) -> str:
        """How many responses came, as printed."""
        return format_count(self.responses)


def results(page: ResultsPage, consultation: Consultation, at: datetime) -> Results:
    """Return what people told the body, as known at `at`. The number of queries is fixed."""
    survey = page.activity
    until = querysets.counted_until(survey, consultation, at)
    asked = survey_form(survey).parts
    asked_closed = [
        each
        for each in asked
        if isinstance(each, ChoiceQuestion) and not isinstance(each, MonitoringQuestion)
    ]
    came = querysets.intake(survey, until)
    counted = querysets.counted_before(survey, until)
    chosen = querysets.chosen_of(counted, [question.key for question in asked_closed])
    told = querysets.monitoring_counts(survey, until)
    tables = population_tables(survey)
    found = found_weighting(survey, tables, until) if tables else None
    weighting = weighting_shown(tables, found, comparable(survey), is_exact=are_kinds_shown(came))
    return Results(
        title=page.title,
        responses=came.responses,
        is_generated=came.generated > 0,
        closed=tuple(
            closed(
                each,
                chosen[each.key],
                came.responses,
                weighting.questions.get(each.key, {}) if weighting.is_shown else None,
            )
            for each in asked_closed
        ),
        texts=text_questions(page, asked, came.responses, until, counted=counted),
        heard_from=heard_from(survey, came, told),
        compared=compared(
            comparable(survey),
            tables,
            told | {key: by_option(counts) for key, counts in chosen.items()},
        ),
        weighting=weighting,
    )


def heard_from(
    survey: Survey, came: Intake, counts: Mapping[str, Counter[str]]
) -> tuple[CountedQuestion, ...]:
    """Return who responded and how, and the equality questions by their counts; protected."""
    return (
        *channels(came),
        *(
            monitored(each, counts[each.key])
            for each in survey_form(survey).questions
            if isinstance(each, MonitoringQuestion)
        ),
    )
