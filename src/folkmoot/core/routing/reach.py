"""Whether anybody can come to each page and question."""

from __future__ import annotations

from folkmoot.core.routing.conditions import (
    ALWAYS,
    Condition,
    Every,
    Reply,
    asked_about,
    described,
    holds,
)
from folkmoot.core.routing.layout import Element, Form
from folkmoot.core.routing.telling import MOST_REPLIES, telling_replies

# Past this many ways through a form the check gives up and refuses nothing for being unreachable.
MOST_WAYS = MOST_REPLIES


def unreachable(form: Form) -> list[tuple[Element, str]]:
    """Return each page and question that nobody can come to, with a sentence that says so.

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
    found: list[tuple[Element, str]] = []
    elements = iter(form.elements)
    element = next(elements, None)
    for place in range(len(form.questions) + 1):
        while element is not None and element.place == place:
            condition = form.conditions[place] if element.key else element.condition
            if not any(holds(condition, dict(each)) for each in ways):
                found.append((element, _unreachable_sentence(element, condition, form)))
            element = next(elements, None)
        if place == len(form.questions):
            break
        question = form.questions[place]
        later = {key for key, use in last_use.items() if use > place}
        replies = telling_replies(question, form)
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


def _unreachable_sentence(element: Element, condition: Condition, form: Form) -> str:
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
