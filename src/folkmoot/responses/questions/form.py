"""A survey's form: its steps, and what somebody is asked who gave some answers."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields, replace
from typing import Any

from folkmoot.core.routing import ALWAYS, Condition, RoutedPage, RoutedQuestion, way
from folkmoot.responses.questions.kinds import (
    PREFER_NOT_TO_SAY,
    Answers,
    ChoiceQuestion,
    MonitoringQuestion,
    NumberQuestion,
    Question,
    RankingQuestion,
)
from folkmoot.responses.questions.replies import reply

# Names of the fields that a step's page has beside its questions; no question may have them.
TOKEN = "token"
QUOTE = "may-be-quoted"
KIND = "respondent-kind"
ORGANISATION = "organisation"
CONTACT_NAME = "respondent-name"
CONTACT_ROLE = "respondent-role"
AUTHORITY = "respondent-authority"
PUBLICATION = "respondent-publication"
MONITORING_CONSENT = "monitoring-consent"
# Who answers, and what may become of it: asked together, at the end.
SENDER = (KIND, ORGANISATION, CONTACT_NAME, CONTACT_ROLE, AUTHORITY, PUBLICATION)
BESIDE = (QUOTE, MONITORING_CONSENT, *SENDER)
RESERVED = (TOKEN, *BESIDE)
EXPLAINS = frozenset({"hint", "why", "sensitive", "words_guide", "may_be_quoted"})


@dataclass(frozen=True, slots=True)
class Step:
    """One page of a survey; `number` counts from 1.

    `content` are blocks to read before the questions: evidence, a section of the plan, a figure.
    A page with content alone is there to be read.
    """

    number: int
    title: str
    introduction: Any
    questions: tuple[Question, ...]
    shown_if: Condition = ALWAYS
    content: Any = ()

    @property
    def monitors(self) -> bool:
        """Whether equality questions are among its questions."""
        return any(isinstance(each, MonitoringQuestion) for each in self.questions)


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """All questions of a survey, in the order in which they are asked."""

    steps: tuple[Step, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions of all steps."""
        return tuple(question for step in self.steps for question in step.questions)

    @property
    def parts(self) -> tuple[Question, ...]:
        """All that is answered on its own: questions, and the rows of grids in place of a grid."""
        return tuple(part for question in self.questions for part in question.parts)

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each question by its key, from 1: the same on screen, paper and export."""
        return {question.key: at for at, question in enumerate(self.questions, start=1)}

    def step(self, number: int) -> Step | None:
        """Return a step by its number; None where there is none."""
        return next((step for step in self.steps if step.number == number), None)

    def place(self, number: int) -> int:
        """Return which step a step is, from 1, where others may have been left out."""
        return sum(step.number <= number for step in self.steps)

    def after(self, number: int) -> Step | None:
        """Return the step that follows a step; None after the last."""
        return next((step for step in self.steps if step.number > number), None)

    def before(self, number: int) -> Step | None:
        """Return the step before a step; None before the first."""
        return next((step for step in reversed(self.steps) if step.number < number), None)

    def on_the_way(self, answers: Answers) -> SurveyForm:
        """Return only what somebody with these answers is asked; steps keep their numbers."""
        replies = {part.key: reply(part, answers) for part in self.parts}
        shown = way(self.routed(), replies)
        asked = set(shown.questions)
        return SurveyForm(
            tuple(
                replace(
                    step,
                    questions=tuple(
                        each
                        for each in step.questions
                        if any(part.key in asked for part in each.parts)
                    ),
                )
                for step in (self.steps[place] for place in shown.pages)
            )
        )

    def routed(self) -> tuple[RoutedPage, ...]:
        """Return the form as routing sees it."""
        return tuple(
            RoutedPage(
                step.title,
                tuple(_routed(part) for question in step.questions for part in question.parts),
                step.shown_if,
            )
            for step in self.steps
        )


def revision(form: SurveyForm, *consents: str) -> str:
    """Return a mark that changes when what a respondent is asked or consents to changes.

    `consents` are the texts on the answers and on the equality answers.

    Hints and introductions may be mended while people answer; questions, options and the consent
    text may not without showing them again.
    """
    asked = [_asked(question) for question in form.questions]
    steps = [[len(step.questions), repr(step.shown_if)] for step in form.steps]
    written = json.dumps([consents, steps, asked], ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def _asked(question: Question) -> list[str]:
    """Return all that a question asks; what only explains it may be mended at any time."""
    said = (each.name for each in fields(question) if each.name not in EXPLAINS)
    return [type(question).__name__, *(repr(getattr(question, name)) for name in said)]


def _routed(question: Question) -> RoutedQuestion:
    is_closed = isinstance(question, ChoiceQuestion | RankingQuestion)
    options = question.options if isinstance(question, ChoiceQuestion | RankingQuestion) else ()
    codes = tuple(option.code for option in options)
    exclusive = {option.code for option in options if option.is_exclusive}
    if question.may_decline:
        codes = tuple(dict.fromkeys((*codes, PREFER_NOT_TO_SAY)))
        exclusive.add(PREFER_NOT_TO_SAY)
    is_number = isinstance(question, NumberQuestion)
    most: int | None = 1
    if isinstance(question, RankingQuestion) or getattr(question, "several", False):
        most = getattr(question, "most", None)
    return RoutedQuestion(
        question.key,
        question.title,
        options=codes,
        most=most,
        exclusive=frozenset(exclusive),
        is_number=is_number,
        is_open=not is_closed and not is_number,
        in_order=isinstance(question, RankingQuestion),
        least=question.least if isinstance(question, ChoiceQuestion) else 0,
        lowest=question.lowest if isinstance(question, NumberQuestion) else None,
        highest=question.highest if isinstance(question, NumberQuestion) else None,
        required=question.required,
        shown_if=question.shown_if,
    )
