"""The front pages: every question, how far each is, and what is best done next."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from tests import factories

from folkmoot.themes import acts
from folkmoot.themes.acts.campaigns import release_campaign
from folkmoot.themes.acts.coding import Found, code_answer, resolve
from folkmoot.themes.acts.double import draw_double
from folkmoot.themes.acts.editing import accept_themes
from folkmoot.themes.progress import progress

AT = factories.AFTER
ANALYST = ("themes.confirm_themes", "themes.code_answers", "themes.resolve_codings")
QUERIES_OF_THE_LIST = 18
QUERIES_OF_THE_FRONT_PAGE = 22


@pytest.fixture
def analyst(client):
    user = factories.make_user(*ANALYST, first_name="Ada", last_name="Obi")
    client.force_login(user)
    return user


def front(client, frame):
    url = reverse("themes:question", args=[frame.survey_id, frame.question])
    return BeautifulSoup(client.get(url).content, "html.parser")


def next_step(page):
    return page.select_one(".folkmoot-next a.button").get_text()


def words(found):
    return " ".join(found.get_text(" ").split())


def test_the_list_shows_questions_with_their_standing(client, frame, analyst):
    page = client.get(reverse("themes:questions")).content.decode()
    assert "What would you change in the draft?" in page
    assert "20" in page
    assert "Suggested by machine" in page


def test_before_the_machine_has_read_it_asks_to_let_it(client, analyst):
    survey = factories.make_survey()
    url = reverse("themes:question", args=[survey.pk, "change"])
    page = BeautifulSoup(client.get(url).content, "html.parser")
    assert next_step(page) == "Let the machine read the answers"


def test_it_says_what_is_best_done_next_until_all_is_done(client, frame, analyst):
    assert next_step(front(client, frame)) == "Review the campaigns"
    release_campaign(frame.campaigns.get(), analyst, AT)
    assert next_step(front(client, frame)) == "Edit the code frame"
    accept_themes(frame, list(frame.themes.all()), analyst, AT)
    assert next_step(front(client, frame)) == "Code answers"
    answers = list(frame.assignments.exclude(status="empty"))
    for answer in answers:
        code_answer(answer, analyst, Found(status="none"), AT)
    assert next_step(front(client, frame)) == "Look at the agreement"
    draw_double(frame, 0.01, analyst, AT)
    (drawn,) = frame.assignments.filter(is_double=True)
    code_answer(drawn, factories.make_user(), Found(status="cannot-tell"), AT)
    assert next_step(front(client, frame)) == "Look at the agreement"
    resolve(drawn, analyst, Found(status="none"), AT)
    assert next_step(front(client, frame)) == "Publish"
    frame.refresh_from_db()
    acts.confirm_frame(frame, analyst, AT)
    assert "Everything is done." in words(front(client, frame))


def test_it_counts_who_read_how_many_and_what_remains(client, frame, analyst):
    other = factories.make_user(first_name="Ben", last_name="Cole")
    one, two, three = frame.assignments.exclude(status="empty")[:3]
    code_answer(one, analyst, Found(status="none", is_flagged=True), AT)
    code_answer(two, analyst, Found(status="cannot-tell"), AT)
    code_answer(three, other, Found(themes=(frame.themes.first().pk,)), AT)
    code_answer(one, other, Found(status="cannot-tell"), AT)
    found = progress(frame)
    assert (found.answers, found.empty, found.sayable, found.read, found.remaining) == (
        20,
        1,
        19,
        3,
        16,
    )
    assert (found.twice, found.disputed, found.flagged) == (1, 1, 1)
    assert [each[:2] for each in found.coders] == [("Ada Obi", 2), ("Ben Cole", 2)]
    page = words(front(client, frame))
    assert "Read by people 3" in page
    assert "Ada Obi 2 Ben Cole 2" in page


def test_who_may_not_code_is_not_led_to_coding(client, frame):
    client.force_login(factories.make_user("themes.view_codeframe"))
    page = front(client, frame)
    assert not page.find("a", href=reverse("themes:code", args=[frame.survey_id, "change"]))
    assert not page.find("a", href=reverse("themes:agreement", args=[frame.survey_id, "change"]))


@pytest.mark.parametrize("coded", [1, 12])
def test_the_number_of_queries_does_not_grow(
    client, frame, analyst, django_assert_num_queries, coded
):
    for answer in frame.assignments.exclude(status="empty")[:coded]:
        code_answer(answer, analyst, Found(status="none"), AT)
    front(client, frame)
    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        client.get(reverse("themes:questions"))
    with django_assert_num_queries(QUERIES_OF_THE_FRONT_PAGE):
        front(client, frame)
