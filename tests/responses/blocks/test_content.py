"""Pages of a survey to be read: evidence, the plan, a figure, a table; and blocks of the bank."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from tests import factories
from tests.responses.asking import parsed, send, step

from folkmoot.responses.blocks.bank import BankBlock, MonitoringPageBlock
from folkmoot.responses.blocks.content import TableBlock, cells_of
from folkmoot.responses.questions import faults, survey_form

pytestmark = pytest.mark.django_db

TABLE = {
    "caption": "Robberies a year",
    "cells": "Year\tRobberies\n2019\t1,204\n2020\t987",
    "source": "The police, 2021",
}


def informed(content, questions=(), **fields):
    """Return a survey whose first page has content, and whose second asks a question."""
    survey = factories.make_survey()
    page = {"title": "What we know", "introduction": "", "content": content}
    survey.steps = [
        ("step", page | {"questions": list(questions)} | fields),
        step("Your say", [factories.choice("agree")]),
    ]
    survey.save()
    return survey


def first_page(client, survey):
    return parsed(client.get(f"{survey.url}1/")).find("main")


def test_a_page_of_information_is_a_step_of_its_own(client):
    survey = informed([("text", "<p>Robbery fell by a fifth.</p>")])
    page = first_page(client, survey)
    assert "Robbery fell by a fifth." in page.get_text()
    assert not page.find_all("fieldset")
    sent = send(client, survey, "1")
    assert sent.status_code == 303
    assert sent.headers["Location"] == f"{survey.url}2/"


def test_content_stands_before_the_questions_of_its_page(client):
    survey = informed([("heading", "The facts")], [factories.choice("more")])
    text = str(first_page(client, survey))
    assert text.index("The facts") < text.index("field-more")


def test_evidence_names_its_source_with_the_way_to_it(client):
    evidence = {
        "quotation": "One in five feels unsafe.",
        "source": "Crime Survey, June 2021",
        "address": "https://www.ons.gov.uk/crime",
    }
    page = first_page(client, informed([("evidence", evidence)]))
    assert page.find("blockquote").get_text(strip=True) == "One in five feels unsafe."
    link = page.find("figcaption").find("a")
    assert (link.get_text(), link["href"]) == (evidence["source"], evidence["address"])


def test_a_section_of_the_plan_is_shown_with_its_link(client):
    section = factories.make_section(factories.make_plan(), summary="Officers on every street.")
    page = first_page(client, informed([("section", {"section": section, "words": ""})]))
    assert "Officers on every street." in page.get_text()
    assert page.find("a", href=section.url) is not None
    section.unpublish()
    page = first_page(client, informed([("section", {"section": section, "words": ""})]))
    assert page.find("a", href=section.url) is None


def test_words_of_the_officer_stand_in_place_of_the_sections_summary(client):
    section = factories.make_section(factories.make_plan(), summary="The summary.")
    chosen = {"section": section, "words": "<p>In short: <b>more lights</b>.</p>"}
    page = first_page(client, informed([("section", chosen)]))
    assert "In short: more lights." in page.get_text()
    assert "The summary." not in page.get_text()


def test_a_picture_has_words_for_those_who_cannot_see_it(client):
    picture = {"picture": factories.make_image(), "alternative": "A dark underpass", "caption": ""}
    page = first_page(client, informed([("picture", picture)]))
    assert page.find("img")["alt"] == "A dark underpass"


def test_a_measure_is_named_with_what_it_counts(client):
    measure = factories.make_measure(factories.make_plan(), definition="Offences each month.")
    page = first_page(client, informed([("measure", {"measure": measure})]))
    assert "Personal robbery" in page.get_text()
    assert "Offences each month." in page.get_text()


def test_a_table_has_headings_rows_and_its_source(client):
    page = first_page(client, informed([("table", TABLE)]))
    assert page.find("caption").get_text() == "Robberies a year"
    assert [each.get_text() for each in page.find_all("th", scope="col")] == ["Year", "Robberies"]
    assert [each.get_text() for each in page.find_all("th", scope="row")] == ["2019", "2020"]
    assert "Source: The police, 2021" in page.get_text()


def test_a_page_of_information_is_routed_like_any_other(client):
    survey = factories.make_survey()
    rule = ("rule", {"question": "agree", "test": "any-of", "value": "disagree"})
    page = {"title": "Why", "introduction": "", "questions": [], "shown_if": [rule]}
    survey.steps = [
        step("Your say", [factories.choice("agree")]),
        ("step", page | {"content": [("text", "<p>Because.</p>")]}),
    ]
    survey.save()
    assert faults(survey_form(survey)) == []
    agreed = send(client, survey, "1", agree="agree").headers["Location"]
    assert agreed == f"{survey.url}check/"
    disagreed = send(client, survey, "1", agree="disagree").headers["Location"]
    assert disagreed == f"{survey.url}2/"


@pytest.mark.parametrize(
    ("written", "cells"),
    [
        ("A|B\n1|2", (("A", "B"), ("1", "2"))),
        ("| A | B |\n\n| 1 | 2 |\n", (("A", "B"), ("1", "2"))),
        ("A\tB\n1|1\t2", (("A", "B"), ("1|1", "2"))),
    ],
)
def test_cells_are_pasted_with_tabs_or_written_with_bars(written, cells):
    assert cells_of(written) == cells


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("Year\tRobberies", "Write the headings in the first line"),
        ("Year\tRobberies\n2019", "Line 2 has 1 cells and the headings have 2"),
    ],
)
def test_a_table_that_is_none_is_refused(cells, said):
    block = TableBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(TABLE | {"cells": cells}))
    assert str(refused.value.block_errors["cells"].message).startswith(said)


@pytest.mark.parametrize(
    ("questions", "areas", "said"),
    [
        (["area"], "Camden", "Write at least two areas"),
        (["area"], "Camden\ncamden", "Two of these have the code 'camden'"),
        (["area"], "Camden\n!!!", "No code can be made of"),
        (["age"], "Camden\nHackney", "These areas are asked about nowhere"),
    ],
)
def test_areas_that_cannot_be_asked_about_are_refused(questions, areas, said):
    block = MonitoringPageBlock()
    value = block.to_python({"title": "About you", "questions": questions, "areas": areas})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert str(refused.value.block_errors["areas"].message).startswith(said)
    one = BankBlock()
    with pytest.raises(ValidationError):
        one.clean(one.to_python({"topic": questions[0], "areas": areas}))


def test_a_monitoring_page_begins_with_words_and_ready_questions():
    block = MonitoringPageBlock()
    value = block.clean(block.to_python({"questions": ["age", "sex"]}))
    assert value["title"] == "About you"
    assert "Each is optional" in value["introduction"].source
