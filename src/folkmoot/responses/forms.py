"""What a respondent posted, checked against the questions. Nothing typed is ever dropped."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from folkmoot.responses.questions import (
    KIND,
    ORGANISATION,
    QUOTE,
    TOKEN,
    ChoiceQuestion,
    Question,
    Step,
    SurveyForm,
    TextQuestion,
)

LONGEST_TEXT = 100_000
LONGEST_NAME = 200
KINDS = ("individual", "organisation")
# Line breaks and tabs are writing; other control characters come from no keyboard.
_CONTROL = {code for code in range(32) if chr(code) not in "\t\n\r"} | {127}


class Posted(Protocol):
    """The fields of a post: Django's QueryDict, or anything with its `getlist`."""

    def getlist(self, key: str) -> list[str]: ...

    def keys(self) -> Iterable[str]: ...


@dataclass(slots=True)
class Checked:
    """A step as it was posted: `answers` by question, and an error by the question it is at.

    `answers` hold what was typed whether right or wrong, so that a page can show it again;
    `unknown` what came in fields that the page does not have. An error under the key "" is of the
    whole step.
    """

    answers: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Whether there is no error."""
        return not self.errors


def check_step(
    step: Step,
    posted: Posted,
    *,
    extras: Sequence[str] = (),
    asked: Container[str] | None = None,
) -> Checked:
    """Return what was posted for a step, with an error for everything that is not as it should be.

    `extras` are names of further fields that the step's page has. `asked` are the keys of the
    questions that were shown, all where it is None: answers to others are kept and never wrong.
    """
    checked = Checked()
    for question in step.questions:
        values = [_lines(value) for value in posted.getlist(question.key)]
        if asked is not None and question.key not in asked:
            if values:
                checked.answers[question.key] = values
            continue
        checked.answers[question.key] = values
        if error := _error(question, values):
            checked.errors[question.key] = error
    for name in extras:
        values = [_lines(value) for value in posted.getlist(name)]
        checked.answers[name] = values
        if error := _extra_error(name, values):
            checked.errors[name] = error
    if error := _sender_error(checked.answers):
        checked.errors.setdefault(ORGANISATION, error)
    known = {question.key for question in step.questions} | set(extras)
    names = sorted(set(posted.keys()) - known - {TOKEN})
    if names:
        checked.unknown = {
            name: [_lines(value) for value in posted.getlist(name)] for name in names
        }
        shown = ", ".join(f"'{name[:40]}'" for name in names[:3])
        checked.errors[""] = (
            f"The form held a field that this page does not ask for ({shown}), so nothing was "
            "saved. Check your answers below and save them again."
        )
    return checked


def extras_of(form: SurveyForm, step: Step) -> tuple[str, ...]:
    """Return the fields that a step has beside its questions.

    The first step with free text asks whether it may be quoted, the last one who answers: of the
    steps that a respondent comes to.
    """
    with_text = next(
        (
            each
            for each in form.steps
            if any(isinstance(q, TextQuestion) and q.may_be_quoted for q in each.questions)
        ),
        None,
    )
    extras: tuple[str, ...] = ()
    if with_text is not None and step.number == with_text.number:
        extras = (QUOTE,)
    is_last = bool(form.steps) and step.number == form.steps[-1].number
    return (*extras, KIND, ORGANISATION) if is_last else extras


def check_draft(
    form: SurveyForm, answers: Mapping[str, Sequence[str]]
) -> dict[str, tuple[int, str]]:
    """Return what is wrong with a whole draft: by field, the step it is on and the error.

    A required question on a step that was passed by, or questions changed since it was answered.
    `form` is what this respondent is asked (`SurveyForm.on_the_way`).
    """
    found: dict[str, tuple[int, str]] = {}
    for step in form.steps:
        extras = extras_of(form, step)
        names = (*(question.key for question in step.questions), *extras)
        errors = check_step(step, Given(answers, names), extras=extras).errors
        found |= {name: (step.number, error) for name, error in errors.items()}
    return found


class Given:
    """Answers from elsewhere, to some fields, read like a post."""

    def __init__(self, answers: Mapping[str, Sequence[str] | str], names: Iterable[str]) -> None:
        self._answers = {name: answers[name] for name in names if name in answers}

    def getlist(self, key: str) -> list[str]:
        value = self._answers.get(key, ())
        return [value] if isinstance(value, str) else list(value)

    def keys(self) -> Iterable[str]:
        return self._answers.keys()


def written(answers: Mapping[str, Sequence[str]], question: Question) -> list[str]:
    """Return the values of an answer that say something; none where it was left empty."""
    values = [value for value in answers.get(question.key, ()) if value.strip()]
    return values if isinstance(question, ChoiceQuestion) else values[:1]


def _error(question: Question, values: list[str]) -> str:
    title = question.title
    said = [value for value in values if value.strip()]
    if isinstance(question, TextQuestion):
        if len(values) > 1:
            return f"'{title}' was sent more than once: write your answer in one place."
        if said and (error := text_error(said[0], LONGEST_TEXT)):
            return error
        return f"Write an answer to '{title}'." if question.required and not said else ""
    if not isinstance(question, ChoiceQuestion):
        return ""
    codes = {option.code for option in question.options}
    if any(value not in codes for value in said):
        return "Choose from the answers offered here; one that was sent is not among them."
    if len(said) > 1 and not question.several:
        return "Choose one answer only."
    if len(set(said)) < len(said):
        return "An answer was sent twice: choose each one once."
    return f"Choose an answer to '{title}'." if question.required and not said else ""


def _sender_error(answers: Mapping[str, Sequence[str]]) -> str:
    """Return what is wrong with kind and name taken together."""
    is_organisation = list(answers.get(KIND, [])) == ["organisation"]
    name = "".join(answers.get(ORGANISATION, [])).strip()
    if is_organisation and not name:
        return "Write the name of the organisation that you answer for."
    if name and not is_organisation:
        return "Choose 'An organisation' above if you answer for one, or take its name out."
    return ""


def _extra_error(name: str, values: list[str]) -> str:
    if len(values) > 1:
        return "This was sent more than once: give one answer."
    value = values[0] if values else ""
    if name == KIND and value and value not in KINDS:
        return "Choose whether you answer for yourself or for an organisation."
    if name == QUOTE and value not in {"", "yes"}:
        return "Tick the box or leave it."
    return text_error(value, LONGEST_NAME) if name == ORGANISATION else ""


def text_error(text: str, longest: int) -> str:
    """Return why a text cannot be kept as it is; empty where it can."""
    if len(text) > longest:
        return (
            f"Your answer has {len(text):,} characters and the most that can be sent here is "
            f"{longest:,}: shorten it, or send the rest by e-mail."
        )
    if any(ord(mark) in _CONTROL for mark in text):
        return "Your answer holds a character that cannot be kept (a control code): take it out."
    return ""


def _lines(text: str) -> str:
    """Return text with line breaks as they are kept; a browser sends two characters for each."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
