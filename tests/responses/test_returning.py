"""Save and come back: the code on paper, the link by e-mail, and what does not lead back."""

from __future__ import annotations

import re

import pytest
from django.core import mail as outbox
from django.test import Client
from tests.responses.asking import (
    answer_all,
    errors_of,
    parsed,
    send,
    sending,
    three_steps,
    token_of,
)

from folkmoot.publishing import mail
from folkmoot.publishing.clock import now
from folkmoot.publishing.models import OutgoingMail
from folkmoot.responses.codes import code_digest, code_of, read_code
from folkmoot.responses.models import Draft, Response

pytestmark = pytest.mark.django_db
OFFICE = {"REMOTE_ADDR": "198.51.100.7"}


@pytest.fixture
def survey():
    return three_steps()


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


def text_of(response):
    return " ".join(parsed(response).get_text(" ").split())


def save_for_later(client, survey, number, **fields):
    page = client.get(f"{survey.url}{number}/")
    button = parsed(page).find("button", string="Save and come back later")
    return client.post(button["formaction"], {"token": token_of(page), **fields}, follow=True)


def code_on(page):
    return parsed(page).select_one(".lead .reference").get_text()


def test_what_was_saved_on_one_device_is_finished_on_another(client, survey):
    send(client, survey, "1", agree="agree")
    page = save_for_later(client, survey, 2, change="From the telephone.")
    assert "Your answers are saved" in text_of(page)
    code = code_on(page)
    assert re.fullmatch(r"[2-9BCDFGHJKMNPQRSTVWXZ]{4}(-[2-9BCDFGHJKMNPQRSTVWXZ]{4}){2}", code)

    elsewhere = Client(enforce_csrf_checks=True)
    back = elsewhere.post(f"{survey.url}return/", {"code": code.lower().replace("-", " ")})
    assert back["Location"] == f"{survey.url}3/"
    send(elsewhere, survey, "3", **{"respondent-kind": "individual"})
    check = elsewhere.get(f"{survey.url}check/")
    assert elsewhere.post(f"{survey.url}check/", sending(check)).status_code == 303
    answers = {each.question: each for each in Response.objects.get().answers.all()}
    assert answers["agree"].choices == ["agree"]
    assert answers["change"].text == "From the telephone."


def test_a_page_with_something_missing_is_kept_and_named_when_all_is_sent(client, survey):
    page = save_for_later(client, survey, 1, more="neither")
    assert page.status_code == 200
    assert Draft.objects.get().answers["more"] == ["neither"]
    check = client.get(f"{survey.url}check/")
    refused = client.post(f"{survey.url}check/", sending(check))
    assert refused.status_code == 422
    assert errors_of(refused)[0].startswith("Step 1:")


def test_a_page_with_something_wrong_is_shown_again_instead_of_saved(client, survey):
    page = save_for_later(client, survey, 2, change="a\x00b")
    assert page.status_code == 422
    assert not Draft.objects.filter(answers__has_key="change").exists()


def test_the_code_stands_nowhere_in_the_database(client, survey):
    code = code_on(save_for_later(client, survey, 2, change="Kept."))
    draft = Draft.objects.get()
    assert draft.code_digest == code_digest(code)
    assert code == code_of(draft.key)
    assert code not in str(list(Draft.objects.values()))
    assert code.replace("-", "") not in str(list(Draft.objects.values()))


@pytest.mark.parametrize("typed", ["", "7K3M", "7K3M-9QX2-H4BÄ", "x" * 5000, "7K3M-9QX2-H4B0"])
def test_what_is_no_code_is_refused_and_shown_again(client, survey, typed):
    page = client.post(f"{survey.url}return/", {"code": typed})
    assert page.status_code == 422
    assert errors_of(page)[0].startswith("A code has 12 letters and figures")
    assert parsed(page).find(id="field-code")["value"] == typed[:40]


def test_a_code_of_another_survey_or_of_nobody_leads_nowhere(client, survey):
    code = code_on(save_for_later(client, survey, 2, change="Kept."))
    other = three_steps()
    for where, typed in ((other, code), (survey, "2222-2222-2222")):
        page = Client().post(f"{where.url}return/", {"code": typed})
        assert page.status_code == 422
        assert "There are no saved answers with this code." in errors_of(page)[0]
        assert not page.cookies


