"""What cannot be asked is refused, in a sentence that names the question, in the editor as well."""

from __future__ import annotations

from datetime import date

import pytest
from tests import factories
from tests.responses.asking import option, question
from wagtail.blocks import StructBlockValidationError

from folkmoot.responses.blocks import QuestionsBlock
from folkmoot.responses.questions import (
    ChoiceQuestion,
    DateQuestion,
    FileQuestion,
    GridQuestion,
    NumberQuestion,
    Option,
    PlaceQuestion,
    RankingQuestion,
    Step,
    SurveyForm,
    TextQuestion,
    faults,
)
from folkmoot.responses.questions.scales import SCALES

A, B = Option("a", "A"), Option("b", "B")
NONE = Option("none", "None of these", is_exclusive=True)
POINTS = SCALES["agreement"]


def faults_of(*questions):
    return faults(SurveyForm((Step(1, "One", "", questions),)))


def closed(*options, **fields):
    return ChoiceQuestion("q", "Which?", "", False, options, **fields)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (TextQuestion("a--b", "T?", "", False), "two hyphens stand between"),
        (closed(A, A), "two options with the code 'a'"),
        (closed(A), "has 1 options: it needs at least 2"),
        (closed(A, Option("b--c", "B")), "has the code 'b--c'"),
        (closed(A, B, NONE), "takes one answer, so its option 'none'"),
        (closed(A, B, several=True, least=2, most=1), "at least 2 and at most 1"),
        (closed(A, B, NONE, several=True, least=3), "only 2 can be chosen together"),
        (closed(A, B, several=True, most=0), "which nobody can give"),
        (closed(A, B, several=True, as_list=True), "which a drop-down list cannot"),
        (GridQuestion("q", "G?", "", False, (A, A), POINTS), "two statements with the code 'a'"),
        (GridQuestion("q", "G?", "", False, (), POINTS), "has 0 statements: it needs at least 1"),
        (GridQuestion("q", "G?", "", False, (A,), (B,)), "has 1 points: it needs at least 2"),
        (RankingQuestion("q", "R?", "", False, (A, B), most=3), "asks for the first 3 of 2"),
        (
            RankingQuestion("q", "R?", "", False, (A, Option("prefer-not-to-say", "No"))),
            "ranks 'prefer-not-to-say'",
        ),
        (NumberQuestion("q", "N?", "", False, 5, 4), "takes no number: its lowest, 5"),
        (NumberQuestion("q", "N?", "", False, decimals=7), "takes 7 digits after the point"),
        (
            DateQuestion("q", "D?", "", False, date(2021, 1, 2), date(2021, 1, 1)),
            "takes no day: its earliest",
        ),
        (FileQuestion("q", "F?", "", True), "needs a file, which not everybody can send"),
        (FileQuestion("q", "F?", "", False, ()), "takes no file"),
        (PlaceQuestion("q", "P?", "", False, 1, 51, 52, 1, 0), "are no place on earth"),
    ],
)
def test_a_question_that_cannot_be_asked_is_named(asked, said):
    found = faults_of(asked)
    assert len(found) == 1
    assert said in found[0]
    assert asked.key in found[0]


def test_two_fields_of_one_name_are_refused():
    ranking = RankingQuestion("q", "R?", "", False, (A, Option("declined", "D")), may_decline=True)
    assert "called 'q--declined'" in faults_of(ranking)[0]
    place = PlaceQuestion("where", "W?", "", False)
    assert faults_of(place, TextQuestion("size", "S?", "", False)) == []


def test_what_can_be_asked_has_no_faults():
    assert (
        faults_of(
            closed(A, B, NONE, several=True, least=1, most=2),
            NumberQuestion("n", "N?", "", False, 4, 4),
            DateQuestion("d", "D?", "", False, date(2021, 1, 1), date(2021, 1, 1)),
            PlaceQuestion("p", "P?", "", True, 1, 52, 51, 1, 0),
            GridQuestion("g", "G?", "", True, (A, B), POINTS, may_decline=True),
            RankingQuestion("r", "R?", "", True, (A, B), most=2, may_decline=True),
        )
        == []
    )


TWO = [option("a"), option("b")]


@pytest.mark.parametrize(
    ("kind", "fields", "at", "said"),
    [
        ("choice", {"options": [option("a"), option("a")]}, "options", "the code 'a'"),
        ("choice", {"options": TWO, "least": 1}, "least", "tick “More than one answer”"),
        ("choice", {"options": TWO, "most": 1}, "most", "tick “More than one answer”"),
        (
            "choice",
            {"options": [*TWO, option("none", is_exclusive=True)]},
            "options",
            "“None” goes with no other answer",
        ),
        (
            "choice",
            {"options": TWO, "several": True, "least": 2, "most": 1},
            "least",
            "cannot both hold",
        ),
        ("choice", {"options": TWO, "several": True, "least": 3}, "least", "only 2 can be chosen"),
        ("choice", {"options": TWO, "several": True, "as_list": True}, "as_list", "one answer"),
        ("choice", {"options": [option("a"), option("B c")]}, "options", ""),
        ("scale", {"scale": "own", "points": [option("a")]}, "points", "at least two points"),
        ("scale", {"points": TWO}, "points", "choose “My own points”"),
        ("scale", {"scale": "own", "points": [option("a")] * 2}, "points", "the code 'a'"),
        ("grid", {"rows": [option("a"), option("a")]}, "rows", "the code 'a'"),
        ("ranking", {"options": TWO, "most": 3}, "most", "Only 2 options"),
        ("ranking", {"options": [option("a")] * 2}, "options", "the code 'a'"),
        ("area", {"areas": "Camden"}, "areas", "at least two areas"),
        ("area", {"areas": "Camden\ncamden"}, "areas", "the code 'camden'"),
        ("area", {"areas": "Camden\n伦敦"}, "areas", "No code can be made of “伦敦”"),
        ("number", {"lowest": 2.0, "highest": 1.0}, "lowest", "above the highest"),
        (
            "date",
            {"earliest": date(2021, 1, 2), "latest": date(2021, 1, 1)},
            "earliest",
            "after the latest",
        ),
        ("monitoring", {"why": "W", "options": [option("a")] * 2}, "options", "the code 'a'"),
        ("text", {"key": "two--hyphens"}, "key", "single hyphens"),
        ("text", {"key": "Big"}, "key", "small letters"),
    ],
)
def test_the_editor_says_what_is_wrong_at_its_field(kind, fields, at, said):
    block = QuestionsBlock().child_blocks[kind]
    _, value = question(kind, fields.pop("key", "q"), **fields)
    with pytest.raises(StructBlockValidationError) as raised:
        block.clean(block.normalize(value))
    assert list(raised.value.block_errors) == [at]
    assert said in str(raised.value.as_json_data())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("edges", "at"),
    [
        ({"north": 51.7, "south": 51.3, "west": -0.5}, ["east"]),
        ({"north": 51.3, "south": 51.7, "west": -0.5, "east": 0.3}, ["south"]),
        ({"north": 51.7, "south": 51.3, "west": 0.5, "east": 0.3}, ["west"]),
        ({"north": 91.0, "south": 51.3, "west": -0.5, "east": 0.3}, ["south"]),
    ],
)
def test_the_edges_of_a_map_are_checked(edges, at):
    block = QuestionsBlock().child_blocks["place"]
    _, value = question("place", "q", picture=factories.make_image("Map"), **edges)
    with pytest.raises(StructBlockValidationError) as raised:
        block.clean(block.normalize(value))
    assert list(raised.value.block_errors) == at
