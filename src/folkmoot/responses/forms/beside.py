"""The fields that stand beside the questions: who answers, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from folkmoot.responses.forms.texts import LONGEST_NAME, text_error
from folkmoot.responses.questions import KIND, ORGANISATION, QUOTE, Step, SurveyForm, TextQuestion

KINDS = ("individual", "organisation")


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


def sender_error(answers: Mapping[str, Sequence[str]]) -> str:
    """Return what is wrong with kind and name taken together."""
    is_organisation = list(answers.get(KIND, [])) == ["organisation"]
    name = "".join(answers.get(ORGANISATION, [])).strip()
    if is_organisation and not name:
        return "Write the name of the organisation that you answer for."
    if name and not is_organisation:
        return "Choose 'An organisation' above if you answer for one, or take its name out."
    return ""


def extra_error(name: str, values: list[str]) -> str:
    if len(values) > 1:
        return "This was sent more than once: give one answer."
    value = values[0] if values else ""
    if name == KIND and value and value not in KINDS:
        return "Choose whether you answer for yourself or for an organisation."
    if name == QUOTE and value not in {"", "yes"}:
        return "Tick the box or leave it."
    return text_error(value, LONGEST_NAME) if name == ORGANISATION else ""
