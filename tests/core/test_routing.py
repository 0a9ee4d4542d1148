"""Routing: who comes to which question, and whether anybody can."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.routing import (
    ALWAYS,
    Answered,
    AnyOf,
    AtLeast,
    Every,
    Not,
    RoutedPage,
    RoutedQuestion,
    Some,
    Way,
    described,
    holds,
    routing_faults,
    way,
)

YES_NO = ("yes", "no")


def is_(question: str, *codes: str) -> AnyOf:
    return AnyOf(question, frozenset(codes))


def asks(key: str, shown_if=ALWAYS, options=YES_NO, **fields) -> RoutedQuestion:
    return RoutedQuestion(key, f"{key.title()}?", options, shown_if=shown_if, **fields)


VICTIM = asks("victim", required=True)
REPORTED = asks("reported", is_("victim", "yes"))
WHY_NOT = asks("why-not", Every((is_("victim", "yes"), is_("reported", "no"))), options=())
FORM = (
    RoutedPage("You", (VICTIM,)),
    RoutedPage("What happened", (REPORTED, WHY_NOT), is_("victim", "yes")),
    RoutedPage("Anything else", (asks("else", options=()),)),
)


def test_a_page_is_shown_only_where_its_condition_holds():
    assert way(FORM, {"victim": ("no",)}) == Way((0, 2), ("victim", "else"))
    assert way(FORM, {"victim": ("yes",), "reported": ("no",)}) == Way(
        (0, 1, 2), ("victim", "reported", "why-not", "else")
    )


def test_an_answer_off_the_way_decides_nothing():
    replies = {"victim": ("no",), "reported": ("no",), "why-not": ("Too slow",)}
    assert way(FORM, replies).questions == ("victim", "else")
    shown = (*FORM[:2], RoutedPage("Else", (asks("else", is_("reported", "no")),)))
    assert "else" not in way(shown, replies).questions


def test_a_page_of_evidence_is_shown_and_a_page_of_hidden_questions_is_not():
    form = (
        RoutedPage("You", (VICTIM,)),
        RoutedPage("What the figures say", ()),
        RoutedPage("What happened", (REPORTED,)),
    )
    assert way(form, {"victim": ("no",)}).pages == (0, 1)


def test_conditions():
    replies = {"a": ("x", "y"), "n": ("3",), "blank": ("  ",), "word": ("many",)}
    assert holds(is_("a", "y", "z"), replies)
    assert not holds(is_("a", "z"), replies)
    assert holds(Answered("a"), replies)
    assert not holds(Answered("blank"), replies)
    assert not holds(Answered("nothing"), replies)
    assert holds(AtLeast("n", 3), replies)
    assert not holds(AtLeast("n", 3.5), replies)
    assert not holds(AtLeast("word", 0), replies)
    assert holds(Not(Some(())), replies)
    assert holds(Some((is_("a", "z"), AtLeast("n", 1))), replies)
    assert holds(ALWAYS, {})


def test_a_sound_form_has_no_fault():
    assert routing_faults(FORM) == []


def test_a_forward_reference_is_refused_by_name():
    form = (RoutedPage("One", (asks("first", is_("second", "yes")), asks("second"))),)
    assert routing_faults(form) == [
        "The question “First?” depends on “Second?”, which is asked later: "
        "move that question before it, or choose an earlier one."
    ]


def test_a_page_cannot_depend_on_its_own_question():
    form = (RoutedPage("One", (asks("first"),), is_("first", "yes")),)
    assert routing_faults(form)[0].startswith("The page “One” depends on “First?”, which is asked")


def test_a_circle_is_refused_with_its_path():
    form = (
        RoutedPage(
            "One",
            (
                asks("first", is_("third", "yes")),
                asks("second", is_("first", "yes")),
                asks("third", is_("second", "yes")),
            ),
        ),
    )
    found = routing_faults(form)
    assert found[0] == (
        "The question “First?” depends on itself in a circle: First? → Third? → Second? → First?. "
        "Take one of these conditions out."
    )


def test_a_question_that_depends_on_itself_is_refused():
    form = (RoutedPage("One", (asks("first", Answered("first")),)),)
    assert routing_faults(form) == [
        "The question “First?” depends on itself: choose an earlier question."
    ]


def test_unknown_questions_options_and_numbers_are_refused():
    form = (
        RoutedPage(
            "One",
            (
                asks("a"),
                asks("b", is_("gone", "yes")),
                asks("c", is_("a", "perhaps")),
                asks("d", AtLeast("a", 2)),
                asks("e", is_("a")),
            ),
        ),
    )
    assert [fault.split(":")[0] for fault in routing_faults(form)] == [
        "The question “B?” depends on the question 'gone', which this survey does not ask",
        "The question “C?” depends on the option 'perhaps' of “A?”, which is not offered",
        "The question “D?” compares “A?” with a number, but its answer is none",
        "The question “E?” names no option of “A?”",
    ]


def test_a_question_nobody_can_come_to_is_refused_with_the_path():
    form = (
        RoutedPage("You", (VICTIM,)),
        RoutedPage("What happened", (REPORTED,), is_("victim", "yes")),
        RoutedPage(
            "Late",
            (
                asks(
                    "never",
                    Every((is_("victim", "no"), is_("reported", "yes"))),
                    required=True,
                ),
            ),
        ),
    )
    (fault,) = routing_faults(form)
    assert fault == (
        "The question “Never?” can never be seen although an answer is required: it is shown only "
        "if “Victim?” is no and “Reported?” is yes, and “Reported?” is asked only if “Victim?” is "
        "yes. No answers make that true; change one of these conditions."
    )


def test_a_page_nobody_can_come_to_is_refused():
    form = (
        RoutedPage("You", (VICTIM,)),
        RoutedPage("Neither", (asks("x"),), Not(Answered("victim"))),
    )
    assert [fault.split(" can never")[0] for fault in routing_faults(form)] == [
        "The page “Neither”",
        "The question “X?”",
    ]


def test_a_required_answer_and_an_exclusive_option_count_in_what_is_possible():
    several = asks("several", options=("a", "b", "none"), most=2, exclusive=frozenset({"none"}))
    both = Every((is_("several", "a"), is_("several", "b")))
    with_none = Every((is_("several", "a"), is_("several", "none")))

    def form(condition, asked=several):
        return (RoutedPage("One", (asked,)), RoutedPage("Two", (asks("x", condition),)))

    assert routing_faults(form(both)) == []
    assert routing_faults(form(with_none))
    one = RoutedQuestion("several", "Several?", several.options, exclusive=several.exclusive)
    assert routing_faults(form(both, one))


def test_numbers_are_told_apart_at_the_marks():
    number = RoutedQuestion("age", "Age?", is_number=True)

    def form(condition):
        return (RoutedPage("One", (number,)), RoutedPage("Two", (asks("x", condition),)))

    between = Every((AtLeast("age", 16), Not(AtLeast("age", 18))))
    nowhere = Every((AtLeast("age", 18), Not(AtLeast("age", 16))))
    assert routing_faults(form(between)) == []
    assert routing_faults(form(nowhere))


def test_a_large_form_is_checked_without_trying_every_way():
    options = tuple(f"o{number}" for number in range(12))
    pages = [RoutedPage("One", (asks("q0", options=options, most=None),))]
    for number in range(1, 120):
        needed = is_(f"q{number - 1}", "o3")
        asked = asks(f"q{number}", needed, options=options, most=None)
        pages.append(RoutedPage(f"Page {number}", (asked,)))
    assert routing_faults(pages) == []


def test_conditions_are_told_in_words():
    condition = Every((is_("a", "x", "y"), Some((AtLeast("n", 2), Not(Answered("b"))))))
    assert described(condition, {"a": "Colour?", "n": "How many?", "b": "Why?"}) == (
        "(“Colour?” is x or y) and (“How many?” is at least 2 or not (“Why?” is answered))"
    )


# The oracle: every reply of a small form is tried.

KEYS = ("a", "b", "c")
atoms = st.one_of(
    st.builds(
        AnyOf,
        st.sampled_from(KEYS),
        st.frozensets(st.sampled_from(YES_NO), min_size=1),
    ),
    st.builds(Answered, st.sampled_from(KEYS)),
)
conditions = st.recursive(
    atoms | st.just(ALWAYS),
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(lambda a, b: Every((a, b)), inner, inner)
        | st.builds(lambda a, b: Some((a, b)), inner, inner)
    ),
    max_leaves=5,
)


def only_about(condition, keys):
    """Return the condition with questions that come later taken out."""
    match condition:
        case AnyOf(question) | Answered(question):
            return condition if question in keys else ALWAYS
        case Every(parts):
            return Every(tuple(only_about(each, keys) for each in parts))
        case Some(parts):
            return Some(tuple(only_about(each, keys) for each in parts))
        case Not(inner):
            return Not(only_about(inner, keys))


@st.composite
def forms(draw):
    questions = [
        asks(
            key,
            only_about(draw(conditions), KEYS[:number]),
            most=draw(st.sampled_from([1, None])),
            required=draw(st.booleans()),
        )
        for number, key in enumerate((*KEYS, "d"))
    ]
    pages, first = [], 0
    while first < len(questions):
        many = draw(st.integers(1, 3))
        earlier = KEYS[:first]
        shown_if = only_about(draw(conditions), earlier)
        pages.append(RoutedPage(f"{first}", tuple(questions[first : first + many]), shown_if))
        first += many
    return tuple(pages)


def possible(question):
    replies = [("yes",), ("no",)] + ([("yes", "no")] if question.most is None else [])
    return replies if question.required else [(), *replies]


@settings(max_examples=300, deadline=None)
@given(forms())
def test_exactly_what_no_reply_reaches_is_refused(form):
    questions = [question for page in form for question in page.questions]
    reached: set[str] = set()
    for replies in product(*(possible(question) for question in questions)):
        given_to = dict(zip((q.key for q in questions), replies, strict=True))
        reached |= set(way(form, given_to).questions)
    refused = {
        question.key
        for question in questions
        for fault in routing_faults(form)
        if fault.startswith(f"The question “{question.title}”")
    }
    assert refused == {question.key for question in questions} - reached


@settings(max_examples=100, deadline=None)
@given(forms(), st.dictionaries(st.sampled_from(KEYS), st.sampled_from([("yes",), ("no",), ()])))
def test_what_is_off_the_way_changes_nothing(form, replies):
    shown = way(form, replies)
    assert way(form, {key: replies.get(key, ()) for key in shown.questions}) == shown
