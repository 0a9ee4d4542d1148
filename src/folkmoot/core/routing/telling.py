"""The replies to a question that the conditions of a form tell apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from folkmoot.core.routing.conditions import AnyOf, AtLeast, Atom, FirstOf, Reply, atoms
from folkmoot.core.routing.layout import Form
from folkmoot.core.routing.ways import RoutedQuestion

# Past this many replies to one question none are listed.
MOST_REPLIES = 200_000


def telling_replies(question: RoutedQuestion, form: Form) -> list[Reply] | None:
    """Return one reply of each kind that the form's conditions tell apart; None for too many."""
    tests = [
        atom
        for element in form.elements
        for atom in atoms(element.condition)
        if atom.question == question.key
    ]
    replies: list[Reply] = [] if question.required else [()]
    if question.options:
        named = frozenset[str]().union(
            *(test.codes for test in tests if isinstance(test, AnyOf | FirstOf))
        )
        if question.most != 1 and len(named) * 2 ** len(named) > MOST_REPLIES:
            return None
        replies += _choices(question, named)
    if question.is_number:
        replies += [(f"{number!r}",) for number in _numbers(question, tests)]
    elif question.is_open or not question.options:
        replies.append(("text",))
    return replies


def _numbers(question: RoutedQuestion, tests: list[Atom]) -> list[float]:
    """Return a number of the question's range below all that tests name, and each they name.

    A number between two marks stands for the lower one, so that the marks in the range and one
    number below them are all that can be told apart.
    """
    lowest, highest = question.lowest, question.highest
    marks = sorted({test.number for test in tests if isinstance(test, AtLeast)})
    below = min([*marks[:1], *([] if highest is None else [highest + 1])], default=1.0) - 1
    if lowest is not None:
        below = lowest
    return [
        below,
        *(
            mark
            for mark in marks
            if (lowest is None or mark > lowest) and (highest is None or mark <= highest)
        ),
    ]


def _choices(question: RoutedQuestion, named: frozenset[str]) -> list[Reply]:
    """Return the choices that differ in a named code; one other code stands for the rest."""
    rest = [code for code in question.options if code not in named]
    common = [code for code in rest if code not in question.exclusive]
    most = len(question.options) if question.most is None else question.most
    together = [
        *(code for code in question.options if code in named and code not in question.exclusive),
        *common[:1],
    ]
    chosen: list[Reply] = []
    for size in range(1, min(most, len(together)) + 1):
        for each in combinations(together, size):
            # The code that stands for the rest may bring more of them with it.
            at_most = size + (len(common) - 1 if each[-1:] == tuple(common[:1]) else 0)
            if at_most >= question.least:
                chosen += _orders(each) if question.in_order else [each]
    alone = [(code,) for code in question.options if code in question.exclusive]
    return [*chosen, *alone]


def _orders(codes: Reply) -> Iterator[Reply]:
    """Return the orders of some codes that differ in which comes first."""
    for place in range(len(codes)):
        yield (codes[place], *codes[:place], *codes[place + 1 :])
