"""A response from elsewhere as a plain value, and what a survey asks of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime

from folkmoot.responses.forms.answers import answer_errors
from folkmoot.responses.questions import (
    ChoiceQuestion,
    Question,
    RankingQuestion,
    SurveyForm,
)

MOST_KNOWN = 5_000


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


class ReceivedCheck:
    """Checks what came by another way against a survey's form, as it is held to it (`as_received`).

    Only questions that something was said to are looked at, as most forms ask much more than is
    answered.
    """

    def __init__(self, form: SurveyForm) -> None:
        # A grid by its rows, each of which is answered and wrong on its own.
        self._names = [(part, part.names) for part in as_received(form).parts]
        # Most answers to a closed question say one of a few things: each is checked once.
        self._known: dict[tuple[object, ...], dict[str, str]] = {}
        self._owner = {
            name: place for place, (_, names) in enumerate(self._names) for name in names
        }

    @property
    def names(self) -> Set[str]:
        """The names of all fields that the survey has."""
        return self._owner.keys()

    def __call__(self, fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """Return what is wrong, in sentences by the key of the question or its part.

        `fields` are of the survey: see `names`.
        """
        errors: dict[str, str] = {}
        for place in sorted({self._owner[name] for name in fields}):
            part, names = self._names[place]
            if not isinstance(part, ChoiceQuestion):
                errors |= answer_errors(part, _typed(names, fields))
                continue
            said = (place, *[tuple(fields.get(name, ())) for name in names])
            found = self._known.get(said)
            if found is None:
                found = answer_errors(part, _typed(names, fields))
                if len(self._known) < MOST_KNOWN:
                    self._known[said] = found
            if found:
                errors |= found
        return errors


def _typed(names: Sequence[str], fields: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    return {name: list(fields.get(name, ())) for name in names}


def _received(question: Question) -> Question:
    if isinstance(question, ChoiceQuestion):
        options = tuple(replace(option, is_exclusive=False) for option in question.options)
        return replace(question, required=False, options=options, least=0, most=None)
    if isinstance(question, RankingQuestion):
        return replace(question, required=False, most=None)
    return replace(question, required=False)
