"""The way through the survey, as a browser without JavaScript goes it."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings as site_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import factories
from tests.factories import CLOSES
from tests.responses.asking import (
    answer_all,
    choice,
    errors_of,
    parsed,
    send,
    sending,
    step,
    three_steps,
    token_of,
)

from folkmoot.responses.models import Draft, Response
from folkmoot.responses.visits import COOKIE

pytestmark = pytest.mark.django_db
CLOSED = "2022-01-22 00:30"
TYPED = "More lights <b>please</b> & fewer cars"


@pytest.fixture
def survey():
    return three_steps()


@pytest.fixture
def client():
    """A browser whose posts are checked as in use, not let through as in Django's tests."""
    return Client(enforce_csrf_checks=True)


def text_of(response):
    return " ".join(parsed(response).get_text(" ").split())


def test_the_whole_way_ends_with_a_reference_and_the_answers_in_the_register(client, survey):
    check = answer_all(client, survey)
    rows = [
        " ".join(row.get_text(" ").split()) for row in parsed(check).select(".summary-list > div")
    ]
    assert "More lights.\nFewer cars." in check.content.decode()
    assert rows[0].startswith("1. Question agree? Agree Change")
    assert rows[1].startswith("2. Question more? Agree Neither Change")
    assert parsed(check).select_one(".summary-list a")["href"] == f"{survey.url}1/#field-agree"
    sent = client.post(f"{survey.url}check/", sending(check))
    response = Response.objects.get()
    assert sent.status_code == 303
    assert sent["Location"] == f"{survey.url}received/{response.reference}/"
    page = client.get(sent["Location"])
    assert response.reference in text_of(page)
    assert "Received on Wednesday 1 December 2021 at 12:0" in text_of(page)
    assert "We read every answer." in text_of(page)
    assert "More lights" not in text_of(page)
    assert response.answers.get(question="change").text == "More lights.\nFewer cars."
    assert not Draft.objects.exists()
    assert client.cookies[COOKIE].value == ""


def test_nothing_is_stored_in_the_browser_before_the_first_answer(client, survey):
    for address in (survey.url, f"{survey.url}1/"):
        assert client.get(address).status_code == 200
    assert not client.cookies
    assert not Draft.objects.exists()
    send(client, survey, "1", agree="agree")
    cookie = client.cookies[COOKIE]
    assert cookie["path"] == survey.url
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == cookie["expires"] == ""
    assert Draft.objects.get().key in cookie.value


def test_a_cookie_that_was_changed_leads_to_no_draft(client, survey):
    send(client, survey, "1", agree="agree")
    client.cookies[COOKIE] = Draft.objects.get().key
    assert not parsed(client.get(f"{survey.url}1/")).select("input[checked]")
    assert client.get(f"{survey.url}check/").status_code == 302


def test_no_page_of_the_answers_is_kept_anywhere_and_the_start_page_may_be(client, survey):
    check = answer_all(client, survey)
    for page in (check, client.get(f"{survey.url}1/")):
        assert "no-store" in page["Cache-Control"]
    received = client.post(f"{survey.url}check/", sending(check), follow=True)
    assert "no-store" in received["Cache-Control"]
    assert "public" in Client().get(survey.url)["Cache-Control"]


def test_the_token_alone_brings_a_draft_back_whose_cookie_was_lost(client, survey):
    send(client, survey, "1", agree="agree")
    token = token_of(client.get(f"{survey.url}2/"))
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.post(f"{survey.url}2/", {"token": token, "change": "More lights."})
    assert Draft.objects.get().answers["agree"] == ["agree"]
    assert Draft.objects.get().answers["change"] == ["More lights."]
    assert elsewhere.get(f"{survey.url}check/").status_code == 200


def test_going_back_shows_what_was_saved(client, survey):
    send(client, survey, "1", agree="agree", more=["neither"])
    send(client, survey, "2", change=TYPED)
    first = parsed(client.get(f"{survey.url}1/"))
    assert [each["value"] for each in first.select("input[checked]")] == ["agree", "neither"]
    assert parsed(client.get(f"{survey.url}2/")).textarea.string.strip() == TYPED


def test_a_missing_answer_is_said_at_the_top_and_at_the_field(client, survey):
    page = send(client, survey, "1", more=["neither"])
    assert page.status_code == 422
    soup = parsed(page)
    assert soup.title.string.startswith("Error: ")
    link = soup.select_one(".error-summary a")
    assert link.string == "Choose an answer to 'Question agree?'."
    fieldset = soup.select_one(link["href"])
    assert fieldset.name == "fieldset"
    for name in fieldset["aria-describedby"].split():
        assert soup.find(id=name)
    assert soup.find(id="field-agree-error").string == link.string
    assert [each["value"] for each in soup.select("input[checked]")] == ["neither"]
    assert Draft.objects.get().answers == {}


