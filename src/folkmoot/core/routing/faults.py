"""What is wrong with the routing of a form, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.routing.conditions import AnyOf, AtLeast, Atom, FirstOf, asked_about, atoms
from folkmoot.core.routing.layout import Element, Form
from folkmoot.core.routing.reach import unreachable
from folkmoot.core.routing.ways import RoutedPage, RoutedQuestion


@dataclass(frozen=True, slots=True)
class RoutingFault:
    """What is wrong with the condition of a page or of a question, in a sentence."""

    sentence: str
    page: int  # from 0
    question: str  # its key; empty where the condition is the page's own


def routing_faults(pages: Sequence[RoutedPage]) -> list[str]:
    """Return what is wrong with the routing, in sentences that name the path; none where sound."""
    return [fault.sentence for fault in placed_routing_faults(pages)]


def placed_routing_faults(pages: Sequence[RoutedPage]) -> list[RoutingFault]:
    """Return what is wrong with the routing, each with the condition that is to be mended.

    Conditions on unknown, later or their own questions, on options that are not offered and on
    numbers of questions that are none; pages and questions that nobody can come to.
    """
    form = Form(pages)
    found = [
        (element, sentence)
        for element in form.elements
        for sentence in _faults_of_condition(element, form)
    ]
    return [
        RoutingFault(sentence, element.page, element.key)
        for element, sentence in found or unreachable(form)
    ]


def _faults_of_condition(element: Element, form: Form) -> list[str]:
    places, titles, found = form.places, form.titles, []
    for part in atoms(element.condition):
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


def _faults_of_atom(part: Atom, question: RoutedQuestion, element: Element) -> list[str]:
    if isinstance(part, AtLeast) and not question.is_number:
        return [
            f"{element.name} compares “{question.title}” with a number, but its answer is none: "
            "choose a number question."
        ]
    if isinstance(part, FirstOf) and not question.in_order:
        return [
            f"{element.name} asks what “{question.title}” puts first, but it puts nothing in "
            "order: choose a ranking."
        ]
    if not isinstance(part, AnyOf | FirstOf):
        return []
    if not part.codes:
        return [f"{element.name} names no option of “{question.title}”: choose at least one."]
    if not question.options:
        return [
            f"{element.name} depends on an option of “{question.title}”, which offers none: "
            "choose a closed question."
        ]
    if unknown := sorted(part.codes - set(question.options)):
        return [
            f"{element.name} depends on the option '{unknown[0]}' of “{question.title}”, which is "
            f"not offered: choose from {', '.join(question.options)}."
        ]
    return []


def _loop(start: str, first: str, form: Form) -> list[str]:
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
