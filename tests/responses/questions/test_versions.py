from __future__ import annotations

from dataclasses import replace

import pytest

from folkmoot.core.routing import AnyOf
from folkmoot.responses.questions import (
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    MonitoringQuestion,
    NumberQuestion,
    Option,
    PlaceQuestion,
    PostcodeQuestion,
    RankingQuestion,
    ScaleQuestion,
    Step,
    SurveyForm,
    TextQuestion,
)
from folkmoot.responses.questions.versions import KINDS, corrections, differences, meaning

OPTIONS = (Option("yes", "Yes"), Option("no", "No"))
CHOICE = ChoiceQuestion("agree", "Do you agree?", "", False, options=OPTIONS)
KIND_OF_EACH = [
    CHOICE,
    ScaleQuestion("scale", "How much?", "", False, options=OPTIONS),
    GridQuestion("grid", "How are these?", "", False, rows=OPTIONS, points=OPTIONS),
    RankingQuestion("rank", "What first?", "", False, options=OPTIONS),
    MonitoringQuestion("sex", "What is your sex?", "", False, options=OPTIONS),
    TextQuestion("why", "Why?", "", False),
    NumberQuestion("minutes", "How long?", "", False, lowest=0.0, unit="minutes"),
    DateQuestion("moved", "When?", "", False),
    PostcodeQuestion("postcode", "Where?", "", False),
    FileQuestion("letter", "A file?", "", False),
    PlaceQuestion("place", "Where on the map?", "", False),
]


def form(*questions, title="One", **step):
    return SurveyForm((Step(1, title, "", tuple(questions), **step),))


def changed(question, **fields):
    return differences(form(question), form(replace(question, **fields)))


def test_every_kind_of_question_has_words_for_it():
    assert {type(question) for question in KIND_OF_EACH} == set(KINDS)


@pytest.mark.parametrize("question", KIND_OF_EACH, ids=lambda each: type(each).__name__)
def test_wording_may_be_corrected_without_a_change_of_meaning(question):
    reworded = replace(
        question, title="In better words?", hint="With help.", why="Because.", sensitive=True
    )
    assert differences(form(question), form(reworded, title="Another title")) == []
    assert corrections(form(question), form(reworded, title="Another title")) == [
        f"“{question.title}” reads “In better words?” now ({question.key}).",
        "The page “One” is called “Another title” now.",
    ]


@pytest.mark.parametrize("question", KIND_OF_EACH, ids=lambda each: type(each).__name__)
def test_what_is_needed_is_meaning(question):
    assert changed(question, required=True) == [
        f"The question “{question.title}” ({question.key}) must be answered now."
    ]


def test_labels_may_be_corrected_and_codes_not():
    relabelled = replace(CHOICE, options=(Option("yes", "Yes, I do"), OPTIONS[1]))
    assert differences(form(CHOICE), form(relabelled)) == []
    assert corrections(form(CHOICE), form(relabelled)) == [
        "The option “Yes” of “Do you agree?” reads “Yes, I do” now."
    ]
    assert changed(CHOICE, options=(*OPTIONS, Option("maybe", "Maybe"))) == [
        "The question “Do you agree?” (agree) has the new option 'maybe'."
    ]
    assert changed(CHOICE, options=(Option("aye", "Yes"), OPTIONS[1])) == [
        "The question “Do you agree?” (agree) no longer has the option 'yes'.",
        "The question “Do you agree?” (agree) has the new option 'aye'.",
    ]
    assert changed(CHOICE, options=(OPTIONS[0], replace(OPTIONS[1], asks_text=True))) == [
        "The question “Do you agree?” (agree) changes how the option 'no' may be chosen."
    ]


def test_the_order_is_meaning_of_a_scale_alone():
    other_way = OPTIONS[::-1]
    assert changed(CHOICE, options=other_way) == []
    (scale,) = (each for each in KIND_OF_EACH if type(each) is ScaleQuestion)
    assert changed(scale, options=other_way) == [
        "The question “How much?” (scale) has its options in another order."
    ]
    (grid,) = (each for each in KIND_OF_EACH if isinstance(each, GridQuestion))
    assert changed(grid, rows=other_way) == []
    assert changed(grid, points=other_way) == [
        "The question “How are these?” (grid) has its points in another order."
    ]


def test_keys_and_kinds_are_meaning():
    text = TextQuestion("agree", "Do you agree?", "", False)
    assert differences(form(CHOICE), form(text)) == [
        "The question “Do you agree?” (agree) was a closed question and is a free-text question."
    ]
    assert differences(form(CHOICE), form(replace(CHOICE, key="consent"))) == [
        "The question “Do you agree?” (agree) is no longer asked.",
        "The question “Do you agree?” (consent) is new.",
    ]


@pytest.mark.parametrize(
    ("at", "fields", "said"),
    [
        (0, {"several": True}, "changes how many answers may be given: it was no and is yes."),
        (3, {"most": 2}, "changes the most answers: it was none and is 2."),
        (6, {"unit": "hours"}, "changes the unit: it was minutes and is hours."),
        (6, {"lowest": None}, "changes the lowest number: it was 0.0 and is none."),
        (8, {"is_whole": True}, "changes whether the whole postcode is kept: it was no and is yes"),
        (5, {"may_decline": True}, "changes whether “prefer not to say” is offered"),
    ],
)
def test_limits_are_meaning_and_are_named(at, fields, said):
    (sentence,) = changed(KIND_OF_EACH[at], **fields)
    assert said in sentence


def test_conditions_are_meaning_on_the_question_and_on_its_page():
    why = TextQuestion("why", "Why?", "", False)
    if_yes = AnyOf("agree", frozenset({"yes"}))
    always = form(CHOICE, why)
    said = "The question “Why?” (why) was shown always and is shown if “Do you agree?” is yes."
    assert differences(always, form(CHOICE, replace(why, shown_if=if_yes))) == [said]
    on_page = SurveyForm(
        (Step(1, "One", "", (CHOICE,)), Step(2, "Two", "", (why,), shown_if=if_yes))
    )
    assert differences(always, on_page) == [said]


def test_moving_a_question_to_another_page_is_no_change_of_meaning():
    why = TextQuestion("why", "Why?", "", False)
    apart = SurveyForm((Step(1, "One", "", (why,)), Step(2, "Two", "", (CHOICE,))))
    assert meaning(apart) == meaning(form(CHOICE, why))
    assert differences(form(CHOICE, why), apart) == []
