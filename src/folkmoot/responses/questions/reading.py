"""The questions of a survey's page as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from folkmoot.responses.conditions import condition
from folkmoot.responses.questions.form import Step, SurveyForm
from folkmoot.responses.questions.kinds import (
    ChoiceQuestion,
    MonitoringQuestion,
    Option,
    Question,
    TextQuestion,
    declinable,
)

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey, SurveyVersion


def survey_form(survey: Survey) -> SurveyForm:
    """Return the questions of a survey's page."""
    return form_of_steps(survey.steps)


def form_of_version(version: SurveyVersion) -> SurveyForm:
    """Return the questions as they stood when a response came."""
    steps = type(version.survey)._meta.get_field("steps")
    return form_of_steps(steps.to_python(version.steps))


def form_of_steps(steps: Any) -> SurveyForm:
    """Return the questions of the steps as a page keeps them."""
    read = [
        Step(
            number,
            block.value["title"],
            block.value["introduction"],
            tuple(_question(each.block_type, each.value) for each in block.value["questions"]),
            condition(block.value.get("shown_if")),
        )
        for number, block in enumerate(steps, start=1)
    ]
    return SurveyForm(tuple(read))


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
    common |= {"required": False, "why": value["why"] or "", "may_decline": True}
    question = MonitoringQuestion(**common, options=options)
    return declinable(question)
