"""The questions of a survey's page as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from folkmoot.responses.conditions import condition
from folkmoot.responses.questions.areas import ELSEWHERE, area_options
from folkmoot.responses.questions.bank import bank_questions
from folkmoot.responses.questions.form import Step, SurveyForm
from folkmoot.responses.questions.kinds import (
    FILE_MEGABYTES,
    FILE_TYPES,
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    MonitoringQuestion,
    NumberQuestion,
    Option,
    PlaceQuestion,
    PostcodeQuestion,
    Question,
    RankingQuestion,
    ScaleQuestion,
    TextQuestion,
    declinable,
)
from folkmoot.responses.questions.scales import DO_NOT_KNOW, SCALES

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey, SurveyVersion

# The kinds of block that stand for questions of the bank.
MONITORING_PAGE, BANK = "monitoring_page", "bank"


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
            block.value.get("introduction") or "",
            _questions(block),
            condition(block.value.get("shown_if")),
            block.value.get("content") or (),
        )
        for number, block in enumerate(steps, start=1)
    ]
    return SurveyForm(tuple(read))


def _questions(step: Any) -> tuple[Question, ...]:
    """Return the questions of a step: a topic of the bank may be two of them."""
    value = step.value
    if step.block_type == MONITORING_PAGE:
        return _of_bank(value["questions"], value)
    return tuple(
        question
        for each in value["questions"]
        for question in (
            _of_bank([each.value["topic"]], each.value)
            if each.block_type == BANK
            else (question_of(each.block_type, each.value),)
        )
    )


def _of_bank(topics: Iterable[str], value: Any) -> tuple[Question, ...]:
    areas = area_options(value.get("areas") or "")
    return bank_questions(topics, areas=areas, areas_are=value.get("areas_are") or "")


def question_of(kind: str, value: Any) -> Question:
    """Return the question that a block of some kind holds."""
    common = {
        "key": value["key"],
        "title": value["title"],
        "hint": value.get("hint") or "",
        "required": bool(value.get("required")),
        "sensitive": bool(value.get("sensitive")),
        "shown_if": condition(value.get("shown_if")),
        "why": value.get("why") or "",
        "may_decline": bool(value.get("may_decline")),
    }
    return READERS[kind](value, common)


def _choice(value: Any, common: dict[str, Any]) -> Question:
    several = bool(value.get("several"))
    return _declined(
        ChoiceQuestion(
            **common,
            options=_options(value["options"]),
            several=several,
            least=(value.get("least") or 0) if several else 0,
            most=value.get("most") if several else None,
            as_list=bool(value.get("as_list")),
        )
    )


def _area(value: Any, common: dict[str, Any]) -> Question:
    options = area_options(value.get("areas") or "")
    if value.get("elsewhere"):
        options += (ELSEWHERE,)
    return _declined(ChoiceQuestion(**common, options=options, as_list=True))


def _scale(value: Any, common: dict[str, Any]) -> Question:
    return _declined(ScaleQuestion(**common, options=_points(value)))


def _grid(value: Any, common: dict[str, Any]) -> Question:
    return GridQuestion(**common, rows=_options(value["rows"]), points=_points(value))


def _points(value: Any) -> tuple[Option, ...]:
    points = SCALES.get(value.get("scale", "agreement")) or _options(value.get("points") or ())
    return (*points, DO_NOT_KNOW) if value.get("do_not_know") else points


def _ranking(value: Any, common: dict[str, Any]) -> Question:
    return RankingQuestion(**common, options=_options(value["options"]), most=value.get("most"))


def _text(value: Any, common: dict[str, Any]) -> Question:
    return TextQuestion(
        **common,
        words_guide=value.get("words_guide") or 150,
        may_be_quoted=bool(value.get("may_be_quoted", True)),
    )


def _short_text(value: Any, common: dict[str, Any]) -> Question:
    return TextQuestion(**common, may_be_quoted=bool(value.get("may_be_quoted")), is_short=True)


def _number(value: Any, common: dict[str, Any]) -> Question:
    return NumberQuestion(
        **common,
        lowest=value.get("lowest"),
        highest=value.get("highest"),
        decimals=value.get("decimals") or 0,
        unit=value.get("unit") or "",
    )


def _date(value: Any, common: dict[str, Any]) -> Question:
    return DateQuestion(**common, earliest=value.get("earliest"), latest=value.get("latest"))


def _postcode(value: Any, common: dict[str, Any]) -> Question:
    return PostcodeQuestion(**common, is_whole=bool(value.get("is_whole")))


def _file(value: Any, common: dict[str, Any]) -> Question:
    common |= {"required": False}
    return FileQuestion(
        **common,
        extensions=tuple(value.get("extensions") or FILE_TYPES),
        megabytes=value.get("megabytes") or FILE_MEGABYTES,
        most=value.get("most") or 1,
    )


def _place(value: Any, common: dict[str, Any]) -> Question:
    picture = value.get("picture")
    edges: dict[str, Any] = {
        name: value.get(name) or 0.0 for name in ("north", "south", "east", "west")
    }
    return PlaceQuestion(**common, picture=picture.pk if picture else None, **edges)


def _monitoring(value: Any, common: dict[str, Any]) -> Question:
    common |= {"required": False, "may_decline": True}
    return declinable(MonitoringQuestion(**common, options=_options(value["options"])))


# The question of each kind of block, from its value and what every question has.
READERS: dict[str, Callable[[Any, dict[str, Any]], Question]] = {
    "choice": _choice,
    "area": _area,
    "scale": _scale,
    "grid": _grid,
    "ranking": _ranking,
    "text": _text,
    "short_text": _short_text,
    "number": _number,
    "date": _date,
    "postcode": _postcode,
    "file": _file,
    "place": _place,
    "monitoring": _monitoring,
}


def _declined(question: ChoiceQuestion) -> ChoiceQuestion:
    """Return a closed question with "prefer not to say" among its options where it is offered."""
    return declinable(question) if question.may_decline else question


def _options(blocks: Any) -> tuple[Option, ...]:
    return tuple(
        Option(
            each["code"],
            each["label"],
            is_exclusive=bool(each.get("is_exclusive")),
            asks_text=bool(each.get("asks_text")),
        )
        for each in blocks
    )
