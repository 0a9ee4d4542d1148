"""The very instants of closing and of the grace after it, and what pages say near them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories import CLOSES, OPENS
from tests.responses.asking import answer_all, parsed, send, sending, three_steps, token_of

from folkmoot.publishing.clock import local
from folkmoot.responses import access
from folkmoot.responses.acts import begin_draft, save_step, submit_response
from folkmoot.responses.forms import Checked
from folkmoot.responses.models import Draft, Response, SurveyClosedError
from folkmoot.responses.presenters import closing_notice
from folkmoot.responses.tokens import new_key

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
GRACE = timedelta(minutes=30)


@pytest.fixture
def survey():
    return three_steps()


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


def at(settings, instant):
    settings.FOLKMOOT_AT = f"{local(instant):%Y-%m-%d %H:%M:%S}"


def text_of(response):
    return " ".join(parsed(response).get_text(" ").split())


def begun(survey, instant):
    draft = begin_draft(survey, new_key(), instant)
    return save_step(draft, Checked(answers={"agree": ["agree"]}), instant)


@pytest.mark.parametrize(
    ("instant", "may"),
    [
        (OPENS - INSTANT, False),
        (OPENS, True),
        (CLOSES - INSTANT, True),
        (CLOSES, False),
    ],
)
def test_a_draft_may_be_begun_from_opening_until_the_instant_before_closing(survey, instant, may):
    if may:
        assert begin_draft(survey, new_key(), instant).begun_at == instant
    else:
        with pytest.raises(SurveyClosedError):
            begin_draft(survey, new_key(), instant)


@pytest.mark.parametrize("instant", [CLOSES - INSTANT, CLOSES, CLOSES + GRACE - INSTANT])
def test_a_draft_begun_in_the_last_instant_is_taken_until_its_grace_is_over(survey, instant):
    draft = begun(survey, CLOSES - INSTANT)
    assert submit_response(survey, draft, instant).submitted_at == instant


def test_at_the_instant_at_which_the_grace_ends_it_is_refused_and_kept(survey):
    draft = begun(survey, CLOSES - INSTANT)
    for instant in (CLOSES + GRACE, CLOSES + GRACE + INSTANT):
        with pytest.raises(SurveyClosedError):
            submit_response(survey, draft, instant)
    assert Draft.objects.filter(pk=draft.pk).exists()
    assert not Response.objects.exists()


def test_a_response_sent_in_the_last_instant_is_acknowledged_again_after_the_grace(survey):
    draft = begun(survey, CLOSES - INSTANT)
    sent = submit_response(survey, draft, CLOSES + GRACE - INSTANT)
    assert submit_response(survey, draft, CLOSES + GRACE) == sent


def test_a_draft_that_claims_to_be_older_has_no_grace(survey):
    draft = Draft(survey=survey, key=new_key(), begun_at=CLOSES, changed_at=CLOSES)
    assert not access.may_submit(survey, draft, CLOSES)


def test_pages_say_the_last_instants_from_a_day_before_closing(client, survey, settings):
    at(settings, CLOSES - timedelta(hours=24, minutes=1))
    assert "This survey closes on" not in text_of(client.get(f"{survey.url}1/"))
    at(settings, CLOSES - timedelta(hours=23))
    before = text_of(client.get(f"{survey.url}1/"))
    assert "This survey closes on Friday 21 January 2022 at 23:59." in before
    assert "If you have saved an answer by then, you can send your response until" in before
    send(client, survey, "1", agree="agree")
    for where in ("2", "check", "later"):
        page = text_of(client.get(f"{survey.url}{where}/"))
        assert "As you have saved an answer, you can send your response until" in page, where
        assert "Saturday 22 January 2022 at 00:29." in page, where


def test_in_the_grace_every_page_says_how_long_it_lasts(client, survey, settings):
    answer_all(client, survey)
    at(settings, CLOSES)
    for where in ("1", "2", "3", "check", "later"):
        page = client.get(f"{survey.url}{where}/")
        assert page.status_code == 200, where
        assert "This survey closed on Friday 21 January 2022 at 23:59." in text_of(page)
        assert "you can send your response until Saturday 22 January 2022 at 00:29." in text_of(
            page
        )
    assert Client().get(f"{survey.url}1/").status_code == 410


def test_a_survey_without_grace_says_so(survey):
    survey.grace = timedelta(0)
    said = closing_notice(survey, None, CLOSES - INSTANT)
    assert said.endswith("Nothing can be sent after that.")


def test_two_tabs_keep_both_their_steps_and_send_once(client, survey):
    send(client, survey, "1", agree="agree")
    second, third = (client.get(f"{survey.url}{number}/") for number in (2, 3))
    client.post(f"{survey.url}3/", {"token": token_of(third), "respondent-kind": "individual"})
    client.post(f"{survey.url}2/", {"token": token_of(second), "change": "From the first tab."})
    fields = sending(client.get(f"{survey.url}check/"))
    answers = {client.post(f"{survey.url}check/", fields)["Location"] for _ in range(3)}
    assert len(answers) == 1
    response = Response.objects.get()
    assert {each.question for each in response.answers.all()} == {"agree", "change"}


def test_a_step_and_the_sending_take_the_same_queries_whatever_was_answered(
    survey, django_assert_num_queries
):
    """Savepoints are counted; outside a test the outermost is the transaction's beginning."""
    for text in ("Short.", "Long. " * 2000):
        browser = Client(REMOTE_ADDR="198.51.100.7")
        send(browser, survey, "1", agree="agree")
        page = browser.get(f"{survey.url}2/")
        with django_assert_num_queries(8):
            browser.post(f"{survey.url}2/", {"token": token_of(page), "change": text})
        with django_assert_num_queries(1):
            check = browser.get(f"{survey.url}check/")
        assert check.status_code == 200
