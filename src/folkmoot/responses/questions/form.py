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
RESERVED = (TOKEN, QUOTE, KIND, ORGANISATION)
EXPLAINS = frozenset({"hint", "why", "sensitive", "words_guide", "may_be_quoted"})


@dataclass(frozen=True, slots=True)
class Step:
    """One page of a survey; `number` counts from 1."""

    number: int
    title: str
    introduction: Any
    questions: tuple[Question, ...]
    shown_if: Condition = ALWAYS


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


def revision(form: SurveyForm, consent: str) -> str:
    """Return a mark that changes when what a respondent is asked or consents to changes.

    Hints and introductions may be mended while people answer; questions, options and the consent
    text may not without showing them again.
    """
    asked = [_asked(question) for question in form.questions]
    steps = [[len(step.questions), repr(step.shown_if)] for step in form.steps]
    written = json.dumps([consent, steps, asked], ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def _asked(question: Question) -> list[str]:
    """Return all that a question asks; what only explains it may be mended at any time."""
    said = (each.name for each in fields(question) if each.name not in EXPLAINS)
    return [type(question).__name__, *(repr(getattr(question, name)) for name in said)]


def _routed(question: Question) -> RoutedQuestion:
    options = question.options if isinstance(question, ChoiceQuestion | RankingQuestion) else ()
    codes = tuple(option.code for option in options)
    if question.may_decline and PREFER_NOT_TO_SAY not in codes:
        codes += (PREFER_NOT_TO_SAY,)
    most: int | None = 1
    if isinstance(question, RankingQuestion) or getattr(question, "several", False):
        most = getattr(question, "most", None)
    return RoutedQuestion(
        question.key,
        question.title,
        options=codes if options else (),
        most=most,
        exclusive=frozenset(option.code for option in options if option.is_exclusive),
        is_number=isinstance(question, NumberQuestion),
        required=question.required,
        shown_if=question.shown_if,
    )
