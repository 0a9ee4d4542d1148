"""The agreement to keep equality answers, and how long they are kept."""

from __future__ import annotations

from datetime import date

import pytest
from tests import factories
from tests.responses.asking import (
    answer_all,
    errors_of,
    parsed,
    send,
    sending,
    step,
    three_steps,
    token_of,
)

from folkmoot.responses.models import Draft, MonitoringAnswer, MonitoringConsent, Response

pytestmark = pytest.mark.django_db

NEEDED = (
    "Tick the box if we may keep your answers to the equality questions, or clear these answers."
)


@pytest.fixture
def survey():
    return three_steps()


def send_in(client, survey):
    check = client.get(f"{survey.url}check/")
    return client.post(f"{survey.url}check/", sending(check))


def test_the_page_says_for_how_long_equality_answers_are_kept(client, survey):
    survey.monitoring_kept_days = 730
    survey.save()
    page = parsed(client.get(f"{survey.url}3/"))
    label = page.find("label", {"for": "field-monitoring-consent-yes"})
    assert "are kept for 24 months after the consultation closes" in label.get_text()
    assert not page.find(id="field-monitoring-consent-yes").has_attr("checked")


def test_pages_without_equality_questions_do_not_ask_for_it(client, survey):
    page = parsed(client.get(f"{survey.url}1/"))
    assert page.find(id="field-monitoring-consent") is None


def test_answers_without_the_tick_are_an_error_there_and_stay_typed(client, survey):
    sent = send(client, survey, "3", **{"age-band": "one"})
    assert sent.status_code == 422
    assert errors_of(sent) == [NEEDED]
    page = parsed(sent)
    assert page.find(id="field-monitoring-consent-error").get_text() == NEEDED
    assert page.find("input", {"name": "age-band", "value": "one"}).has_attr("checked")
    assert page.find(class_="error-summary").find("a")["href"] == "#field-monitoring-consent"


def test_no_answer_needs_no_tick(client, survey):
    assert send(client, survey, "3").status_code == 303


def test_prefer_not_to_say_is_an_answer_that_is_kept_with_the_tick(client, survey):
    assert send(client, survey, "3", **{"age-band": "prefer-not-to-say"}).status_code == 422


def test_the_agreement_is_stored_in_its_words_with_its_time(client, survey):
    answer_all(client, survey)
    send_in(client, survey)
    response = Response.objects.get()
    consent = MonitoringConsent.objects.get()
    assert consent.response == response
    assert consent.given_at == response.submitted_at
    assert consent.text == survey.monitoring_consent_text
    assert "kept for 12 months" in consent.text
    assert MonitoringAnswer.objects.get().choice == "one"


def test_without_equality_answers_no_agreement_is_stored(client, survey):
    answer_all(client, survey)
    send(client, survey, "3", **{"monitoring-consent": "yes"})
    send_in(client, survey)
    assert Response.objects.count() == 1
    assert not MonitoringConsent.objects.exists()
    assert not MonitoringAnswer.objects.exists()


def test_a_draft_with_equality_answers_and_no_tick_is_not_sent(client, survey):
    answer_all(client, survey)
    draft = Draft.objects.get()
    draft.answers = draft.answers | {"monitoring-consent": []}
    draft.save()
    sent = send_in(client, survey)
    assert sent.status_code == 422
    assert errors_of(sent) == [f"Step 3: {NEEDED}"]
    assert not Response.objects.exists()


def test_an_answer_that_is_no_longer_asked_needs_no_tick(client):
    rule = ("rule", {"question": "sex", "test": "any-of", "value": "one"})
    survey = factories.make_survey()
    survey.steps = [
        step(
            "About you",
            [
                factories.monitoring("sex"),
                factories.monitoring("more", shown_if=[rule]),
            ],
        )
    ]
    survey.save()
    agreed = {"monitoring-consent": "yes"}
    send(client, survey, "1", sex="one", **agreed)
    send(client, survey, "1", sex="one", more="one", **agreed)
    # Cleared, and the second question with it: what was typed under that decides nothing.
    assert send(client, survey, "1", more="one").status_code == 303
    send_in(client, survey)
    assert not MonitoringAnswer.objects.exists()


@pytest.mark.parametrize(
    ("days", "words", "erased_on"),
    [(365, "12 months", date(2023, 1, 21)), (90, "90 days", date(2022, 4, 21)), (1, "1 day", None)],
)
def test_the_time_of_the_survey_is_that_of_its_words_and_of_its_rows(
    client, survey, days, words, erased_on
):
    survey.monitoring_kept_days = days
    survey.save()
    assert f"kept for {words} after" in survey.monitoring_consent_text
    answer_all(client, survey)
    send_in(client, survey)
    if erased_on:
        assert MonitoringAnswer.objects.get().delete_on == erased_on


def test_another_text_shows_the_questions_again_to_those_who_are_answering(client, survey):
    page = client.get(f"{survey.url}3/")
    survey.monitoring_consent = "I agree to something else."
    survey.save()
    sent = client.post(f"{survey.url}3/", {"token": token_of(page), "age-band": "one"})
    assert sent.status_code == 409
    assert "I agree to something else." in sent.content.decode()
