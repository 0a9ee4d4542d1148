"""What the machine learnt from people, where they code and where they look at their agreement."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from tests import factories
from tests.themes.reading import READ, make_taught

from folkmoot.themes.acts.learning import learn_suggestions
from folkmoot.themes.agreement import compared

AT = factories.AFTER
# As before anything was learnt: other answers are fetched in the place of exemplars.
QUERIES = 26


@pytest.fixture
def frame():
    made = make_taught()
    learn_suggestions(made, AT)
    return made


def page_of(client, frame, name, **query):
    url = reverse(f"themes:{name}", args=[frame.survey_id, "change"])
    return BeautifulSoup(client.get(url, query).content, "html.parser")


def words(found):
    return " ".join(found.get_text(" ").split())


def suggestions(client, frame):
    page = page_of(client, frame, "code", grid="yes")
    return [words(each) for each in page.select(".folkmoot-suggested li")]


def test_a_suggestion_tells_its_probability_its_words_and_answers_that_people_gave_it(
    client, frame, django_assert_num_queries
):
    client.force_login(factories.make_user("themes.code_answers"))
    shown = suggestions(client, frame)
    assert len(shown) >= 10
    assert all("probability " in each and "People gave it to “" in each for each in shown)
    assert any("It says: " in each for each in shown)
    with django_assert_num_queries(QUERIES):
        suggestions(client, frame)


def test_answers_that_somebody_else_is_to_read_blind_are_not_shown(client, frame):
    client.force_login(factories.make_user("themes.code_answers"))
    frame.assignments.filter(readings=1).update(is_double=True)
    assert suggestions(client, frame)
    assert not any("People gave it to" in each for each in suggestions(client, frame))
    frame.assignments.filter(readings=1).update(readings=2)
    assert all("People gave it to" in each for each in suggestions(client, frame))


def test_agreement_tells_what_was_learnt_apart_from_what_was_suggested_before(client, frame):
    client.force_login(factories.make_user("themes.confirm_themes"))
    page = words(page_of(client, frame, "agreement"))
    assert "The machine with people, as it suggested before they read, over all themes" in page
    assert f"of {READ} answers" in page
    assert "foretold by what it learnt from the others that they read, over all themes" in page
    assert "Machine with people Learnt machine with people" in page
    found = compared(frame)
    before = sum(each.is_alike for each in found.machine)
    learnt = sum(each.is_alike for each in found.foretold)
    assert len(found.machine) == len(found.foretold) == READ
    # The first machine was wrong of every third.
    assert before == 2 * READ / 3 < learnt


def test_before_anything_was_learnt_agreement_says_nothing_of_it(client):
    made = make_taught()
    client.force_login(factories.make_user("themes.confirm_themes"))
    assert "foretold" not in words(page_of(client, made, "agreement"))
