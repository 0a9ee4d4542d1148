"""Routing of a survey: which pages and questions a respondent comes to, and whether all can be.

A page or a question may have a condition on answers to earlier questions. An answer counts only
where its question is on the respondent's way: what was typed under a question that is no longer
asked decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

# A reply: option codes, or one text, or the digits of a number; empty where nothing was given.
Reply: TypeAlias = tuple[str, ...]
Replies: TypeAlias = Mapping[str, Reply]
# Past this many ways through a form the check gives up and refuses nothing for being unreachable.
MOST_WAYS = 200_000


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds where the reply to a question has at least one of some option codes."""

    question: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """Holds where a question was answered at all."""

    question: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds where the reply to a question is a number not below `number`."""

    question: str
    number: float


@dataclass(frozen=True, slots=True)
class Every:
    """Holds where all of its conditions hold; an empty one always holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Holds where at least one of its conditions holds; an empty one never holds."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where its condition does not."""

    condition: Condition


Condition: TypeAlias = AnyOf | Answered | AtLeast | Every | Some | Not
ALWAYS = Every(())


@dataclass(frozen=True, slots=True)
class RoutedQuestion:
    """A question as routing sees it.

    `options` are its codes; empty for a number or a text. `exclusive` are codes that go with no
    other. `most` is how many codes a reply may have, None for any number.
    """

    key: str
    title: str
    options: tuple[str, ...] = ()
    most: int | None = 1
    exclusive: frozenset[str] = frozenset()
    is_number: bool = False
    required: bool = False
    shown_if: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class RoutedPage:
    """A page of questions, shown where its condition holds; a page of evidence has none."""

    title: str
    questions: tuple[RoutedQuestion, ...]
    shown_if: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Way:
    """What one respondent comes to: places of pages, from 0, and keys of questions, in order."""

    pages: tuple[int, ...]
    questions: tuple[str, ...]


def holds(condition: Condition, replies: Replies) -> bool:
    """Return whether a condition holds for the replies that count."""
    match condition:
        case AnyOf(question, codes):
            return not codes.isdisjoint(replies.get(question, ()))
        case Answered(question):
            return any(part.strip() for part in replies.get(question, ()))
        case AtLeast(question, number):
            value = _number(replies.get(question, ()))
            return value is not None and value >= number
        case Every(conditions):
            return all(holds(each, replies) for each in conditions)
        case Some(conditions):
            return any(holds(each, replies) for each in conditions)
        case Not(inner):
            return not holds(inner, replies)


def way(pages: Sequence[RoutedPage], replies: Replies) -> Way:
    """Return the pages and questions that somebody with these replies comes to.

    A page none of whose questions is asked is left out, unless it never had one.
    """
    counting: dict[str, Reply] = {}
    shown_pages, shown_questions = [], []
    for place, page in enumerate(pages):
        if not holds(page.shown_if, counting):
            continue
        asked = []
        for question in page.questions:
            if holds(question.shown_if, counting):
                asked.append(question.key)
                counting[question.key] = tuple(replies.get(question.key, ()))
        if asked or not page.questions:
            shown_pages.append(place)
            shown_questions += asked
    return Way(tuple(shown_pages), tuple(shown_questions))


def routing_faults(pages: Sequence[RoutedPage]) -> list[str]:
    """Return what is wrong with the routing, in sentences that name the path; none where sound.

    Conditions on unknown, later or their own questions, on options that are not offered and on
    numbers of questions that are none; pages and questions that nobody can come to.
    """
    form = _Form(pages)
    found = [fault for element in form.elements for fault in _faults_of_condition(element, form)]
    return found or _unreachable(form)


def described(condition: Condition, titles: Mapping[str, str]) -> str:
    """Return a condition in words: "“Were you a victim?” is yes or no"."""
    match condition:
        case AnyOf(question, codes):
            return f"“{titles.get(question, question)}” is {' or '.join(sorted(codes))}"
        case Answered(question):
            return f"“{titles.get(question, question)}” is answered"
        case AtLeast(question, number):
            return f"“{titles.get(question, question)}” is at least {number:g}"
        case Every(conditions):
            return _joined(conditions, " and ", titles) or "always"
        case Some(conditions):
            return _joined(conditions, " or ", titles) or "never"
        case Not(inner):
            return f"not ({described(inner, titles)})"


