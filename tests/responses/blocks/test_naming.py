"""Keys and codes that nobody wrote, and faults said where they are mended."""

from __future__ import annotations

import pytest
from tests import factories
from tests.factories import make_user
from tests.responses.asking import step
from tests.responses.posted import edit, faults, placed_faults

from folkmoot.responses.blocks.naming import code_of, key_of
from folkmoot.responses.models import Survey
from folkmoot.responses.questions import survey_form

pytestmark = pytest.mark.django_db

RULE = ("rule", {"question": "agree", "test": "any-of", "value": "agree"})


@pytest.fixture
def survey(client):
    client.force_login(make_user(is_superuser=True))
    return factories.make_survey()


def drafted(survey):
    return survey_form(Survey.objects.get(pk=survey.pk).get_latest_revision_as_object())


def options(*labels):
    return tuple(("", label) for label in labels)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Do you agree?", "do-you-agree"),
        ("  What’s new – in Café Zoë? ", "whats-new-in-cafe-zoe"),
        ("2026: how was it?", "q-2026-how-was-it"),
        (
            "What would make going home at night safer for you",
            "what-would-make-going-home-at-night",
        ),
        ("x" * 50, "x" * 40),
        ("日本", "question"),
        ("", "question"),
    ],
)
def test_a_key_is_made_of_the_question(title, key):
    assert key_of(title) == key


def test_a_code_is_made_of_the_words():
    assert code_of("Other, please say") == "other-please-say"
    assert code_of("18 to 24") == "18-to-24"
    assert code_of("?") == "option"


def test_questions_and_options_without_names_are_given_some_that_differ(client, survey):
    steps = [
        step(
            "One",
            [
                factories.choice("", "Do you agree?", options=options("Yes", "No", "No!")),
                factories.text("", "Do you agree?"),
                factories.text("do-you-agree-3", "Why?"),
                factories.text("", "Token"),
            ],
        )
    ]
    assert not faults(edit(client, survey, steps=steps))
    questions = drafted(survey).questions
    assert [each.key for each in questions] == [
        "do-you-agree",
        "do-you-agree-2",
        "do-you-agree-3",
        "token-2",
    ]
    assert [each.code for each in questions[0].options] == ["yes", "no", "no-2"]


def test_names_that_are_there_stay_whatever_the_words(client, survey):
    steps = [step("One", [factories.choice("kept", "Another wording?")])]
    assert not faults(edit(client, survey, steps=steps))
    (question,) = drafted(survey).questions
    assert question.key == "kept"
    assert [each.code for each in question.options] == ["agree", "neither", "disagree"]


def test_rows_and_points_of_a_grid_are_named_too(client, survey):
    grid = {
        "key": "",
        "title": "Our streets",
        "rows": [{"code": "", "label": "Lighting"}, {"code": "", "label": "Crossings"}],
        "scale": "own",
        "points": [{"code": "", "label": "Good"}, {"code": "", "label": "Bad"}],
    }
    assert not faults(edit(client, survey, steps=[step("One", [("grid", grid)])]))
    (question,) = drafted(survey).questions
    assert [part.key for part in question.parts] == [
        "our-streets--lighting",
        "our-streets--crossings",
    ]
    assert [point.code for point in question.points] == ["good", "bad"]


def test_a_condition_on_a_later_question_is_refused_at_the_condition(client, survey):
    steps = [
        step("One", [factories.text("first"), factories.text("why", "Why?", shown_if=[RULE])]),
        step("Two", [factories.choice("agree", "Do you agree?")]),
    ]
    assert placed_faults(edit(client, survey, steps=steps)) == {
        "steps": {
            "0-questions-1-shown_if": "The question “Why?” depends on “Do you agree?”, which is "
            "asked later: move that question before it, or choose an earlier one."
        }
    }


def test_a_condition_of_a_page_is_refused_at_the_page(client, survey):
    early = step("Early", [factories.text("first")])
    early[1]["shown_if"] = [RULE]
    steps = [early, step("Two", [factories.choice("agree", "Do you agree?")])]
    (place, sentence), *_ = placed_faults(edit(client, survey, steps=steps))["steps"].items()
    assert place == "0-shown_if"
    assert sentence.startswith("The page “Early” depends on “Do you agree?”")


def test_a_question_that_nobody_can_see_is_refused_at_its_condition(client, survey):
    never = [RULE, ("rule", RULE[1] | {"value": "disagree"})]
    steps = [
        step("One", [factories.choice("agree", "Do you agree?")]),
        step("Two", [factories.text("why", "Why?", shown_if=never, required=True)]),
    ]
    (place, sentence), *_ = placed_faults(edit(client, survey, steps=steps))["steps"].items()
    assert place == "1-questions-0-shown_if"
    assert "can never be seen although an answer is required" in sentence


def test_a_key_that_comes_twice_is_refused_at_the_second(client, survey):
    steps = [
        step("One", [factories.choice("agree")]),
        step("Two", [factories.text("first"), factories.text("agree")]),
    ]
    (place,) = placed_faults(edit(client, survey, steps=steps))["steps"]
    assert place == "1-questions-1-key"


def test_a_key_of_the_bank_that_comes_twice_is_refused_at_its_page(client, survey):
    bank = {
        "title": "About you",
        "introduction": "",
        "shown_if": [],
        "questions": ["age"],
        "areas_are": "borough",
        "areas": "",
    }
    steps = [("monitoring_page", bank), ("monitoring_page", bank)]
    (place,) = placed_faults(edit(client, survey, steps=steps))["steps"]
    assert place.startswith("0-questions")


def test_a_condition_without_a_question_says_so(client, survey):
    rule = ("rule", {"question": "", "test": "answered", "value": ""})
    steps = [step("One", [factories.text("why", shown_if=[rule])])]
    said = placed_faults(edit(client, survey, steps=steps))["steps"]
    assert said == {"0-questions-0-shown_if-0-question": "Choose a question that stands above."}


def test_every_change_that_is_refused_is_shown_in_the_editor(client, survey):
    """The widget of a field of blocks shows one error; all the sentences are in it."""
    factories.make_response(survey, {"agree": ["agree"]})
    steps = [step("One", [factories.text("one"), factories.text("two")])]
    page = edit(client, survey, steps=steps).content.decode()
    for sentence in ("is no longer asked", "(one) is new", "(two) is new", "Start a new version"):
        assert sentence in page
