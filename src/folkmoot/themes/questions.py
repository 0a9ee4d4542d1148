"""The questions of a survey as plain values: what results are counted by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from folkmoot.responses.models import Survey


class Kind(Enum):
    """Kind of a question; the value is its block's name in the survey."""

    CLOSED = "choice"
    TEXT = "text"
    MONITORING = "monitoring"


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `options` are pairs of code and label, in the order asked."""

    key: str
    title: str
    kind: Kind
    options: tuple[tuple[str, str], ...] = ()
    several: bool = False
    may_be_quoted: bool = False


def questions_of(survey: Survey) -> list[Question]:
    """Return the questions in the order in which they are asked."""
    return [
        _question(block.block_type, block.value)
        for step in survey.steps
        for block in step.value["questions"]
    ]


def free_text_questions(survey: Survey) -> list[Question]:
    """Return the questions answered in the respondent's own words."""
    return [question for question in questions_of(survey) if question.kind is Kind.TEXT]


def question_of(survey: Survey, key: str) -> Question | None:
    """Return the free-text question of that key, if the survey asks one."""
    return next((each for each in free_text_questions(survey) if each.key == key), None)


def _question(kind: str, value: Mapping[str, Any]) -> Question:
    return Question(
        key=value["key"],
        title=value["title"],
        kind=Kind(kind),
        options=tuple((option["code"], option["label"]) for option in value.get("options", ())),
        several=bool(value.get("several")),
        may_be_quoted=bool(value.get("may_be_quoted")),
    )