def test_a_form_on_another_site_cannot_lead_somebody_into_a_draft_it_knows(client, survey):
    code = code_on(save_for_later(client, survey, 2, change="Mine."))
    victim = Client(enforce_csrf_checks=True)
    for headers in (
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
    ):
        page = victim.post(f"{survey.url}return/", {"code": code}, headers=headers)
        assert page.status_code == 403
        assert not victim.cookies


def test_very_many_codes_over_one_connection_wait_and_keep_what_was_typed(client, survey):
    for _ in range(30):
        client.post(f"{survey.url}return/", {"code": "2222-2222-2222"}, **OFFICE)
    page = client.post(f"{survey.url}return/", {"code": "3333-3333-3333"}, **OFFICE)
    assert page.status_code == 429
    assert int(page["Retry-After"]) <= 11
    assert parsed(page).find(id="field-code")["value"] == "3333-3333-3333"


def test_the_link_by_email_leads_back_and_its_address_is_kept_nowhere(client, survey):
    page = save_for_later(client, survey, 2, change="Kept.")
    fields = {"token": token_of(page), "email": "ada@example.org"}
    sent = client.post(f"{survey.url}later/", fields, follow=True)
    assert "The link is on its way." in text_of(sent)
    mail.deliver_due(now())
    [letter] = outbox.outbox
    assert letter.to == ["ada@example.org"]
    link = re.search(r"https?://\S+/return/\?code=\S+", letter.body)[0]
    assert not OutgoingMail.objects.exists()
    elsewhere = Client()
    asked = elsewhere.get(link.removeprefix("http://127.0.0.1:8000"))
    assert not asked.cookies, "a mail server that looks at links must not begin a visit"
    code = parsed(asked).find(id="field-code")["value"]
    assert code == read_code(code)
    assert elsewhere.post(f"{survey.url}return/", {"code": code}).status_code == 303


def test_an_address_that_is_none_is_refused_and_shown_again(client, survey):
    page = save_for_later(client, survey, 2, change="Kept.")
    wrong = client.post(f"{survey.url}later/", {"token": token_of(page), "email": "ada@"})
    assert wrong.status_code == 422
    assert parsed(wrong).find(id="field-email")["value"] == "ada@"
    assert not OutgoingMail.objects.exists()


def test_one_mailbox_cannot_be_flooded_from_many_connections(client, survey):
    token = token_of(save_for_later(client, survey, 2, change="Kept."))
    fields = {"token": token, "email": "ada@example.org"}
    statuses = [
        client.post(f"{survey.url}later/", fields, REMOTE_ADDR=f"198.51.100.{n}").status_code
        for n in range(5)
    ]
    assert statuses == [303, 303, 303, 429, 429]
    assert OutgoingMail.objects.count() == 3


def test_a_lost_session_is_found_again_by_the_token_alone(client, survey):
    send(client, survey, "1", agree="agree")
    token = token_of(client.get(f"{survey.url}2/"))
    client.cookies.clear()
    client.post(f"{survey.url}2/", {"token": token, "change": "Still mine."})
    draft = Draft.objects.get()
    assert (draft.answers["agree"], draft.answers["change"]) == (["agree"], ["Still mine."])


def test_after_its_grace_a_code_shows_what_was_written_and_takes_nothing(client, survey, settings):
    code = code_on(save_for_later(client, survey, 2, change="Too late."))
    settings.FOLKMOOT_AT = "2022-01-22 00:29:00"
    page = Client().post(f"{survey.url}return/", {"code": code})
    assert page.status_code == 410
    assert "Too late." in text_of(page)


def test_somebody_who_has_answered_all_comes_back_to_the_check(client, survey):
    answer_all(client, survey)
    code = code_on(client.get(f"{survey.url}later/"))
    back = Client().post(f"{survey.url}return/", {"code": code})
    assert back["Location"] == f"{survey.url}check/"
