"""What a respondent posted for a step, or keeps in a draft, checked against the questions."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from folkmoot.responses.forms.answers import answer_error
from folkmoot.responses.forms.beside import beside_errors, extra_error, extras_of
from folkmoot.responses.forms.posts import Checked, Given, Posted, lines
from folkmoot.responses.questions import TOKEN, Step, SurveyForm


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
        values = [lines(value) for value in posted.getlist(question.key)]
        if asked is not None and question.key not in asked:
            if values:
                checked.answers[question.key] = values
            continue
        checked.answers[question.key] = values
        if error := answer_error(question, values):
            checked.errors[question.key] = error
    for name in extras:
        values = [lines(value) for value in posted.getlist(name)]
        checked.answers[name] = values
        if error := extra_error(name, values):
            checked.errors[name] = error
    on_page = [each for each in step.questions if asked is None or each.key in asked]
    for name, error in beside_errors(on_page, checked.answers).items():
        checked.errors.setdefault(name, error)
    known = {question.key for question in step.questions} | set(extras)
    names = sorted(set(posted.keys()) - known - {TOKEN})
    if names:
        checked.unknown = {name: [lines(value) for value in posted.getlist(name)] for name in names}
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
        names = (*(question.key for question in step.questions), *extras)
        errors = check_step(step, Given(answers, names), extras=extras).errors
        found |= {name: (step.number, error) for name, error in errors.items()}
    return found
