"""What a form on paper prints, as plain values: the same for the page and for the PDF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from wagtail.rich_text import expand_db_html

from folkmoot.core.routing import ALWAYS
from folkmoot.responses.keying.lines import Asked, AskedStep, Line, Way, asked_steps
from folkmoot.responses.paper.wording import answer_only_if, answer_part_only_if
from folkmoot.responses.presenters import moment
from folkmoot.responses.questions import (
    MONITORING_CONSENT,
    ChoiceQuestion,
    FileQuestion,
    GridQuestion,
    NumberQuestion,
    Question,
    RankingQuestion,
    SurveyForm,
    survey_form,
)
from folkmoot.responses.xlsform.rich import markdown, plain

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey

# How many ruled lines stand under a long answer: about ten words are written on one.
WORDS_A_RULE = 10
FEWEST_RULES, MOST_RULES = 6, 18


def paper_form(survey: Survey, body: str) -> dict[str, Any]:
    """Return all that a form on paper prints; texts are in HTML and as plain paragraphs.

    `body` is the name of the public body. Plain values only: the PDF is made of them as JSON.
    """
    form, consultation = survey_form(survey), survey.consultation
    return {
        "title": survey.title,
        "consultation": consultation.title,
        "body": body,
        "closes": moment(consultation.closes_at),
        "where": _rich(consultation.contact),
        "consent": _rich(survey.consent),
        "steps": [_step(each, form, survey) for each in asked_steps(form)],
    }


def _step(asked: AskedStep, form: SurveyForm, survey: Survey) -> dict[str, Any]:
    step = asked.step
    return {
        "title": step.title,
        "introduction": _rich(f"{_html(step.introduction)}{step.content or ''}"),
        "only_if": answer_part_only_if(step.shown_if, form),
        "is_monitoring": step.monitors,
        "asked": [_asked(each, form, survey) for each in asked.asked],
    }


def _asked(asked: Asked, form: SurveyForm, survey: Survey) -> dict[str, Any]:
    question = asked.question
    title = asked.title
    if question is None and asked.lines[0].name == MONITORING_CONSENT:
        title = survey.monitoring_consent_text
    return {
        "number": asked.number,
        "title": title,
        "hint": question.hint if question else "",
        "why": question.why if question else "",
        "required": bool(question and question.required),
        "only_if": _only_if(question, form),
        "how": _how(question, asked),
        "kind": _kind(question, asked),
        "points": [option.label for option in _points(asked)],
        "rules": _rules(question),
        "unit": question.unit if isinstance(question, NumberQuestion) else "",
        "lines": [_line(line) for line in asked.lines],
        "declines": bool(asked.lines and asked.lines[-1].may_decline),
    }


def _only_if(question: Question | None, form: SurveyForm) -> str:
    if question is None or question.shown_if == ALWAYS:
        return ""
    return answer_only_if(form.numbers[question.key], question.shown_if, form)


def _how(question: Question | None, asked: Asked) -> str:
    """Return how a question is answered on paper, in a sentence."""
    match question:
        case None:
            is_chosen = bool(asked.lines[0].options)
            return "" if not is_chosen or len(asked.lines[0].options) == 1 else "Tick one box."
        case GridQuestion():
            return "Tick one box in each row."
        case RankingQuestion():
            most = question.most or len(question.options)
            onward = f", 2 beside the next, up to {most}" if most > 1 else ""
            return f"Write 1 beside what should come first{onward}."
        case ChoiceQuestion(several=True):
            return _several(question)
        case ChoiceQuestion():
            return "Tick one box."
        case FileQuestion():
            return "Put it in the envelope with this form, if you like."
    return ""


def _several(question: ChoiceQuestion) -> str:
    alone = [option.label for option in question.options if option.is_exclusive]
    if question.most and question.least > 1:
        said = f"Tick from {question.least} to {question.most} boxes."
    elif question.most:
        said = f"Tick up to {question.most} box{'' if question.most == 1 else 'es'}."
    elif question.least > 1:
        said = f"Tick at least {question.least} boxes."
    else:
        said = "Tick all that apply."
    return f"{said} “{alone[0]}” goes with no other." if alone else said


def _kind(question: Question | None, asked: Asked) -> str:
    """Return how a question is laid out: grid, options, ranks, file, day, line or rules."""
    if isinstance(question, GridQuestion):
        return "grid"
    if isinstance(question, RankingQuestion):
        return "ranks"
    if isinstance(question, FileQuestion):
        return "file"
    line = asked.lines[0]
    if line.options:
        return "options"
    return {Way.LONG: "rules", Way.DATE: "day", Way.NUMBER: "number"}.get(line.way, "line")


def _points(asked: Asked) -> Any:
    return asked.lines[0].options if isinstance(asked.question, GridQuestion) else ()


def _rules(question: Question | None) -> int:
    words = getattr(question, "words_guide", 0)
    return max(FEWEST_RULES, min(MOST_RULES, words // WORDS_A_RULE)) if words else 0


def _line(line: Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "label": line.label,
        "options": [
            {"number": number, "label": option.label, "asks_text": option.asks_text}
            for number, option in line.numbered
        ],
    }


def _rich(written: Any) -> dict[str, Any]:
    """Return rich text as HTML for the page and as paragraphs, lists and headings for the PDF."""
    source = expand_db_html(_html(written))
    said = re.sub(r"\[([^\]]+)\]\((?:mailto:|tel:)?([^)\s]+)\)", _spelled, markdown(source))
    blocks = []
    for block in re.split(r"\n\s*\n", said):
        listed = [line[2:] for line in block.split("\n") if line.startswith("- ")]
        if listed:
            blocks.append({"listed": [plain(_unmarked(line)) for line in listed], "text": ""})
        elif text := plain(_unmarked(block)):
            blocks.append({"listed": [], "text": text})
    return {"html": source, "blocks": blocks}


def _html(written: Any) -> str:
    return str(getattr(written, "source", written) or "")


def _spelled(link: re.Match[str]) -> str:
    """Return a link as paper has it: the address after its words, unless it is them."""
    words, address = link.groups()
    return words if address in words or words in address else f"{words} ({address})"


def _unmarked(text: str) -> str:
    return re.sub(r"\\([*_\[\]\\])", r"\1", text.replace("**", ""))
