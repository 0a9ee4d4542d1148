"""Campaigns reviewed in the workbench."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from tests import factories
from tests.themes.frames import LETTER

from folkmoot.responses.models import Answer
from folkmoot.themes.models import Campaign

QUERIES = 15


@pytest.fixture
def letter(frame):
    return frame.campaigns.get()


@pytest.fixture(autouse=True)
def _analyst(client, db):
    client.force_login(factories.make_user("themes.confirm_themes"))


def listed(client, letter):
    url = reverse("themes:campaigns", args=[letter.frame.survey_id, "change"])
    return client.get(url).content.decode()


def post(client, name, letter, **given):
    return client.post(reverse(f"themes:{name}", args=[letter.pk]), given, follow=True)


def test_a_letter_is_listed_with_its_copies_and_words(client, letter):
    page = listed(client, letter)
    assert "6 answers</a>, 100% of them in the same words." in page
    assert letter.exemplar.text[:60] in page


def test_a_letter_is_confirmed_with_how_it_counts(client, letter):
    page = post(client, "review_campaign", letter, counting="once", act="confirm")
    assert "Letter 1 is confirmed. Once:" in page.content.decode()
    letter.refresh_from_db()
    assert (letter.standing, letter.counting) == ("confirmed", "once")


def test_a_letter_is_released(client, letter):
    post(client, "review_campaign", letter, counting="once", act="release")
    letter.refresh_from_db()
    assert letter.standing == Campaign.Standing.RELEASED


def test_a_letter_without_a_choice_stays_as_it_was(client, letter):
    page = post(client, "review_campaign", letter, act="confirm")
    assert "Choose how its copies count" in page.content.decode()
    letter.refresh_from_db()
    assert letter.standing == Campaign.Standing.SUGGESTED


def test_answers_are_found_by_words_and_taken_out(client, letter):
    granny = Answer.objects.filter(text=LETTER)[:2]
    Answer.objects.filter(pk__in=[each.pk for each in granny]).update(
        text=f"{LETTER} My granny needs it most."
    )
    url = reverse("themes:campaign", args=[letter.pk])
    page = BeautifulSoup(client.get(url, {"q": "granny"}).content, "html.parser")
    assert "2 of 6 answers with “granny”." in " ".join(page.get_text(" ").split())
    assert len(page.select("input[name=chosen]")) == 2
    post(client, "split_campaign", letter, q="granny", which="found", into="campaign")
    assert letter.assignments.count() == 4
    assert letter.frame.campaigns.last().assignments.count() == 2


def test_nothing_ticked_takes_nothing_out(client, letter):
    page = post(client, "split_campaign", letter, which="ticked", into="single")
    assert "Tick the answers" in page.content.decode()
    assert letter.assignments.count() == 6


def test_the_number_of_queries_does_not_grow(client, letter, django_assert_num_queries):
    listed(client, letter)
    with django_assert_num_queries(QUERIES):
        listed(client, letter)
    Campaign.objects.create(
        frame=letter.frame, number=2, exemplar=letter.exemplar, identical_share=1
    )
    with django_assert_num_queries(QUERIES):
        listed(client, letter)
