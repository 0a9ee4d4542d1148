"""Groups of respondents by which themes can be told apart: what a page may compare, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from folkmoot.consultations.models import Respondent
from folkmoot.core.disclosure import SMALLEST_BASE, SMALLEST_SHOWN
from folkmoot.responses.models import Channel
from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    MonitoringQuestion,
    Question,
)

CHOSEN, LEFT = "chosen", "left"
# Whoever is in no group: said nothing, or would rather not say.
NOBODY = ""


class Source(Enum):
    """Where it is written in which group somebody is; the value heads a part of the list."""

    RESPONSE = "Who responded, and how"
    ANSWER = "What else they answered"
    MONITORING = "Equality questions"


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way to tell respondents apart; nobody is in two of its groups.

    Where several answers could be chosen, each option is a grouping: those who chose it, and those
    who chose others only.
    """

    key: str
    title: str
    source: Source
    groups: tuple[tuple[str, str], ...]
    """Code and label of each group, in their order."""
    question: str = ""
    option: str = ""

    @property
    def is_special(self) -> bool:
        """Whether it tells of special categories of personal data."""
        return self.source is Source.MONITORING

    @property
    def smallest_base(self) -> int:
        """How many people a group has at least of which anything is told."""
        return SMALLEST_BASE if self.is_special else SMALLEST_SHOWN


KIND = Grouping(
    "kind",
    "Individuals and organisations",
    Source.RESPONSE,
    tuple((code, str(label)) for code, label in Respondent.Kind.choices),
)
CHANNEL = Grouping(
    "channel",
    "How responses came",
    Source.RESPONSE,
    tuple((code, str(label)) for code, label in Channel.choices),
)


def groupings(asked: Iterable[Question]) -> tuple[Grouping, ...]:
    """Return all ways to tell respondents to a survey apart, those of one source together.

    `asked` are the parts of its form, so that each row of a grid is one.
    """
    found = [KIND, CHANNEL]
    for question in asked:
        if isinstance(question, ChoiceQuestion):
            found += _of(question)
    return tuple(sorted(found, key=lambda each: list(Source).index(each.source)))


def _of(question: ChoiceQuestion) -> list[Grouping]:
    monitors = isinstance(question, MonitoringQuestion)
    source = Source.MONITORING if monitors else Source.ANSWER
    options = [option for option in question.options if option.code != PREFER_NOT_TO_SAY]
    if not question.several:
        groups = tuple((option.code, option.label) for option in options)
        return [Grouping(question.key, question.title, source, groups, question.key)]
    return [
        Grouping(
            f"{question.key}:{option.code}",
            f"{question.title} {option.label}",
            source,
            ((CHOSEN, option.label), (LEFT, "Others only")),
            question.key,
            option.code,
        )
        for option in options
    ]