BAD = [
    ({"change": "a\x00b"}, "a control code"),
    ({"change": "x" * 100_001}, "has 100,001 characters and the most that can be sent here"),
    ({"change": "ok", "surprise": TYPED}, "does not ask for ('surprise')"),
    ({"change": "ok", "may-be-quoted": "perhaps"}, "Tick the box or leave it."),
]


@pytest.mark.parametrize(("fields", "said"), BAD)
def test_what_cannot_be_kept_is_refused_with_a_sentence_and_shown_again(
    client, survey, fields, said
):
    page = send(client, survey, "2", **fields)
    assert page.status_code == 422
    assert said in errors_of(page)[0]
    shown = parsed(page).textarea.string.replace("\ufffd", "\x00")
    assert len(shown.strip()) == len(fields["change"])
    if "surprise" in fields:
        assert TYPED in text_of(page)
    assert Draft.objects.get().answers == {}
    mended = client.post(f"{survey.url}2/", {"token": token_of(page), "change": TYPED})
    assert mended.status_code == 303
    assert Draft.objects.get().answers["change"] == [TYPED]


def test_a_file_is_refused_with_a_sentence(client, survey):
    page = send(client, survey, "2", change=TYPED, report=SimpleUploadedFile("a.txt", b"x"))
    assert page.status_code == 422
    assert "this page takes none" in errors_of(page)[0]
    assert TYPED in text_of(page)


