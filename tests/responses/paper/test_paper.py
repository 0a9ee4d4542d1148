from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests import factories
from tests.responses import asking

from folkmoot.core.routing import Answered, AnyOf, AtLeast, Every, FirstOf, Not, Some
from folkmoot.responses.paper.contents import paper_form
from folkmoot.responses.paper.pdf import LARGE_PRINT, as_pdf
from folkmoot.responses.paper.wording import answer_only_if, words
from folkmoot.responses.questions import survey_form

MADE = datetime(2021, 11, 16, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_questions_have_the_numbers_of_the_screen_and_routing_is_said_in_words():
    survey = asking.every_kind()
    numbers = survey_form(survey).numbers
    asked = {
        each["title"]: each
        for step in paper_form(survey, "The body")["steps"]
        for each in step["asked"]
    }
    bus = asked["Which bus do you take?"]
    assert bus["number"] == str(numbers["which-bus"])
    assert bus["only_if"] == (
        f"Answer question {numbers['which-bus']} only if you chose “Bus” at question "
        f"{numbers['travel']}."
    )
    grid = next(each for each in asked.values() if each["kind"] == "grid")
    assert [line["number"][-1] for line in grid["lines"]] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (AnyOf("travel", frozenset({"bus", "walk"})), "you chose “On foot” or “Bus” at question 1"),
        (Not(AnyOf("travel", frozenset({"bus"}))), "you did not choose “Bus” at question 1"),
        (Answered("which-bus"), "you answered question 3"),
        (AtLeast("minutes", 60), "you wrote 60 minutes or more at question 9"),
        (
            Every((Answered("minutes"), Not(AtLeast("minutes", 60)))),
            "you wrote less than 60 minutes at question 9",
        ),
        (FirstOf("first", frozenset({"lights"})), "you put “Lights” first at question 6"),
        (
            AnyOf("streets--cleaning", frozenset({"very-satisfied"})),
            "you chose “Very satisfied” at question 5b",
        ),
        (
            Every((Answered("travel"), Some((Answered("agree"), Not(Answered("worries")))))),
            "you answered question 1 and "
            "(you answered question 4 or you did not answer question 2)",
        ),
    ],
)
def test_conditions_are_said_in_words(condition, said):
    assert words(condition, survey_form(asking.every_kind())) == said


def test_the_page_prints_while_the_survey_is_open(client):
    survey = asking.every_kind()
    response = client.get(f"{survey.url}paper/")
    text = asking.parsed(response).get_text(" ", strip=True)
    assert response.status_code == 200
    assert "It must reach us by Friday 21 January 2022 at 23:59" in text
    assert "plan@folkmoot.example" in text
    assert "This sheet is taken off your form" in text
    assert not response.cookies
    assert f"{survey.url}paper/" in client.get(survey.url).content.decode()


def test_closed_surveys_lead_to_their_start_page(client, settings):
    survey = asking.every_kind()
    settings.FOLKMOOT_AT = "2022-02-01 12:00"
    for name in ("", "pdf/", "large-print/"):
        response = client.get(f"{survey.url}paper/{name}")
        assert (response.status_code, response["Location"]) == (302, survey.url)


def test_the_pdf_is_tagged_in_english_and_the_same_each_time(client):
    survey = asking.every_kind()
    content = client.get(f"{survey.url}paper/pdf/").content
    reader = PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid" in content
    assert reader.metadata.title == survey.title
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "Answer question 3 only if" in " ".join(text.split())
    contents = paper_form(survey, "The body")
    assert as_pdf(contents, MADE) == as_pdf(contents, MADE)


def test_equality_questions_stand_on_a_sheet_of_their_own():
    survey = asking.every_kind()
    reader = PdfReader(BytesIO(as_pdf(paper_form(survey, "The body"), MADE)))
    texts = [" ".join(page.extract_text().split()) for page in reader.pages]
    sheet = next(place for place, text in enumerate(texts) if "How old are you?" in text)
    # Odd pages are the fronts of sheets.
    assert sheet % 2 == 0
    assert "This sheet is taken off" in texts[sheet]
    assert "Whom do you answer for?" not in texts[sheet]
    assert not any("About your response" in text for text in texts[sheet:])


def test_large_print_has_more_pages():
    contents = paper_form(asking.every_kind(), "The body")
    usual, large = (
        len(PdfReader(BytesIO(as_pdf(contents, MADE, size))).pages) for size in (14, LARGE_PRINT)
    )
    assert large > usual


def test_words_that_look_like_markup_are_printed_as_they_are():
    survey = asking.three_steps()
    survey.steps[0].value["title"] = '#import "x" *not bold* $a$ <script>'
    contents = paper_form(survey, "#panic()")
    text = PdfReader(BytesIO(as_pdf(contents, MADE))).pages[0].extract_text()
    assert "#panic()" in text


def test_the_editor_prints_a_survey_before_it_opens(client, settings):
    survey = asking.three_steps()
    settings.FOLKMOOT_AT = "2021-11-01 12:00"
    address = reverse("responses:survey_paper", args=[survey.pk])
    client.force_login(factories.make_user("wagtailadmin.access_admin"))
    assert client.get(address).status_code == 302
    client.force_login(factories.make_user(is_superuser=True))
    assert client.get(address)["Content-Type"] == "application/pdf"


def test_nothing_is_said_of_a_question_that_everybody_answers():
    form = survey_form(asking.three_steps())
    assert answer_only_if(1, form.questions[0].shown_if, form) == ""
