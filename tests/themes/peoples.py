"""Populations and surveys answered by groups, for tests of comparing and weighting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests import factories

from folkmoot.themes.acts.population import import_population
from folkmoot.themes.population import comparable, read_population

SOURCE = "Census 2021 of the town"


def csv_of(figures: Mapping[str, Mapping[str, int]], source: str = SOURCE) -> bytes:
    """Return a file of figures by question and level."""
    lines = ["question,level,people,source,licence,day"]
    for question, levels in figures.items():
        said = f"{source},OGL v3.0,2021-03-21"
        for level, people in levels.items():
            lines.append(f"{question},{level},{people},{said}")
            said = ",,"
    return "\n".join(lines).encode()


def read_of(survey: Any, figures: Mapping[str, Mapping[str, int]]) -> Any:
    """Return figures as read from a file of them."""
    return read_population(csv_of(figures), "people.csv", comparable(survey))


def make_population(survey: Any, figures: Mapping[str, Mapping[str, int]]) -> Any:
    """Put figures in use, and return their tables."""
    return import_population(survey, read_of(survey, figures), factories.AFTER)


SEXES = (("women", "Women"), ("men", "Men"))
PARTS = (("north", "North"), ("south", "South"), ("outside", "Elsewhere"))
HALVES = {"sex": {"women": 500, "men": 500}}


def make_answered(groups: Iterable[tuple[int, str | None, str, str]], **fields: Any) -> Any:
    """Return a survey answered by groups: how many, their sex if told, their answer, their part.

    "" stands for no answer.
    """
    survey = factories.make_survey(
        questions=[
            factories.choice("agree", "Do you agree with the draft?"),
            factories.choice("part", "Where do you live?", options=PARTS),
            factories.monitoring("sex", "What is your sex?", options=SEXES),
        ]
    )
    for many, sex, agree, part in groups:
        for _ in range(many):
            factories.make_response(
                survey,
                {"agree": [agree] if agree else [], "part": [part] if part else []},
                monitored={"sex": sex} if sex else {},
                **fields,
            )
    return survey
