"""The screens of publishing in the admin: role by role, and what their forms hand on."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from tests import factories

from folkmoot.responses.models import AnswerReview, Decision, Publication, Publishing

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
REVIEWER = ("responses.view_response", "responses.change_answerreview")
OFFICER = (*REVIEWER, "responses.change_publishing")


@pytest.fixture
def survey():
    return factories.make_survey()


@pytest.fixture
def response(survey):
    return factories.make_response(
        survey,
        {"change": "Ring Ada on 020 7946 0018. ADA knows about 😀 Bow."},
        publication=Publication.UNNAMED,
    )


def enter(client, *permissions):
    client.force_login(factories.make_user(*permissions), backend=BACKEND)
    return client


def post(client, response, **fields):
    key = response.answers.get(question="change").pk
    named = {f"{name}-{key}": value for name, value in fields.items()}
    return client.post(reverse("responses:review", args=[response.pk]), named)


def redacted_words(response):
    text = response.answers.get(question="change").text
    return [text[start:end] for _, start, end, _ in AnswerReview.objects.get().spans]


def test_suggestions_phrases_and_what_was_marked_are_taken_out_together(client, response):
    enter(client, *REVIEWER)
    text = response.answers.get(question="change").text
    phone, bow = text.index("020"), text.index("Bow")
    answer = post(
        client,
        response,
        decision="redacted",
        take=[f":{phone}:{phone + 13}"],
        phrases="ada",
        spans=json.dumps([["", bow, bow + 3, "address"], ["gone", 0, 3, "name"], "x", [1]]),
    )
    assert answer.status_code == 302
    assert redacted_words(response) == ["Ada", "020 7946 0018", "ADA", "Bow"]
    assert [span[3] for span in AnswerReview.objects.get().spans][-1] == "address"


@pytest.mark.parametrize("spans", ["{", "null", "[[]]", '[["", "a", 2, "name"]]', '"x"'])
def test_marks_that_are_none_are_refused_with_what_was_typed_kept(client, response, spans):
    enter(client, *REVIEWER)
    answer = post(client, response, decision="redacted", spans=spans, reason="Kept words.")
    assert answer.status_code == 422
    assert "mark what is taken out" in answer.content.decode()
    assert "Kept words." in answer.content.decode()
    assert not AnswerReview.objects.exists()


def test_personal_details_are_suggested_and_ticked_at_first(client, response):
    page = enter(client, *REVIEWER).get(reverse("responses:review", args=[response.pk]))
    assert "“020 7946 0018” (phone number)" in page.content.decode()


def test_the_queue_leads_from_one_response_to_the_next_and_ends(client, survey, response):
    enter(client, *REVIEWER)
    other = factories.make_response(survey, {"change": "Yes."}, publication=Publication.UNNAMED)
    factories.make_response(survey, {"change": "Not this."})
    following = reverse("responses:review_next", args=[survey.pk])
    assert client.get(following)["Location"] == reverse("responses:review", args=[response.pk])
    onward = post(client, response, decision="approved")["Location"]
    assert client.get(onward)["Location"] == reverse("responses:review", args=[other.pk])
    post(client, other, decision="refused", reason="Says nothing.")
    assert client.get(following)["Location"] == reverse("responses:publishing")


def test_an_officer_turns_publishing_on_and_off(client, survey):
    enter(client, *OFFICER)
    address = reverse("responses:switch_publishing", args=[survey.pk])
    name = f"survey-{survey.pk}"
    client.post(address, {f"{name}-is_on": "on", f"{name}-smallest": "7"})
    assert Publishing.objects.get().smallest == 7
    wrong = client.post(address, {f"{name}-is_on": "on", f"{name}-smallest": "1"})
    assert wrong.status_code == 422
    assert Publishing.objects.get().smallest == 7
    client.post(address, {f"{name}-smallest": "7"})
    assert not Publishing.objects.exists()


@pytest.mark.parametrize(
    ("permissions", "sees", "reviews", "switches"),
    [
        ((), False, False, False),
        (("responses.view_response",), False, False, False),
        (REVIEWER, True, True, False),
        (OFFICER, True, True, True),
        (("responses.view_response", "responses.change_publishing"), True, False, True),
    ],
)
def test_each_role_does_its_own_part(
    client, survey, response, permissions, sees, reviews, switches
):
    enter(client, *permissions)
    home = reverse("wagtailadmin_home")
    assert (client.get(reverse("responses:publishing")).status_code == 200) is sees
    page = client.get(reverse("responses:review", args=[response.pk]))
    assert (page.status_code == 200) is reviews
    switch = client.post(
        reverse("responses:switch_publishing", args=[survey.pk]),
        {f"survey-{survey.pk}-is_on": "on", f"survey-{survey.pk}-smallest": "5"},
    )
    assert (switch["Location"] != home) is switches
    assert Publishing.objects.exists() is switches


def test_a_decision_shows_when_a_reviewer_comes_back(client, response):
    enter(client, *REVIEWER)
    post(client, response, decision=Decision.REFUSED, reason="Names others.")
    page = client.get(reverse("responses:review", args=[response.pk])).content.decode()
    assert "Names others." in page
    assert "Reviewed before by" in page
