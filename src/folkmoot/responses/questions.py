"""The questions of a survey as plain values, read from its page."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from folkmoot.core.routing import (
    ALWAYS,
    Condition,
    RoutedPage,
    RoutedQuestion,
    routing_faults,
    way,
)
from folkmoot.responses.conditions import condition

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey

PREFER_NOT_TO_SAY = "prefer-not-to-say"
# Names of the fields that a step's page has beside its questions; no question may have them.
TOKEN = "token"
QUOTE = "may-be-quoted"
KIND = "respondent-kind"
ORGANISATION = "organisation"
RESERVED = (TOKEN, QUOTE, KIND, ORGANISATION)


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a closed question."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """What every question has."""

    key: str
    title: str
    hint: str
    required: bool
    sensitive: bool = field(default=False, kw_only=True)
    shown_if: Condition = field(default=ALWAYS, kw_only=True)


@dataclass(frozen=True, slots=True)
class ChoiceQuestion(Question):
    """A closed question with one answer, or with any number where `several`."""

    options: tuple[Option, ...]
    several: bool = False

    def label_of(self, code: str) -> str:
        """Return the label of an option, or the code itself where it is no longer offered."""
        return next((each.label for each in self.options if each.code == code), code)


@dataclass(frozen=True, slots=True)
class MonitoringQuestion(ChoiceQuestion):
    """An equality question: never required, always with "prefer not to say"."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class TextQuestion(Question):
    """A question answered in the respondent's own words; `words_guide` is no limit."""

    words_guide: int = 150
    may_be_quoted: bool = True


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

    def on_the_way(self, answers: Mapping[str, Sequence[str]]) -> SurveyForm:
        """Return only what somebody with these answers is asked; steps keep their numbers."""
        shown = way(self.routed(), {key: tuple(values) for key, values in answers.items()})
        asked = set(shown.questions)
        return SurveyForm(
            tuple(
                replace(step, questions=tuple(each for each in step.questions if each.key in asked))
                for step in (self.steps[place] for place in shown.pages)
            )
        )

    def routed(self) -> tuple[RoutedPage, ...]:
        """Return the form as routing sees it."""
        return tuple(
            RoutedPage(step.title, tuple(map(_routed, step.questions)), step.shown_if)
            for step in self.steps
        )


def survey_form(survey: Survey) -> SurveyForm:
    """Return the questions of a survey's page."""
    steps = [
        Step(
            number,
            block.value["title"],
            block.value["introduction"],
            tuple(_question(each.block_type, each.value) for each in block.value["questions"]),
            condition(block.value.get("shown_if")),
        )
        for number, block in enumerate(survey.steps, start=1)
    ]
    return SurveyForm(tuple(steps))


def revision(form: SurveyForm, consent: str) -> str:
    """Return a mark that changes when what a respondent is asked or consents to changes.

    Hints and introductions may be mended while people answer; questions, options and the consent
    text may not without showing them again.
    """
    asked = [
        [
            type(question).__name__,
            question.key,
            question.title,
            question.required,
            [[option.code, option.label] for option in getattr(question, "options", ())],
            getattr(question, "several", False),
            repr(question.shown_if),
        ]
        for question in form.questions
    ]
    steps = [[len(step.questions), repr(step.shown_if)] for step in form.steps]
    written = json.dumps([consent, steps, asked], ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def faults(form: SurveyForm) -> list[str]:
    """Return what keeps the questions from being asked, in sentences; none where they are sound."""
    found = []
    keys = [question.key for question in form.questions]
    for key in _repeated(keys):
        found.append(
            f"Two questions have the key '{key}': give each question a key of its own, "
            "or their answers cannot be told apart."
        )
    for key in keys:
        if key in RESERVED:
            found.append(f"The key '{key}' is the form's own: give the question another key.")
    for question in form.questions:
        if isinstance(question, ChoiceQuestion):
            for code in _repeated(option.code for option in question.options):
                found.append(
                    f"The question '{question.key}' offers two options with the code '{code}': "
                    "give each option a code of its own."
                )
    return found or routing_faults(form.routed())


def _repeated(names: Iterable[str]) -> list[str]:
    """Return the names that come more than once, each once, in order."""
    return [name for name, times in Counter(names).items() if times > 1]


def _routed(question: Question) -> RoutedQuestion:
    options = question.options if isinstance(question, ChoiceQuestion) else ()
    several = isinstance(question, ChoiceQuestion) and question.several
    return RoutedQuestion(
        question.key,
        question.title,
        options=tuple(option.code for option in options),
        most=None if several else 1,
        required=question.required,
        shown_if=question.shown_if,
    )


def _question(kind: str, value: Any) -> Question:
    common = {
        "key": value["key"],
        "title": value["title"],
        "hint": value["hint"] or "",
        "required": bool(value["required"]),
        "sensitive": bool(value.get("sensitive")),
        "shown_if": condition(value.get("shown_if")),
    }
    if kind == "text":
        return TextQuestion(
            **common,
            words_guide=value["words_guide"] or 150,
            may_be_quoted=bool(value["may_be_quoted"]),
        )
    options = tuple(Option(each["code"], each["label"]) for each in value["options"])
    if kind == "choice":
        return ChoiceQuestion(**common, options=options, several=bool(value["several"]))
    if all(option.code != PREFER_NOT_TO_SAY for option in options):
        options += (Option(PREFER_NOT_TO_SAY, "Prefer not to say"),)
    return MonitoringQuestion(
        **(common | {"required": False}), options=options, why=value["why"] or ""
    )
