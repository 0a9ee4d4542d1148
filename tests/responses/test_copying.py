"""A respondent's copy of a response: downloads, the e-mail, and who gets neither."""

from __future__ import annotations

import pytest
from django.core import mail as outbox
from django.test import Client
from tests.responses.asking import answer_all, parsed, sending, three_steps, token_of

from folkmoot.publishing import mail
from folkmoot.publishing.clock import now
from folkmoot.publishing.models import OutgoingMail
from folkmoot.responses.models import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return three_steps()


@pytest.fixture
def sender(survey):
    """A browser that has just sent its response."""
    browser = Client(enforce_csrf_checks=True)
    browser.post(f"{survey.url}check/", sending(answer_all(browser, survey)))
    return browser


def copy_address(survey):
    return f"{survey.url}copy/{Response.objects.get().reference}/"


@pytest.mark.parametrize("kind", ["text", "html"])
def test_a_downloaded_copy_has_every_question_answer_and_the_consent(sender, survey, kind):
    page = sender.get(f"{copy_address(survey)}?as={kind}")
    reference = Response.objects.get().reference
    assert page["Content-Disposition"].startswith(f'attachment; filename="{reference}.')
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    text = page.content.decode()
    for said in (
        reference,
        "Wednesday 1 December 2021 at 12:00",
        "1. Question agree?",
        "2. Question more?",
        "3. What would you change?",
        "4. How old are you?",
        "Agree",
        "More lights.",
        "Fewer cars.",
        "Myself",
        "We use your answers",
    ):
        assert said in text, said


def test_a_copy_by_email_leaves_out_equality_answers_and_says_so(sender, survey):
    form = sender.get(copy_address(survey))
    fields = {"token": token_of(form), "email": "ada@example.org"}
    sent = sender.post(copy_address(survey), fields, follow=True)
    assert "The copy is on its way." in parsed(sent).get_text()
    mail.deliver_due(now())
    [letter] = outbox.outbox
    assert "More lights." in letter.body
    assert "How old are you?" not in letter.body
    assert "They are in the copy that you can download." in letter.body
    assert not OutgoingMail.objects.exists()


def test_the_reference_alone_gives_no_copy(sender, survey):
    stranger = Client()
    address = copy_address(survey)
    for page in (
        stranger.get(f"{address}?as=text"),
        stranger.post(address, {"email": "eve@example.org"}),
    ):
        assert page["Location"] == f"{survey.url}change/"
    assert not OutgoingMail.objects.exists()


def test_what_lets_a_browser_see_a_response_cannot_be_forged_or_moved(sender, survey):
    stranger = Client()
    stranger.cookies["folkmoot-sent"] = Response.objects.get().reference
    assert stranger.get(f"{copy_address(survey)}?as=text").status_code == 303
    other = three_steps()
    moved = sender.get(copy_address(survey).replace(survey.url, other.url))
    assert moved.status_code == 303


def test_a_browser_shows_a_response_for_an_hour(sender, survey):
    cookie = sender.cookies["folkmoot-sent"]
    assert cookie["max-age"] == 3600
    assert cookie["path"] == survey.url
    assert cookie["httponly"]


def test_markup_in_an_answer_is_text_in_the_copy(survey):
    browser = Client()
    answer_all(browser, survey)
    form = browser.get(f"{survey.url}2/")
    browser.post(f"{survey.url}2/", {"token": token_of(form), "change": "<script>x()</script>"})
    check = browser.get(f"{survey.url}check/")
    browser.post(f"{survey.url}check/", sending(check))
    page = browser.get(f"{copy_address(survey)}?as=html").content.decode()
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
