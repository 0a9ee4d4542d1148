"""What answers depend on in a survey, and how two versions of its questions differ.

Answers can be added up where the meaning of what was asked is the same: keys, kinds, codes of
options, limits, conditions, and what is needed. Labels, hints, titles and the order may be
corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeAlias

from folkmoot.core.routing import ALWAYS, Condition, described
from folkmoot.responses.questions.form import SurveyForm
from folkmoot.responses.questions.kinds import (
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
)

KINDS = {
    ChoiceQuestion: "a closed question",
    ScaleQuestion: "a scale",
    GridQuestion: "a grid",
    RankingQuestion: "a ranking",
    MonitoringQuestion: "an equality question",
    TextQuestion: "a free-text question",
    NumberQuestion: "a number",
    DateQuestion: "a date",
    PostcodeQuestion: "a postcode",
    FileQuestion: "a file",
    PlaceQuestion: "a place on a map",
}
# Lists of options, and what one of each is called.
LISTS = {"options": "option", "rows": "row", "points": "point"}
# What may be corrected: it explains or shows, and no answer depends on it.
WORDING = frozenset(
    {"key", "title", "hint", "why", "sensitive", "words_guide", "is_short", "as_list"}
)
# What is named in a sentence of its own, by the words for it.
LIMITS = {
    "several": "how many answers may be given",
    "least": "the least number of answers",
    "most": "the most answers",
    "lowest": "the lowest number",
    "highest": "the highest number",
    "decimals": "the decimal places",
    "unit": "the unit",
    "earliest": "the earliest day",
    "latest": "the latest day",
    "is_whole": "whether the whole postcode is kept",
    "extensions": "the kinds of file",
    "megabytes": "the size of a file",
    "picture": "the map",
    "north": "the north edge of the map",
    "south": "the south edge of the map",
    "east": "the east edge of the map",
    "west": "the west edge of the map",
    "may_decline": "whether “prefer not to say” is offered",
    "may_be_quoted": "whether the words may be quoted",
}
Codes: TypeAlias = tuple[tuple[str, bool, bool], ...]


@dataclass(frozen=True, slots=True)
class QuestionMeaning:
    """What the answers to one question depend on. `shown_if` holds the step's condition too."""

    kind: str
    required: bool
    shown_if: tuple[Condition, Condition]
    lists: tuple[tuple[str, Codes], ...]
    limits: tuple[tuple[str, object], ...]


def meaning(form: SurveyForm) -> dict[str, QuestionMeaning]:
    """Return what answers depend on, by key of the question."""
    return {
        question.key: _meaning(question, step.shown_if)
        for step in form.steps
        for question in step.questions
    }


def differences(old: SurveyForm, new: SurveyForm) -> list[str]:
    """Return a sentence for every change of meaning from one form to another; none for wording."""
    before, after = meaning(old), meaning(new)
    titles = _titles(old) | _titles(new)
    found = []
    for key, was in before.items():
        if key not in after:
            found.append(f"The question “{titles[key]}” ({key}) is no longer asked.")
        elif was != after[key]:
            name = f"The question “{titles[key]}” ({key})"
            found += [f"{name} {said}" for said in _changes(was, after[key], titles)]
    found += [f"The question “{titles[key]}” ({key}) is new." for key in after if key not in before]
    return found


def corrections(old: SurveyForm, new: SurveyForm) -> list[str]:
    """Return a sentence for every change of wording: titles, labels, and titles of steps."""
    before = {question.key: question for question in old.questions}
    found = []
    for question in new.questions:
        was = before.get(question.key)
        if was is None:
            continue
        if was.title != question.title:
            found.append(f"“{was.title}” reads “{question.title}” now ({question.key}).")
        labels = _labels(was)
        found += [
            f"The {LISTS[name]} “{labels[name, code]}” of “{question.title}” reads “{label}” now."
            for (name, code), label in _labels(question).items()
            if labels.get((name, code), label) != label
        ]
    return found + [
        f"The page “{was.title}” is called “{step.title}” now."
        for was, step in zip(old.steps, new.steps, strict=False)
        if was.title != step.title and _keys(was.questions) == _keys(step.questions)
    ]


def _meaning(question: Question, of_step: Condition) -> QuestionMeaning:
    names = [each.name for each in fields(question)]
    return QuestionMeaning(
        kind=KINDS[type(question)],
        required=question.required,
        shown_if=(of_step, question.shown_if),
        lists=tuple(
            (name, _codes(getattr(question, name), is_ordered=_is_ordered(question, name)))
            for name in names
            if name in LISTS
        ),
        limits=tuple(
            (name, getattr(question, name))
            for name in names
            if name not in LISTS and name not in WORDING and name not in {"required", "shown_if"}
        ),
    )


def _is_ordered(question: Question, name: str) -> bool:
    """Whether the order of a list says something: the points of a scale are steps of it."""
    return name == "points" or (name == "options" and isinstance(question, ScaleQuestion))


def _codes(options: tuple[Option, ...], *, is_ordered: bool) -> Codes:
    found = [(each.code, each.is_exclusive, each.asks_text) for each in options]
    return tuple(found if is_ordered else sorted(found))


def _changes(was: QuestionMeaning, now: QuestionMeaning, titles: Mapping[str, str]) -> list[str]:
    if was.kind != now.kind:
        return [f"was {was.kind} and is {now.kind}."]
    found = []
    if was.required != now.required:
        found.append("must be answered now." if now.required else "need not be answered any more.")
    if was.shown_if != now.shown_if:
        found.append(f"was shown {_when(was, titles)} and is shown {_when(now, titles)}.")
    after = dict(now.lists)
    for name, codes in was.lists:
        found += _changes_of_list(LISTS[name], codes, after[name])
    limits = dict(now.limits)
    for name, value in was.limits:
        if limits.get(name) != value:
            words = LIMITS.get(name, name.replace("_", " "))
            found.append(
                f"changes {words}: it was {_words(value)} and is {_words(limits.get(name))}."
            )
    return found


def _changes_of_list(word: str, was: Codes, now: Codes) -> list[str]:
    before, after = {each[0]: each for each in was}, {each[0]: each for each in now}
    found = [f"no longer has the {word} '{code}'." for code in before if code not in after]
    found += [f"has the new {word} '{code}'." for code in after if code not in before]
    found += [
        f"changes how the {word} '{code}' may be chosen."
        for code, each in before.items()
        if code in after and after[code] != each
    ]
    if not found and was != now:
        found.append(f"has its {word}s in another order.")
    return found


def _when(meant: QuestionMeaning, titles: Mapping[str, str]) -> str:
    said = [described(each, titles) for each in meant.shown_if if each != ALWAYS]
    return f"if {' and '.join(said)}" if said else "always"


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "none" if value in (None, "") else str(value)


def _titles(form: SurveyForm) -> dict[str, str]:
    return {part.key: part.title for part in (*form.questions, *form.parts)}


def _labels(question: Question) -> dict[tuple[str, str], str]:
    return {
        (name, option.code): option.label
        for name in LISTS
        for option in getattr(question, name, ())
    }


def _keys(questions: tuple[Question, ...]) -> list[str]:
    return [question.key for question in questions]
