"""The generated answers on their way into the site."""

from __future__ import annotations

from datetime import datetime

from folkmoot.consultations.models import Consultation, Respondent
from folkmoot.demo.building import Building
from folkmoot.demo.generator import Generated, generate
from folkmoot.responses.acts import IncomingResponse, import_responses
from folkmoot.responses.models import Survey

# Topics of an answer, main one first, by the instant its response was sent and its question.
Topics = dict[tuple[datetime, str], tuple[str, ...]]


def add_responses(building: Building, consultation: Consultation, survey: Survey) -> Topics:
    """Import the generated responses that had come by then, and return what they are about.

    What an answer is about is known to the generator only, and stored nowhere.
    """
    came = [
        response
        for response in generate(consultation.opens_at, consultation.closes_at)
        if response.submitted_at < building.at
    ]
    for activity in (survey, None):
        rows = [
            _incoming(response) for response in came if response.in_survey is (activity is not None)
        ]
        if rows:
            import_responses(consultation, activity, rows, at=building.at, by=building.staff)
    return {
        (response.submitted_at, question): about
        for response in came
        for question, about in response.topics.items()
        if response.in_survey
    }


def _incoming(response: Generated) -> IncomingResponse:
    organisation = bool(response.organisation)
    return IncomingResponse(
        channel=response.channel,
        submitted_at=response.submitted_at,
        kind=Respondent.Kind.ORGANISATION if organisation else Respondent.Kind.INDIVIDUAL,
        organisation=response.organisation,
        answers=response.answers,
        monitoring=response.monitoring,
        may_be_quoted=response.may_be_quoted,
        is_generated=True,
    )
