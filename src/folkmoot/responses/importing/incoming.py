"""A response from elsewhere as a plain value, and what a survey asks of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from folkmoot.responses.questions import (
    ChoiceQuestion,
    Question,
    RankingQuestion,
    SurveyForm,
)


@dataclass(frozen=True, slots=True)
class IncomingResponse:
    """A response from elsewhere, on its way into the register.

    `answers` and `monitoring` go by name of field, as a form posts them: option codes for a closed
    question, one text for a free-text one, "KEY--CODE" for what was typed beside an option. A
    letter that answers no survey has its text under the key "letter". `reference_there` is its
    number in the product it came from.
    """

    channel: str
    submitted_at: datetime
    kind: str = "individual"
    organisation: str = ""
    answers: Mapping[str, Sequence[str] | str] = field(default_factory=dict)
    monitoring: Mapping[str, Sequence[str] | str] = field(default_factory=dict)
    may_be_quoted: bool = False
    is_generated: bool = False
    reference_there: str = ""


def as_received(form: SurveyForm) -> SurveyForm:
    """Return a survey's form as what came by another way is held to it.

    A statutory response is never refused for a question that it leaves out, nor for choices in a
    number or a company that this form would not have let it make: nothing is required, and limits
    of number and options that go with no other do not hold.
    """
    steps = tuple(
        replace(step, questions=tuple(_received(question) for question in step.questions))
        for step in form.steps
    )
    return replace(form, steps=steps)


def _received(question: Question) -> Question:
    if isinstance(question, ChoiceQuestion):
        options = tuple(replace(option, is_exclusive=False) for option in question.options)
        return replace(question, required=False, options=options, least=0, most=None)
    if isinstance(question, RankingQuestion):
        return replace(question, required=False, most=None)
    return replace(question, required=False)