def asked_about(condition: Condition) -> tuple[str, ...]:
    """Return the keys of the questions that a condition asks about, each once, in order."""
    match condition:
        case AnyOf(question) | Answered(question) | AtLeast(question):
            return (question,)
        case Every(conditions) | Some(conditions):
            keys = (key for each in conditions for key in asked_about(each))
            return tuple(dict.fromkeys(keys))
        case Not(inner):
            return asked_about(inner)


def _number(reply: Reply) -> float | None:
    try:
        return float(reply[0]) if reply else None
    except ValueError:
        return None


def _joined(conditions: Sequence[Condition], word: str, titles: Mapping[str, str]) -> str:
    parts = [described(each, titles) for each in conditions]
    inner = [f"({part})" if " and " in part or " or " in part else part for part in parts]
    return word.join(inner if len(parts) > 1 else parts)


@dataclass(frozen=True, slots=True)
class _Element:
    """A page or a question that has a condition, and where it stands."""

    name: str  # "The page “About you”" or "The question “Which station?”"
    condition: Condition
    place: int  # of the first question that comes after it or is it
    key: str = ""


@dataclass(slots=True)
class _Form:
    """The form laid out flat."""

    pages: Sequence[RoutedPage]
    questions: list[RoutedQuestion] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)  # page and question, of each question
    elements: list[_Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        for page in self.pages:
            name = f"The page “{page.title}”"
            self.elements.append(_Element(name, page.shown_if, len(self.questions)))
            for question in page.questions:
                both = Every((page.shown_if, question.shown_if))
                name = f"The question “{question.title}”"
                place = len(self.questions)
                self.elements.append(_Element(name, question.shown_if, place, question.key))
                self.questions.append(question)
                self.conditions.append(both)

    @property
    def places(self) -> dict[str, int]:
        return {question.key: place for place, question in enumerate(self.questions)}

    @property
    def titles(self) -> dict[str, str]:
        return {question.key: question.title for question in self.questions}


def _faults_of_condition(element: _Element, form: _Form) -> list[str]:
    places, titles, found = form.places, form.titles, []
    for part in _atoms(element.condition):
        key = part.question
        if key not in places:
            found.append(
                f"{element.name} depends on the question '{key}', which this survey does not ask: "
                "choose one of its questions."
            )
            continue
        question, title = form.questions[places[key]], titles[key]
        if key == element.key:
            found.append(f"{element.name} depends on itself: choose an earlier question.")
        elif loop := _loop(element.key, key, form):
            found.append(
                f"{element.name} depends on itself in a circle: {' → '.join(loop)}. "
                "Take one of these conditions out."
            )
        elif places[key] >= element.place:
            found.append(
                f"{element.name} depends on “{title}”, which is asked later: "
                "move that question before it, or choose an earlier one."
            )
        found += _faults_of_atom(part, question, element)
    return found


def _faults_of_atom(
    part: AnyOf | Answered | AtLeast, question: RoutedQuestion, element: _Element
) -> list[str]:
    if isinstance(part, AtLeast) and not question.is_number:
        return [
            f"{element.name} compares “{question.title}” with a number, but its answer is none: "
            "choose a number question."
        ]
    if not isinstance(part, AnyOf):
        return []
    if not part.codes:
        return [f"{element.name} names no option of “{question.title}”: choose at least one."]
    if unknown := sorted(part.codes - set(question.options)):
        return [
            f"{element.name} depends on the option '{unknown[0]}' of “{question.title}”, which is "
            f"not offered: choose from {', '.join(question.options) or 'a closed question'}."
        ]
    return []


def _atoms(condition: Condition) -> list[AnyOf | Answered | AtLeast]:
    match condition:
        case Every(conditions) | Some(conditions):
            return [atom for each in conditions for atom in _atoms(each)]
        case Not(inner):
            return _atoms(inner)
    return [condition]


def _loop(start: str, first: str, form: _Form) -> list[str]:
    """Return the titles on a circle of dependence from `start` over `first`; empty without one."""
    if not start:
        return []
    needs = {
        question.key: asked_about(condition)
        for question, condition in zip(form.questions, form.conditions, strict=True)
    }
    trail: list[tuple[str, ...]] = [(start, first)]
    seen: set[str] = set()
    while trail:
        path = trail.pop()
        for needed in needs.get(path[-1], ()):
            if needed == start and len(path) > 1:
                return [form.titles[key] for key in (*path, start)]
            if needed not in seen:
                seen.add(needed)
                trail.append((*path, needed))
    return []


def _unreachable(form: _Form) -> list[str]:
    """Return a sentence for each page and question that nobody can come to.

    All ways through the form are followed at once: a way is the replies that later conditions
    ask about, so ways that differ in nothing later are one. Replies are told apart only where a
    condition tells them apart.
    """
    uses = [(element.place, element.condition) for element in form.elements]
    # The condition of a page is asked again for each of its questions.
    uses = sorted([*uses, *enumerate(form.conditions)], key=lambda use: use[0])
    last_use = {key: place for place, condition in uses for key in asked_about(condition)}
    # For a page, the condition holds as of its first question.
    ways: set[tuple[tuple[str, Reply], ...]] = {()}
    found: list[str] = []
    elements = iter(form.elements)
    element = next(elements, None)
    for place in range(len(form.questions) + 1):
        while element is not None and element.place == place:
            condition = form.conditions[place] if element.key else element.condition
            if not any(holds(condition, dict(each)) for each in ways):
                found.append(_unreachable_sentence(element, condition, form))
            element = next(elements, None)
        if place == len(form.questions):
            break
        question = form.questions[place]
        later = {key for key, use in last_use.items() if use > place}
        replies = _replies(question, form)
        if replies is None:
            return found
        ways = {
            tuple((key, reply) for key, reply in (*each, (question.key, given)) if key in later)
            for each in ways
            for given in (replies if holds(form.conditions[place], dict(each)) else [()])
        }
        if len(ways) > MOST_WAYS:
            return found
    return found


def _unreachable_sentence(element: _Element, condition: Condition, form: _Form) -> str:
    """Say that nobody comes to something, and by what chain of conditions."""
    steps = [described(_simple(condition), form.titles)]
    to_follow, followed = list(asked_about(condition)), set()
    while to_follow:
        key = to_follow.pop(0)
        needed = _simple(form.conditions[form.places[key]])
        if key not in followed and needed != ALWAYS:
            title = form.titles[key]
            steps.append(f"and “{title}” is asked only if {described(needed, form.titles)}")
            to_follow += asked_about(needed)
        followed.add(key)
    required = element.key and form.questions[form.places[element.key]].required
    although = " although an answer is required" if required else ""
    return (
        f"{element.name} can never be seen{although}: it is shown only if {', '.join(steps)}. "
        "No answers make that true; change one of these conditions."
    )


def _simple(condition: Condition) -> Condition:
    """Return a condition without the parts that always hold, and each part once."""
    if isinstance(condition, Every):
        simple = dict.fromkeys(map(_simple, condition.conditions))
        parts = tuple(each for each in simple if each != ALWAYS)
        return parts[0] if len(parts) == 1 else Every(parts)
    return condition


def _replies(question: RoutedQuestion, form: _Form) -> list[Reply] | None:
    """Return one reply of each kind that the form's conditions tell apart; None for too many."""
    atoms = [
        atom
        for element in form.elements
        for atom in _atoms(element.condition)
        if atom.question == question.key
    ]
    replies: list[Reply] = [] if question.required else [()]
    if question.options:
        named = frozenset[str]().union(*(atom.codes for atom in atoms if isinstance(atom, AnyOf)))
        if question.most != 1 and 2 ** len(named) > MOST_WAYS:
            return None
        replies += _choices(question, named)
    elif question.is_number:
        marks = sorted({atom.number for atom in atoms if isinstance(atom, AtLeast)})
        between = [*(marks[:1] and [marks[0] - 1]), *marks]
        replies += [(f"{number!r}",) for number in between] or [("0",)]
    else:
        replies.append(("text",))
    return replies


def _choices(question: RoutedQuestion, named: frozenset[str]) -> list[Reply]:
    """Return the choices that differ in a named code; one other code stands for the rest."""
    rest = [code for code in question.options if code not in named]
    common = [code for code in rest if code not in question.exclusive]
    most = len(question.options) if question.most is None else question.most
    together = [
        *(code for code in question.options if code in named and code not in question.exclusive),
        *common[:1],
    ]
    chosen = [
        tuple(each)
        for size in range(1, min(most, len(together)) + 1)
        for each in combinations(together, size)
    ]
    alone = [(code,) for code in question.options if code in question.exclusive]
    return [*chosen, *alone]
