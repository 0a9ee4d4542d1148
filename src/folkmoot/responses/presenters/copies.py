"""A respondent's own copy of a response: everything that was asked and said, in words."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import indent
from typing import TYPE_CHECKING, Any

from django.utils.html import strip_tags

from folkmoot.responses.forms import extras_of
from folkmoot.responses.presenters.beside import extra_rows
from folkmoot.responses.presenters.pages import moment
from folkmoot.responses.presenters.words import answer_words
from folkmoot.responses.questions import MonitoringQuestion, SurveyForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from folkmoot.responses.models import Response, Survey
    from folkmoot.responses.questions import Answers, Question

NO_ANSWER = "No answer"


@dataclass(frozen=True, slots=True)
class Copy:
    """A response as its sender gets it; `groups` as a summary list prints them."""

    reference: str
    when: str
    title: str
    consent: str
    groups: tuple[dict[str, Any], ...]
    without_equality: bool = False


def copy_of(
    survey: Survey,
    response: Response,
    form: SurveyForm,
    answers: Answers,
    *,
    with_equality: bool = True,
) -> Copy:
    """Return the copy of a response; `form` and `answers` are whole (see `reopening`).

    Questions have the numbers that they have on screen and on paper. Those that were not asked of
    this respondent are left out.
    """
    numbers = form.numbers
    asked = form.on_the_way(answers)
    groups = []
    for step in asked.steps:
        rows = [
            {
                "term": f"{numbers[question.key]}. {question.title}",
                "value": "\n".join(answer_words(question, answers)) or NO_ANSWER,
            }
            for question in step.questions
            if with_equality or not isinstance(question, MonitoringQuestion)
        ]
        rows += [
            {"term": row["term"], "value": row["value"]}
            for row in extra_rows(extras_of(asked, step), answers, "")
        ]
        if rows:
            groups.append({"id": f"step-{step.number}", "title": step.title, "rows": rows})
    return Copy(
        reference=response.reference,
        when=moment(response.submitted_at),
        title=survey.title,
        consent=response.consent,
        groups=tuple(groups),
        without_equality=not with_equality and _has_equality(asked.questions),
    )


def copy_text(copy: Copy) -> str:
    """Return a copy as plain text, with answers indented under their questions."""
    parts = [
        copy.title,
        f"Reference: {copy.reference}",
        f"Received on {copy.when}",
        "",
    ]
    for group in copy.groups:
        parts += [group["title"].upper(), ""]
        for row in group["rows"]:
            parts += [row["term"], indent(str(row["value"]), "    "), ""]
    if copy.without_equality:
        parts += [
            "Your answers to the equality questions are not in this e-mail, which others may read "
            "on its way. They are in the copy that you can download.",
            "",
        ]
    parts += ["WHAT WE DO WITH YOUR ANSWERS", "", strip_tags(copy.consent).strip(), ""]
    return "\n".join(parts)


def _has_equality(questions: Sequence[Question]) -> bool:
    return any(isinstance(question, MonitoringQuestion) for question in questions)
