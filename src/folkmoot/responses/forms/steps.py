"""What a respondent posted for a step, or keeps in a draft, checked against the questions."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from folkmoot.responses.forms.answers import answer_errors
from folkmoot.responses.forms.beside import beside_errors, extra_error, extras_of
from folkmoot.responses.forms.places import pressed_point
from folkmoot.responses.forms.posts import Checked, Given, Posted, lines
from folkmoot.responses.forms.texts import LONGEST_TEXT, text_error
from folkmoot.responses.questions import TOKEN, PlaceQuestion, Step, SurveyForm, field_name


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
        typed = {name: _values(posted, name) for name in question.names}
        if isinstance(question, PlaceQuestion):
            _mark(question, posted, typed, checked)
        if asked is not None and question.key not in asked:
            kept = {name: values for name, values in typed.items() if values}
            checked.answers |= kept
            if error := _unkeepable(kept):
                checked.errors[question.key] = error
            continue
        checked.answers |= typed
        checked.errors |= answer_errors(question, typed)
    for name in extras:
        values = _values(posted, name)
        checked.answers[name] = values
        if error := extra_error(name, values):
            checked.errors[name] = error
    on_page = [each for each in step.questions if asked is None or each.key in asked]
    for name, error in beside_errors(on_page, checked.answers).items():
        checked.errors.setdefault(name, error)
    known = {
        name for question in step.questions for name in (*question.names, *question.signals)
    } | set(extras)
    names = sorted(set(posted.keys()) - known - {TOKEN})
    if names:
        checked.unknown = {name: _values(posted, name) for name in names}
        shown = ", ".join(f"'{name[:40]}'" for name in names[:3])
        checked.errors[""] = (
            f"The form held a field that this page does not ask for ({shown}), so nothing was "
            "saved. Check your answers below and save them again."
        )
    return checked


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
        names = (*(name for question in step.questions for name in question.names), *extras)
        errors = check_step(step, Given(answers, names), extras=extras).errors
        found |= {name: (step.number, error) for name, error in errors.items()}
    return found


def _values(posted: Posted, name: str) -> list[str]:
    return [lines(value) for value in posted.getlist(name)]


def _mark(
    question: PlaceQuestion, posted: Posted, typed: dict[str, list[str]], checked: Checked
) -> None:
    """Put the point where a map was pressed among what was typed, or take the mark away."""
    names = set(posted.keys())
    sent = {name: "".join(posted.getlist(name)[:1]) for name in question.signals if name in names}
    point = field_name(question.key, "point")
    if pressed := pressed_point(question, sent):
        typed[point] = [pressed]
        checked.marked = question.key
    elif sent.get(field_name(question.key, "clear")):
        typed[point] = []


def _unkeepable(typed: Mapping[str, Sequence[str]]) -> str:
    """Return why something that is not asked for, and kept all the same, cannot be."""
    errors = (text_error(value, LONGEST_TEXT) for values in typed.values() for value in values)
    return next(filter(None, errors), "")
