"""The fields that stand beside the questions: who answers, and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from folkmoot.responses.forms.texts import LONGEST_NAME, text_error
from folkmoot.responses.questions import (
    AUTHORITY,
    CONTACT_NAME,
    CONTACT_ROLE,
    KIND,
    MONITORING_CONSENT,
    ORGANISATION,
    PUBLICATION,
    QUOTE,
    SENDER,
    MonitoringQuestion,
    Question,
    Step,
    SurveyForm,
    TextQuestion,
    reply,
)

INDIVIDUAL_KIND, ORGANISATION_KIND = "individual", "organisation"
KINDS = (INDIVIDUAL_KIND, ORGANISATION_KIND)
NAMED = "named"
# What may be sent in each field that is chosen from, and what to do where it was none of them.
CHOSEN = {
    KIND: (KINDS, "Choose whether you answer for yourself or for an organisation."),
    AUTHORITY: (("yes", "no"), "Choose whether you may answer for the organisation."),
    PUBLICATION: (("not", "unnamed", NAMED), "Choose whether your response may be published."),
    QUOTE: (("yes",), "Tick the box or leave it."),
    MONITORING_CONSENT: (("yes",), "Tick the box or leave it."),
}
# What only somebody answers who answers for an organisation.
OF_ORGANISATION = {
    ORGANISATION: "take its name out",
    CONTACT_NAME: "take your name out",
    CONTACT_ROLE: "take your role out",
}


def extras_of(form: SurveyForm, step: Step) -> tuple[str, ...]:
    """Return the fields that a step has beside its questions.

    The first step with free text asks whether it may be quoted, every step with equality
    questions whether the answers may be kept, the last one who answers: of the steps that a
    respondent comes to.
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
    if step.monitors:
        extras = (*extras, MONITORING_CONSENT)
    is_last = bool(form.steps) and step.number == form.steps[-1].number
    return (*extras, *SENDER) if is_last else extras


def beside_errors(
    asked: Iterable[Question], answers: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Return what is wrong with fields taken together, by the field at which it is said.

    `asked` are the questions of the step. Equality answers without the agreement to keep them, and
    what is said of an organisation by somebody who answers for none.
    """
    found = {}
    if MONITORING_CONSENT in answers and not _said(answers, MONITORING_CONSENT):
        equality = (each for each in asked if isinstance(each, MonitoringQuestion))
        if any(reply(question, answers) for question in equality):
            found[MONITORING_CONSENT] = (
                "Tick the box if we may keep your answers to the equality questions, or clear "
                "these answers."
            )
    if _said(answers, KIND) == ORGANISATION_KIND:
        if not _said(answers, ORGANISATION):
            found[ORGANISATION] = "Write the name of the organisation that you answer for."
        return found
    for name, otherwise in OF_ORGANISATION.items():
        if _said(answers, name):
            found[name] = f"Choose 'An organisation' above if you answer for one, or {otherwise}."
    if _said(answers, PUBLICATION) == NAMED:
        found[PUBLICATION] = (
            "The name of a person is never published: choose 'Yes, without my name', or choose "
            "'An organisation' above."
        )
    return found


def extra_error(name: str, values: Sequence[str]) -> str:
    """Return what is wrong with one field taken by itself; empty where nothing is."""
    if len(values) > 1:
        return "This was sent more than once: give one answer."
    value = values[0] if values else ""
    if name in CHOSEN:
        offered, error = CHOSEN[name]
        return error if value and value not in offered else ""
    return text_error(value, LONGEST_NAME) if name in OF_ORGANISATION else ""


def _said(answers: Mapping[str, Sequence[str]], name: str) -> str:
    return "".join(answers.get(name, ())).strip()
