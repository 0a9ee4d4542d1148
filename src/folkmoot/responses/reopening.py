"""A response as the fields that would give it again: to be changed, read whole, or copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from folkmoot.consultations.models import Respondent
from folkmoot.responses.acts.rows import answers_of
from folkmoot.responses.questions import (
    AUTHORITY,
    CONTACT_NAME,
    CONTACT_ROLE,
    KIND,
    MONITORING_CONSENT,
    ORGANISATION,
    PUBLICATION,
    QUOTE,
    Kept,
    MonitoringQuestion,
    SurveyForm,
    form_of_version,
    given,
    survey_form,
)

if TYPE_CHECKING:
    from folkmoot.responses.models import Response

Fields = dict[str, list[str]]


def form_of(response: Response) -> SurveyForm:
    """Return the questions as the respondent saw them; none for a letter."""
    if response.version is not None:
        return form_of_version(response.version)
    return survey_form(response.survey) if response.survey else SurveyForm(())


def fields_of(response: Response) -> Fields:
    """Return the fields of a response, equality answers and what stood beside the questions too."""
    form = form_of(response)
    fields = answers_of(form, response.answers.all())
    return fields | _monitoring_fields(form, response) | _beside(response)


def _monitoring_fields(form: SurveyForm, response: Response) -> Fields:
    """Return the equality answers, with the agreement to keep them."""
    by_key = {answer.question: answer for answer in response.monitoring_answers.all()}
    fields: Fields = {}
    for part in form.parts:
        answer = by_key.get(part.key)
        if isinstance(part, MonitoringQuestion) and answer is not None:
            other = {answer.choice: answer.text} if answer.text else {}
            fields |= given(part, Kept((answer.choice,), "", other, None))
    return fields | ({MONITORING_CONSENT: ["yes"]} if by_key else {})


def _beside(response: Response) -> Fields:
    fields = {
        QUOTE: ["yes"] if response.may_be_quoted else [],
        PUBLICATION: [str(response.publication)],
    }
    if (sender := response.respondent) is None:
        return fields
    fields[KIND] = [str(sender.kind)]
    if sender.kind == Respondent.Kind.ORGANISATION:
        authority = {True: ["yes"], False: ["no"], None: []}[sender.has_authority]
        fields |= {
            ORGANISATION: [sender.organisation],
            CONTACT_NAME: [sender.contact_name] if sender.contact_name else [],
            CONTACT_ROLE: [sender.contact_role] if sender.contact_role else [],
            AUTHORITY: authority,
        }
    return fields
