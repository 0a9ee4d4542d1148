"""Routing on exclusive options, limits, rankings, numbers and declined questions."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.routing import (
    ALWAYS,
    Answered,
    AnyOf,
    AtLeast,
    Every,
    FirstOf,
    Not,
    RoutedPage,
    RoutedQuestion,
    Some,
    described,
    holds,
    routing_faults,
)

CODES = ("a", "b", "c", "none")


def form(question, shown_if):
    follows = RoutedQuestion("then", "Then?", shown_if=shown_if)
    return (RoutedPage("One", (question,)), RoutedPage("Two", (follows,)))


def any_of(*codes):
    return AnyOf("q", frozenset(codes))


def first_of(*codes):
    return FirstOf("q", frozenset(codes))


RANKING = RoutedQuestion("q", "What first?", CODES[:3], most=2, in_order=True)
SEVERAL = RoutedQuestion("q", "Which?", CODES, most=None, exclusive=frozenset({"none"}))
AT_LEAST_TWO = RoutedQuestion("q", "Which?", CODES, 3, frozenset({"none"}), least=2)
NUMBER = RoutedQuestion("q", "How many?", is_number=True, lowest=0, highest=10)
DECLINABLE = RoutedQuestion("q", "Why?", ("prefer-not-to-say",), is_open=True)


def test_what_ranks_first_is_the_first_code_alone():
    assert holds(first_of("a"), {"q": ("a", "b")})
    assert not holds(first_of("b"), {"q": ("a", "b")})
    assert not holds(first_of("a"), {"q": ()})
    assert described(first_of("a", "b"), {"q": "What first?"}) == "“What first?” puts a or b first"


@pytest.mark.parametrize(
    ("question", "condition", "is_reached"),
    [
        (RANKING, first_of("b"), True),
        (RANKING, Every((first_of("b"), any_of("a"))), True),
        (RANKING, Every((first_of("b"), any_of("a"), any_of("c"))), False),
        (RANKING, Every((first_of("b"), Not(any_of("b")))), False),
        (RANKING, Every((first_of("a"), first_of("b"))), False),
        (SEVERAL, Every((any_of("none"), any_of("a"))), False),
        (SEVERAL, Every((any_of("a"), any_of("b"))), True),
        (AT_LEAST_TWO, Every((any_of("a"), Not(any_of("b", "c")))), False),
        (AT_LEAST_TWO, Every((any_of("a"), Not(any_of("b")))), True),
        (AT_LEAST_TWO, any_of("none"), True),
        (NUMBER, AtLeast("q", 10), True),
        (NUMBER, AtLeast("q", 11), False),
        (NUMBER, Every((Answered("q"), Not(AtLeast("q", 0)))), False),
        (NUMBER, Every((Answered("q"), Not(AtLeast("q", 1)))), True),
        (DECLINABLE, any_of("prefer-not-to-say"), True),
        (DECLINABLE, Every((Answered("q"), Not(any_of("prefer-not-to-say")))), True),
    ],
)
def test_what_a_kind_of_question_can_bring_up(question, condition, is_reached):
    assert (routing_faults(form(question, condition)) == []) is is_reached


@pytest.mark.parametrize(
    ("question", "condition", "said"),
    [
        (SEVERAL, first_of("a"), "puts nothing in order: choose a ranking"),
        (RANKING, first_of("z"), "which is not offered: choose from a, b, c"),
        (RANKING, first_of(), "names no option"),
        (RANKING, AtLeast("q", 1), "choose a number question"),
        (NUMBER, any_of("a"), "which offers none: choose a closed question"),
    ],
)
def test_a_condition_that_fits_no_such_question_is_refused(question, condition, said):
    (fault,) = routing_faults(form(question, condition))
    assert said in fault


def test_a_number_that_is_none_is_never_at_least():
    for typed in ("nan", "inf", "1e999", "", "many"):
        assert not holds(AtLeast("q", -1e9), {"q": (typed,)})


# The oracle: every reply to one question is tried.


@st.composite
def closed(draw):
    is_ranking = draw(st.booleans())
    exclusive = (
        frozenset() if is_ranking else draw(st.frozensets(st.sampled_from(CODES), max_size=2))
    )
    most = draw(st.sampled_from([1, 2, 3, None]))
    together = len(CODES) - len(exclusive)
    limit = together if most is None else min(most, together)
    least = 0 if is_ranking else draw(st.integers(0, limit))
    return RoutedQuestion(
        "q",
        "Which?",
        CODES,
        most,
        exclusive,
        in_order=is_ranking,
        least=least,
        required=draw(st.booleans()),
    )


tests = st.builds(any_of, st.sampled_from(CODES), st.sampled_from(CODES)) | st.just(Answered("q"))
rank_tests = tests | st.builds(first_of, st.sampled_from(CODES), st.sampled_from(CODES))


def conditions(leaves):
    return st.recursive(
        leaves | st.just(ALWAYS),
        lambda inner: (
            st.builds(Not, inner)
            | st.builds(lambda a, b: Every((a, b)), inner, inner)
            | st.builds(lambda a, b: Some((a, b)), inner, inner)
        ),
        max_leaves=4,
    )


def possible(question):
    """Return every reply that may be given to a closed question."""
    if not question.required:
        yield ()
    for code in question.exclusive:
        yield (code,)
    common = [code for code in question.options if code not in question.exclusive]
    most = len(common) if question.most is None else min(question.most, len(common))
    for size in range(max(1, question.least), most + 1):
        yield from permutations(common, size)


@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_a_question_is_refused_exactly_where_no_reply_brings_it_up(data):
    question = data.draw(closed())
    condition = data.draw(conditions(rank_tests if question.in_order else tests))
    is_reached = any(holds(condition, {"q": reply}) for reply in possible(question))
    assert (routing_faults(form(question, condition)) == []) is is_reached