def test_a_body_beyond_all_bounds_gets_a_page_that_says_what_to_do(client, survey):
    page = send(client, survey, "2", change="x" * (site_settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert page.status_code == 413
    assert "Your answers are too large to be sent at once" in text_of(page)
    assert "5,000,000 characters" in text_of(page)
    many = {"token": "x"} | {f"f{number}": "" for number in range(10_001)}
    assert client.post(f"{survey.url}check/", many).status_code == 413


@pytest.mark.parametrize("token", ["", "forged", "a:b:c"])
def test_a_forged_token_saves_nothing_and_shows_the_same_step_with_what_was_typed(
    client, survey, token
):
    page = client.post(f"{survey.url}2/", {"token": token, "change": TYPED})
    assert page.status_code == 403
    assert "did not come from this site, so nothing was saved" in errors_of(page)[0]
    assert parsed(page).h1.string == "In your own words"
    assert parsed(page).textarea.string.strip() == TYPED
    assert not Draft.objects.exists()
    again = client.post(f"{survey.url}2/", {"token": token_of(page), "change": TYPED})
    assert again.status_code == 303
    assert Draft.objects.get().answers["change"] == [TYPED]


def test_a_token_of_another_survey_or_step_is_forged(client, survey):
    other = three_steps()
    for token in (token_of(client.get(f"{page}/")) for page in (f"{other.url}2", f"{survey.url}1")):
        page = client.post(f"{survey.url}2/", {"token": token, "change": TYPED})
        assert page.status_code == 403
        assert TYPED in text_of(page)
    assert not Draft.objects.exists()


def test_a_post_from_another_site_is_refused(client, survey):
    token = token_of(client.get(f"{survey.url}2/"))
    fields = {"token": token, "change": TYPED}
    page = client.post(f"{survey.url}2/", fields, headers={"origin": "https://evil.example"})
    assert page.status_code == 403
    ours = client.post(f"{survey.url}2/", fields, headers={"origin": "http://testserver"})
    assert ours.status_code == 303


def test_a_stale_token_keeps_the_draft_and_what_was_typed_even_without_the_cookie(client, survey):
    send(client, survey, "1", agree="agree")
    with mock.patch("time.time", return_value=time.time() - 25 * 60 * 60):
        token = token_of(client.get(f"{survey.url}2/"))
    elsewhere = Client(enforce_csrf_checks=True)
    page = elsewhere.post(f"{survey.url}2/", {"token": token, "change": TYPED})
    assert page.status_code == 409
    assert "open for more than a day, so nothing was saved yet" in errors_of(page)[0]
    assert parsed(page).textarea.string.strip() == TYPED
    again = elsewhere.post(f"{survey.url}2/", {"token": token_of(page), "change": TYPED})
    assert again.status_code == 303
    assert Draft.objects.get().answers["agree"] == ["agree"]


def test_questions_that_changed_meanwhile_are_shown_again_with_what_was_typed(client, survey):
    token = token_of(client.get(f"{survey.url}2/"))
    survey.steps = [
        step("One", [choice("agree")]),
        step("Two", [factories.text("change-it", "Reworded?"), factories.text("change")]),
    ]
    survey.save()
    page = client.post(f"{survey.url}2/", {"token": token, "change": TYPED})
    assert page.status_code == 409
    assert "questions of this survey were changed" in errors_of(page)[0]
    assert TYPED in text_of(page)
    assert client.post(
        f"{survey.url}2/", {"token": token_of(page), "change": TYPED}
    ).status_code == 303  # fmt: skip


def test_a_draft_that_nobody_knows_loses_nothing_that_was_typed(client, survey):
    send(client, survey, "1", agree="agree")
    token = token_of(client.get(f"{survey.url}2/"))
    Draft.objects.all().delete()
    assert client.post(f"{survey.url}2/", {"token": token, "change": TYPED}).status_code == 303
    assert Draft.objects.get().answers["change"] == [TYPED]
    check = client.get(f"{survey.url}check/")
    page = client.post(f"{survey.url}check/", sending(check))
    assert page.status_code == 422
    assert errors_of(page) == ["Step 1: Choose an answer to 'Question agree?'."]
    assert parsed(page).find(id="step-1")


def test_sending_a_draft_that_nobody_knows_says_where_the_answers_are(client, survey):
    token = token_of(answer_all(client, survey))
    Draft.objects.all().delete()
    page = client.post(f"{survey.url}check/", {"token": token})
    assert page.status_code == 410
    assert "We could not find your answers" in text_of(page)
    assert not Response.objects.exists()


def test_sending_twice_gives_the_same_reference(client, survey):
    fields = sending(answer_all(client, survey))
    first = client.post(f"{survey.url}check/", fields)
    again = client.post(f"{survey.url}check/", fields)
    assert first["Location"] == again["Location"]
    assert Response.objects.count() == 1


def test_a_forged_token_sends_nothing_and_shows_the_answers_again(client, survey):
    answer_all(client, survey)
    page = client.post(f"{survey.url}check/", {"token": "forged"})
    assert page.status_code == 403
    assert "More lights." in text_of(page)
    assert not Response.objects.exists()
    assert client.post(f"{survey.url}check/", sending(page)).status_code == 303


def test_a_step_saved_after_sending_is_told_apart_and_shown(client, survey):
    token = token_of(client.get(f"{survey.url}2/"))
    client.post(f"{survey.url}2/", {"token": token, "change": "First."})
    send(client, survey, "1", agree="agree")
    check = client.get(f"{survey.url}check/")
    client.post(f"{survey.url}check/", sending(check))
    page = client.post(f"{survey.url}2/", {"token": token, "change": TYPED})
    assert page.status_code == 409
    assert "You have sent your response already" in text_of(page)
    assert Response.objects.get().reference in text_of(page)
    assert TYPED in text_of(page)
    assert Response.objects.get().answers.get(question="change").text == "First."


def test_closing_is_at_its_instant(client, survey, settings):
    settings.FOLKMOOT_AT = (CLOSES - timedelta(seconds=90)).isoformat()
    assert client.get(f"{survey.url}1/").status_code == 200
    settings.FOLKMOOT_AT = CLOSES.isoformat()
    page = client.get(f"{survey.url}1/")
    assert page.status_code == 410
    assert "This survey has closed" in text_of(page)
    assert "Closed on Friday 21 January 2022 at 23:59." in text_of(page)


def test_after_closing_nothing_is_taken_and_what_was_typed_can_be_copied(client, survey, settings):
    token = token_of(client.get(f"{survey.url}2/"))
    settings.FOLKMOOT_AT = CLOSED
    page = client.post(f"{survey.url}2/", {"token": token, "change": TYPED})
    assert page.status_code == 410
    for said in ("Your answers were not sent.", TYPED, "plan@folkmoot.example"):
        assert said in text_of(page)
    assert not Draft.objects.exists()
    assert client.post(f"{survey.url}2/", {"change": TYPED}).status_code == 410


def test_a_draft_begun_before_closing_may_be_finished_in_its_grace(client, survey, settings):
    survey.grace = timedelta(hours=2)
    survey.save()
    answer_all(client, survey)
    settings.FOLKMOOT_AT = CLOSED
    assert client.get(f"{survey.url}1/").status_code == 200
    check = client.get(f"{survey.url}check/")
    assert client.post(f"{survey.url}check/", sending(check)).status_code == 303
    assert Client().get(f"{survey.url}1/").status_code == 410


def test_after_its_grace_a_draft_is_not_acknowledged_and_is_shown(client, survey, settings):
    token = token_of(answer_all(client, survey))
    settings.FOLKMOOT_AT = CLOSED
    for page in (
        client.post(f"{survey.url}check/", {"token": token}),
        client.get(f"{survey.url}check/"),
    ):
        assert page.status_code == 410
        assert "More lights." in text_of(page)
        assert "FM-" not in text_of(page)
    assert not Response.objects.exists()


def test_before_opening_the_survey_says_when_it_opens(client, survey, settings):
    settings.FOLKMOOT_AT = "2021-11-01"
    start = client.get(survey.url)
    assert "Opens on Tuesday 16 November 2021 at 09:00." in text_of(start)
    assert "Start now" not in text_of(start)
    page = client.get(f"{survey.url}1/")
    assert page.status_code == 403
    assert "This survey is not open yet" in text_of(page)


def test_the_start_page_says_what_it_asks_and_after_closing_what_to_do(client, survey, settings):
    start = text_of(client.get(survey.url))
    for said in (
        "Open until Friday 21 January 2022 at 23:59.",
        "about 10 minutes",
        "30 minutes more",
    ):
        assert said in start
    assert "Start now" in start
    settings.FOLKMOOT_AT = CLOSED
    closed = text_of(Client().get(survey.url))  # the other's handler keeps the page it made
    assert "Start now" not in closed
    assert "plan@folkmoot.example" in closed


@pytest.mark.parametrize("where", ["0", "4", "99999", "received/FM-2222-2222-22", "received/%00"])
def test_what_is_not_there_is_not_found(client, survey, where):
    assert client.get(f"{survey.url}{where}/").status_code == 404


def test_a_receipt_is_found_by_its_reference_in_its_own_survey_only(client, survey):
    response = factories.make_response(survey, reference="FM-AAAA-BBBB-CC")
    assert client.get(f"{survey.url}received/fm-aaaa-bbbb-cc/").status_code == 200
    assert client.get(f"{three_steps().url}received/{response.reference}/").status_code == 404


def test_every_field_has_its_label_and_every_description_is_there(client, survey):
    answer_all(client, survey)
    for number in "123":
        soup = parsed(client.get(f"{survey.url}{number}/"))
        for field in soup.select("main input:not([type=hidden]), main textarea"):
            assert soup.find("label", {"for": field["id"]}).get_text(strip=True)
        for element in soup.select("[aria-describedby]"):
            for name in element["aria-describedby"].split():
                assert soup.find(id=name), name
        ids = [each["id"] for each in soup.select("[id]")]
        assert len(ids) == len(set(ids))


def test_a_question_that_may_bring_something_up_shows_who_helps(client):
    from folkmoot.publishing.models import SupportOrganisation

    SupportOrganisation.objects.create(
        name="Victim Support",
        helps_with="Crime",
        telephone="08 08 16 89 111",
        hours="Day and night",
    )
    asked = [factories.text("what-happened", sensitive=True), factories.text("streets")]
    asking = factories.make_survey(questions=asked)
    shown = parsed(client.get(f"{asking.url}1/"))
    helps = shown.select("form .help")
    assert len(helps) == 1
    assert "Victim Support" in helps[0].get_text()
    assert "08 08 16 89 111 (Day and night)" in helps[0].get_text()
    # It stands between the sensitive question and the next one.
    assert helps[0].find_previous("textarea")["name"] == "what-happened"
    assert helps[0].find_next("textarea")["name"] == "streets"


def test_a_step_costs_the_same_number_of_queries_whatever_it_asks(
    client, survey, django_assert_max_num_queries, settings
):
    settings.PUBLIC_CACHE_SECONDS = 0

    def queries():
        client.get(f"{survey.url}1/")
        with django_assert_max_num_queries(40) as asked:
            assert client.get(f"{survey.url}1/").status_code == 200
        return len(asked)

    few = queries()
    survey.steps = [step("One", [choice(f"question-{number}") for number in range(10)])]
    survey.save()
    assert queries() == few


def test_nothing_inline_stands_in_the_survey_s_pages(client, survey):
    check = answer_all(client, survey)
    for page in (client.get(f"{survey.url}2/"), check):
        assert not re.search(
            r"<script(?![^>]*src=)|<style| style=| on[a-z]+=", page.content.decode()
        )
