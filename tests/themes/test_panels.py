"""Who we heard from, on the page of a consultation: counted and protected as in the results."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from tests import factories

from folkmoot.themes.models import ResultsPage


def words(found):
    return " ".join(found.get_text(" ").split())


def publish(survey):
    page = ResultsPage(title="What you told us", slug="what-you-told-us", activity=survey)
    survey.consultation.add_child(instance=page)


def who(client, survey):
    page = BeautifulSoup(client.get(survey.consultation.url).content, "html.parser")
    return page.select_one('[aria-labelledby="who-we-heard-from"]')


def rows(table):
    return [words(row) for row in table.select("tbody tr")]


def test_who_took_part_is_counted_by_kind_channel_and_question(client, survey):
    publish(survey)
    shown = who(client, survey)
    kind, channel, age = shown("table")
    assert rows(kind) == ["Individual 84"]
    assert rows(channel) == ["Web 84"]
    assert rows(age) == ["One group 42", "Another group 42", "Prefer not to say 0"]
    assert [words(question) for question in shown("summary")] == ["How old are you?"]


def test_who_took_part_waits_for_the_results(client, survey):
    assert who(client, survey) is None


@pytest.mark.parametrize(("answered", "is_withheld"), [(24, True), (25, False)])
def test_equality_question_of_few_is_withheld_whole(client, answered, is_withheld):
    survey = factories.make_survey(questions=[factories.monitoring("age-band", "How old are you?")])
    for _ in range(answered):
        factories.make_response(survey, monitored={"age-band": "one"})
    publish(survey)
    shown = who(client, survey)
    assert ("Withheld, because too few people answered: How old are you?" in words(shown)) is (
        is_withheld
    )
    assert len(shown("table")) == (2 if is_withheld else 3)


def test_nobody_is_told_of_where_only_a_few_took_part(client):
    survey = factories.make_survey(questions=[factories.monitoring("age-band")])
    for _ in range(4):
        factories.make_response(survey, monitored={"age-band": "one"})
    publish(survey)
    assert who(client, survey) is None
