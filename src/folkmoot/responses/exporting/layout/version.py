"""Where the answers to one version of a survey go, and which of its questions were asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from folkmoot.core.routing import Reply, asked_about, way
from folkmoot.responses.exporting.columns import Shape
from folkmoot.responses.exporting.layout.cells import Raw, Setter, setter
from folkmoot.responses.exporting.missing import Missing
from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    ChoiceQuestion,
    Kept,
    MonitoringQuestion,
    NumberQuestion,
    Question,
    RankingQuestion,
    SurveyForm,
    given,
    reply,
)

# No option has such a code, and it is no number.
ANSWERED = "?"
_TOLD_APART = (ChoiceQuestion, RankingQuestion, NumberQuestion)
# So that a question with a free answer cannot fill the memory with ways through the survey.
MOST_WAYS_KEPT = 20_000


@dataclass(slots=True)
class Placed:
    """Where the answers to one version of a survey go in a row."""

    form: SurveyForm
    width: int
    setters: dict[str, Setter]
    places: dict[str, tuple[int, ...]]
    """Columns of each part of the form that is exported."""
    deciding: dict[str, Question] = field(default_factory=dict)
    """Questions that conditions ask about, by key; equality questions decide nothing here."""
    chosen: frozenset[str] = frozenset()
    """Parts whose cells follow from the options that were chosen, and from nothing else."""
    _ways: dict[tuple[object, ...], list[Missing]] = field(default_factory=dict)

    def empty_row(self, answers: Sequence[Raw]) -> list[Missing]:
        """Return the cells of somebody who skipped all they were asked. Copy it before writing."""
        if not self.deciding:
            key: tuple[object, ...] = ()
            given: dict[str, Raw] = {}
        else:
            given = {each[0]: each for each in answers if each[0] in self.deciding}
            key = tuple(_trace(each, given.get(name)) for name, each in self.deciding.items())
        found = self._ways.get(key)
        if found is None:
            if len(self._ways) >= MOST_WAYS_KEPT:
                self._ways.clear()
            found = self._ways[key] = self._fresh(given)
        return found

    def _fresh(self, answers: Mapping[str, Raw]) -> list[Missing]:
        replies = {
            key: _reply(question, answers[key])
            for key, question in self.deciding.items()
            if key in answers
        }
        row = [Missing.NOT_ASKED] * self.width
        for key in way(self.form.routed(), replies).questions:
            for place in self.places.get(key, ()):
                row[place] = Missing.SKIPPED
        return row


def placed(form: SurveyForm, width: int, at: Mapping[tuple[str, str, Shape], int]) -> Placed:
    """Return where the answers to a form go in rows of that many columns.

    `at` gives the place of a column by its identity; questions without one are not exported.
    """
    setters, places = {}, {}
    for part in form.parts:
        if isinstance(part, MonitoringQuestion):
            continue
        write, used = setter(part, at)
        if used:
            setters[part.key], places[part.key] = write, tuple(used)
    conditions = [step.shown_if for step in form.steps]
    conditions += [question.shown_if for question in form.questions]
    keys = {key for condition in conditions for key in asked_about(condition)}
    deciding = {
        part.key: part
        for part in form.parts
        if part.key in keys and not isinstance(part, MonitoringQuestion)
    }
    chosen = {part.key for part in form.parts if isinstance(part, ChoiceQuestion | RankingQuestion)}
    return Placed(form, width, setters, places, deciding, frozenset(chosen))


def _trace(question: Question, answer: Raw | None) -> object:
    """Return what tells apart answers of which routing may think differently."""
    if answer is None:
        return None
    _, choices, text, _ = answer
    if isinstance(question, _TOLD_APART):
        return choices, text
    # That it was answered, and whether it was declined.
    return PREFER_NOT_TO_SAY in choices


def _reply(question: Question, answer: Raw) -> Reply:
    """Return the reply that an answer was when it was given, as far as it is kept.

    A question without a reply has no answer at all. So where an answer says nothing, what it said
    was erased, or is a place without words: it was answered, and nothing else is asked of it.
    """
    _, choices, text, other = answer
    kept = Kept(tuple(json.loads(choices)), text, json.loads(other))
    if not kept.choices and not text.strip() and not isinstance(question, ChoiceQuestion):
        return (ANSWERED,)
    return reply(question, given(question, kept))
