"""The work of a browser, the pause in its place, and what is flagged and taken all the same."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta

import pytest
from altcha import solve_challenge_v1
from django.test import Client
from tests.responses.asking import (
    answer_all,
    parsed,
    send,
    sending,
    three_steps,
    token_of,
    work_of,
)

from folkmoot.publishing import clock
from folkmoot.responses import proofs
from folkmoot.responses.models import Draft, Flag, FlagKind, Response
from folkmoot.responses.proofs import FIELD, PAUSE_FIELD, PAUSE_SECONDS, VALID, Proof

AT = datetime(2021, 12, 1, 12, tzinfo=UTC)
SOON = AT + timedelta(seconds=PAUSE_SECONDS) - timedelta(milliseconds=1)


def solved(key="a draft", at=AT, **changed):
    asked = proofs.challenge(key, at)
    found = solve_challenge_v1(
        asked["challenge"], asked["salt"], asked["algorithm"], asked["maxNumber"]
    )
    del asked["maxNumber"]
    said = asked | {"number": found.number} | changed
    return b64encode(json.dumps(said).encode()).decode()


def test_solved_work_is_proof_for_its_draft_and_for_two_hours():
    work = {FIELD: solved()}
    assert proofs.proof(work, "a draft", AT) is Proof.WORK
    assert proofs.proof(work, "a draft", AT + VALID) is Proof.WORK
    assert proofs.proof(work, "a draft", AT + VALID + timedelta(seconds=1)) is Proof.NONE
    assert proofs.proof(work, "another draft", AT) is Proof.NONE


@pytest.mark.parametrize(
    "changed",
    [
        {"number": -1},
        {"number": "x"},
        {"salt": "0?expires=99999999999&draft=x&"},
        {"salt": None},
        {"signature": "00"},
        {"algorithm": "MD5"},
        {"challenge": ["x"]},
    ],
)
def test_changed_work_is_none(changed):
    assert proofs.proof({FIELD: solved(**changed)}, "a draft", AT) is Proof.NONE


def test_an_easier_salt_cannot_be_spliced_in():
    said = json.loads(b64decode(solved()))
    said["salt"] = said["salt"].replace("expires=", "expires=9")
    spliced = b64encode(json.dumps(said).encode()).decode()
    assert proofs.proof({FIELD: spliced}, "a draft", AT + VALID * 2) is Proof.NONE


@pytest.mark.parametrize("text", ["", "x", "{}", "W10=", "bnVsbA==", "e30=", "A" * 9000, "\x00é"])
def test_what_is_no_work_at_all_is_none(text):
    assert proofs.proof({FIELD: text}, "a draft", AT) is Proof.NONE


def test_a_pause_may_be_sent_from_its_last_second_on():
    field = {PAUSE_FIELD: proofs.pause({}, "a draft", AT).signed}
    assert proofs.proof(field, "a draft", SOON) is Proof.TOO_SOON
    assert proofs.proof(field, "a draft", AT + timedelta(seconds=PAUSE_SECONDS)) is Proof.PAUSED
    assert proofs.proof(field, "another", AT + timedelta(minutes=1)) is Proof.NONE


def test_who_did_not_wait_is_told_the_rest_and_then_taken():
    first = {PAUSE_FIELD: proofs.pause({}, "a draft", AT).signed}
    again = proofs.pause(first, "a draft", AT + timedelta(seconds=3))
    assert again.seconds == PAUSE_SECONDS - 3
    second = {PAUSE_FIELD: again.signed}
    assert proofs.proof(second, "a draft", SOON) is Proof.TOO_SOON_AGAIN
    assert proofs.proof(second, "a draft", AT + timedelta(seconds=PAUSE_SECONDS)) is Proof.PAUSED


# From here on a whole browser.


@pytest.fixture
def survey(db):
    return three_steps()


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True, REMOTE_ADDR="198.51.100.7")


@pytest.fixture
def later(monkeypatch):
    """Put the clock on by some seconds."""

    def put_on(seconds):
        monkeypatch.setattr(clock, "_STARTED", clock._STARTED - seconds)

    return put_on


def kinds():
    return set(Flag.objects.values_list("kind", flat=True))


def pause_of(page):
    form = parsed(page).find("form", class_="survey")
    return {each["name"]: each["value"] for each in form.find_all("input")}


def test_a_browser_that_did_the_work_is_taken_without_a_flag(client, survey, later):
    check = answer_all(client, survey)
    later(60)
    assert client.post(f"{survey.url}check/", sending(check)).status_code == 303
    assert not Flag.objects.exists()


def test_without_javascript_a_page_asks_for_a_pause_and_then_takes_it(client, survey, later):
    check = answer_all(client, survey)
    page = client.post(f"{survey.url}check/", {"token": token_of(check)})
    assert page.status_code == 200
    assert f"Wait {PAUSE_SECONDS} seconds, then choose the button below." in page.content.decode()
    assert not Response.objects.exists()
    assert Draft.objects.count() == 1
    later(PAUSE_SECONDS)
    assert client.post(f"{survey.url}check/", pause_of(page)).status_code == 303
    assert FlagKind.NO_PROOF not in kinds()


def test_who_never_waits_is_taken_at_the_third_post_and_flagged(client, survey):
    check = answer_all(client, survey)
    page = client.post(f"{survey.url}check/", {"token": token_of(check)})
    page = client.post(f"{survey.url}check/", pause_of(page))
    assert page.status_code == 422
    assert "A little too soon" in page.content.decode()
    assert client.post(f"{survey.url}check/", pause_of(page)).status_code == 303
    assert FlagKind.NO_PROOF in kinds()
    assert Response.objects.standing().count() == 1


def test_a_program_that_fills_in_every_field_and_reads_nothing_is_taken_and_flagged(client, survey):
    check = answer_all(client, survey)
    client.post(f"{survey.url}check/", sending(check) | {"website": "https://spam.example"})
    assert kinds() == {FlagKind.HONEYPOT, FlagKind.TOO_FAST}
    assert all(flag.made_by is None and flag.reason.endswith(".") for flag in Flag.objects.all())


def test_the_same_work_sends_one_response_only(client, survey):
    check = answer_all(client, survey)
    work = work_of(check)
    client.post(f"{survey.url}check/", {"token": token_of(check), FIELD: work})
    again = Client(enforce_csrf_checks=True)
    other = answer_all(again, survey)
    page = again.post(f"{survey.url}check/", {"token": token_of(other), FIELD: work})
    assert page.status_code == 200
    assert "One more step" in page.content.decode()
    assert Response.objects.count() == 1


def test_the_same_text_many_times_is_flagged_from_the_tenth_on_and_counted(client, survey, later):
    for number in range(11):
        browser = Client()
        wording = "I object to this plan, as it will close the station in our village"
        text = f"{wording}!" if number % 2 else wording.upper()
        send(browser, survey, "1", agree="agree")
        send(browser, survey, "2", change=text)
        send(browser, survey, "3", **{"respondent-kind": "individual"})
        check = browser.get(f"{survey.url}check/")
        later(60)
        assert browser.post(f"{survey.url}check/", sending(check)).status_code == 303
    flagged = Flag.objects.filter(kind=FlagKind.SAME_TEXT)
    assert [flag.reason for flag in flagged] == [
        f"It holds a text that had come {times} times before." for times in (9, 10)
    ]
    assert Response.objects.standing().count() == 11
