"""Responses weighed to the population, and what was found kept, so that pages need not weigh."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from folkmoot.core.weighting import (
    CellWeights,
    WeightedQuestion,
    known_cell,
    weigh_cells,
    weighted_question,
)
from folkmoot.responses.models import FrozenCount, Survey
from folkmoot.responses.questions import ChoiceQuestion, MonitoringQuestion, survey_form
from folkmoot.themes.cells import (
    Variable,
    came_until,
    cells,
    chosen_by_cell,
    population_tables,
)
from folkmoot.themes.models import KeptWeighting, PopulationTable
from folkmoot.themes.population import comparable
from folkmoot.themes.querysets import counted_until

# So many responses are weighed when a page asks, in the blink of an eye; more by the worker.
MOST_AT_ASKING = 2_000


def found_weighting(
    survey: Survey,
    tables: Sequence[PopulationTable],
    until: datetime,
) -> dict[str, Any] | None:
    """Return what weighting finds of the responses that came before an instant.

    What is kept is returned where nothing has changed since; else few responses are weighed at
    once, and of many what was kept last, or None until the worker has weighed them.
    """
    kept = KeptWeighting.objects.filter(survey=survey).first()
    many, last = came_until(survey, until)
    now = _stands_for(survey, tables, many, last)
    if kept is not None and kept.stands_for == now:
        return dict(kept.found)
    of_tables = kept is not None and kept.stands_for["tables"] == now["tables"]
    # Once equality answers are erased, what they gave is all there is.
    if kept is not None and of_tables and _erased(survey):
        return dict(kept.found)
    if many <= MOST_AT_ASKING:
        return weigh(survey, tables, until)
    return dict(kept.found) if kept is not None and of_tables else None


def keep_weighting(survey: Survey, at: datetime) -> bool:
    """Weigh a survey's responses and keep what is found, where something has changed."""
    tables = population_tables(survey)
    if not tables:
        KeptWeighting.objects.filter(survey=survey).delete()
        return False
    until = counted_until(survey, survey.consultation, at)
    stands_for = _stands_for(survey, tables, *came_until(survey, until))
    kept = KeptWeighting.objects.filter(survey=survey).first()
    if kept is not None and (
        kept.stands_for == stands_for
        or (kept.stands_for["tables"] == stands_for["tables"] and _erased(survey))
    ):
        return False
    found = weigh(survey, tables, until)
    KeptWeighting.objects.update_or_create(
        survey=survey, defaults={"made_at": at, "stands_for": stands_for, "found": found}
    )
    return True


def keep_all_weightings(at: datetime) -> int:
    """Bring the weighting of every survey up to date that has population figures; a job."""
    surveys = Survey.objects.filter(population_tables__isnull=False).distinct()
    return sum(keep_weighting(survey, at) for survey in surveys)


def weigh(survey: Survey, tables: Sequence[PopulationTable], until: datetime) -> dict[str, Any]:
    """Return what weighting finds, as it is kept: the weights' quality, and weighted shares."""
    targets, variables = _targets(survey, tables)
    names = [each.key for each in variables]
    found = weigh_cells(names, cells(survey, variables, until), targets)
    asked = _asked(survey)
    counted: Mapping[str, Any] = {}
    if found.is_sound:
        counted = chosen_by_cell(survey, variables, [each.key for each in asked], until)
    questions = {}
    for question in asked if found.is_sound else ():
        chosen: dict[Any, int] = {}
        for (cell, codes), people in counted.get(question.key, {}).items():
            key = known_cell(names, cell, targets), codes
            chosen[key] = chosen.get(key, 0) + people
        options = [option.code for option in question.options]
        questions[question.key] = _kept_question(
            weighted_question(found.weights, chosen, options, several=question.several)
        )
    return _kept_weights(found) | {"questions": questions}


def _targets(
    survey: Survey, tables: Sequence[PopulationTable]
) -> tuple[dict[str, dict[str, float]], list[Variable]]:
    """Return the figures of each table whose question is still asked, and its variable."""
    asked = {question.key: question for question in comparable(survey)}
    of_table = {
        table.question: {margin.level: margin.figure for margin in table.margins.all()}
        for table in tables
        if table.question in asked
    }
    variables = [Variable(key, isinstance(asked[key], MonitoringQuestion)) for key in of_table]
    return of_table, variables


def _asked(survey: Survey) -> list[ChoiceQuestion]:
    return [
        each
        for each in survey_form(survey).parts
        if isinstance(each, ChoiceQuestion) and not isinstance(each, MonitoringQuestion)
    ]


def _stands_for(
    survey: Survey, tables: Sequence[PopulationTable], many: int, last: int
) -> dict[str, Any]:
    """Return what a weighting is made from: other as soon as it would find something else."""
    return {
        "responses": many,
        "last": last,
        "tables": sorted(table.pk for table in tables),
        "questions": [
            [question.key, [option.code for option in question.options]]
            for question in (*_asked(survey), *comparable(survey))
        ],
    }


def _erased(survey: Survey) -> bool:
    return FrozenCount.objects.filter(survey=survey).exists()


def _kept_weights(found: CellWeights) -> dict[str, Any]:
    return {
        "is_sound": found.is_sound,
        "used": list(found.used),
        "left_out": [[each.variable, each.why.name, each.level] for each in found.left_out],
        "people": found.people,
        "outside": found.outside,
        "unknown": found.unknown,
        "effective_size": found.effective_size,
        "design_effect": found.design_effect,
        "capped": found.capped,
        "capped_levels": [list(each) for each in found.capped_levels],
        "unmatched": [
            [variable, level.level, level.target, level.weighted_share]
            for variable, level in found.unmatched
        ],
    }


def _kept_question(found: WeightedQuestion) -> dict[str, Any]:
    return {
        "base": found.base,
        "shares": {
            code: None if each is None else [each.share, each.interval.lower, each.interval.upper]
            for code, each in found.shares.items()
        },
    }
