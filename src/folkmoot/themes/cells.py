"""How many individuals are alike in what a population table sorts by, and what they chose.

Grouped and counted by the database; a cell is what one individual is of each variable, "" where
they did not say. Equality answers are there only of people who agreed to have them counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, FilteredRelation, Max, Q

from folkmoot.consultations.models import Respondent
from folkmoot.core.weighting import Cell
from folkmoot.responses.models import Answer, Response, Standing, Survey
from folkmoot.themes.models import PopulationTable

# By question: how many of a cell chose which options together.
Chosen = dict[str, Counter[tuple[Cell, tuple[str, ...]]]]


@dataclass(frozen=True, slots=True)
class Variable:
    """A question that sorts people into groups, and whether it is an equality question."""

    key: str
    is_monitoring: bool


def population_tables(survey: Survey) -> list[PopulationTable]:
    """Return the population tables of a survey that are in use, with their margins."""
    return list(
        PopulationTable.objects.filter(
            survey=survey, standing=PopulationTable.Standing.CURRENT
        ).prefetch_related("margins")
    )


def came_until(survey: Survey, until: datetime) -> tuple[int, int]:
    """Return how many responses stand, and the key of the last: other when any came or went."""
    found = Response.objects.filter(
        survey=survey, standing=Standing.STANDS, submitted_at__lt=until
    ).aggregate(many=Count("id"), last=Max("id"))
    return found["many"], found["last"] or 0


def cells(survey: Survey, variables: Sequence[Variable], until: datetime) -> Counter[Cell]:
    """Return how many individuals are in each cell. One query."""
    people = Response.objects.filter(
        survey=survey,
        standing=Standing.STANDS,
        submitted_at__lt=until,
        respondent__kind=Respondent.Kind.INDIVIDUAL,
    ).order_by()
    joined, fields = _joined(people, variables, "")
    found: Counter[Cell] = Counter()
    for row in joined.values_list(*fields).annotate(people=Count("id")):
        found[_cell(row[:-1])] += row[-1]
    return found


def chosen_by_cell(
    survey: Survey, variables: Sequence[Variable], questions: Collection[str], until: datetime
) -> Chosen:
    """Return how many individuals of each cell chose which options of each question. One query."""
    answers = Answer.objects.filter(
        question__in=questions,
        response__survey=survey,
        response__standing=Standing.STANDS,
        response__submitted_at__lt=until,
        response__respondent__kind=Respondent.Kind.INDIVIDUAL,
    ).order_by()
    joined, fields = _joined(answers, variables, "response__")
    found: Chosen = defaultdict(Counter)
    for question, choices, *cell, people in joined.values_list(
        "question", "choices", *fields
    ).annotate(people=Count("id")):
        if choices:
            found[question][_cell(cell), tuple(choices)] += people
    return found


def _joined(rows: Any, variables: Sequence[Variable], to_response: str) -> tuple[Any, list[str]]:
    """Return rows joined with what each variable says of their response, and its fields."""
    fields = []
    for place, variable in enumerate(variables):
        relation = "monitoring_answers" if variable.is_monitoring else "answers"
        field = "choice" if variable.is_monitoring else "choices"
        path = f"{to_response}{relation}"
        of_question = Q(**{f"{path}__question": variable.key})
        name = f"variable_{place}"
        rows = rows.annotate(**{name: FilteredRelation(path, condition=of_question)})
        fields.append(f"{name}__{field}")
    return rows, fields


def _cell(found: Iterable[Any]) -> Cell:
    """Return a row as a cell: the one option chosen, or "" for none."""
    return tuple(
        (each[0] if each else "") if isinstance(each, list) else each or "" for each in found
    )
