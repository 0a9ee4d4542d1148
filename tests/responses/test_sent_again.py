"""A file need not be chosen again: after a stale page, in a second tab, in a changed response."""

from __future__ import annotations

import time
from datetime import timedelta
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import CLOSES
from tests.responses.asking import (
    choice,
    errors_of,
    every_kind,
    parsed,
    question,
    send,
    sending,
    step,
    three_steps,
    token_of,
)
from tests.responses.test_every_kind import picture

from folkmoot.publishing.clock import now
from folkmoot.responses import arrivals
from folkmoot.responses.models import Draft, Response, SentFile

pytestmark = pytest.mark.django_db
LIBRARY = "203.0.113.9"
KEPT = "The files that you sent are kept: you need not choose them again."


@pytest.fixture(autouse=True)
def _private(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def survey():
    asked = three_steps()
    asked.steps = [
        step("One", [choice("agree", required=True)]),
        step("Two", [question("text", "change"), question("file", "letter", most=2)]),
    ]
    asked.save()
    return asked


def stale_token(client, survey):
    with mock.patch("time.time", return_value=time.time() - 25 * 60 * 60):
        return token_of(client.get(f"{survey.url}2/"))


def text_of(page):
    return " ".join(parsed(page).get_text(" ").split())


@pytest.mark.parametrize("is_begun", [True, False])
def test_a_file_on_a_stale_page_is_kept_and_shown(client, survey, is_begun):
    if is_begun:
        send(client, survey, "1", agree="agree")
    token = stale_token(client, survey)
    page = client.post(f"{survey.url}2/", {"token": token, "change": "More.", "letter": picture()})
    assert page.status_code == 409
    assert KEPT in errors_of(page)[0]
    assert "street.png (PNG, 1 KB)" in text_of(page)
    assert parsed(page).textarea.string.strip() == "More."
    draft = Draft.objects.get()
    assert "change" not in draft.answers
    again = client.post(f"{survey.url}2/", {"token": token_of(page), "change": "More."})
    assert again.status_code == 303
    draft.refresh_from_db()
    assert draft.answers["letter"] == [str(draft.files.get().pk)]
    # The same post again, as a browser repeats it, keeps the file once.
    client.post(f"{survey.url}2/", {"token": token, "letter": picture()})
    assert SentFile.objects.count() == 1


def test_a_stale_page_takes_no_file_out(client, survey):
    token = stale_token(client, survey)
    send(client, survey, "2", letter=picture())
    sent = SentFile.objects.get()
    fields = {"token": token, "letter": picture("new.png", "red"), "letter--remove": sent.pk}
    page = client.post(f"{survey.url}2/", fields)
    assert page.status_code == 409
    assert [each.name for each in SentFile.objects.order_by("pk")] == ["street.png", "new.png"]


def test_a_file_is_kept_where_the_questions_changed_meanwhile(client, survey):
    token = token_of(client.get(f"{survey.url}2/"))
    survey.steps = [
        step("One", [choice("agree", required=True)]),
        step("Two", [question("text", "other"), question("file", "letter", most=2)]),
    ]
    survey.save()
    page = client.post(f"{survey.url}2/", {"token": token, "change": "x", "letter": picture()})
    assert page.status_code == 409
    assert KEPT in errors_of(page)[0]
    assert Draft.objects.get().answers["letter"] == [str(SentFile.objects.get().pk)]


@pytest.mark.parametrize("token", ["", "forged"])
def test_a_page_that_may_be_another_s_keeps_no_file_and_says_so_at_the_field(client, survey, token):
    send(client, survey, "1", agree="agree")
    files = [picture("a.png"), picture("b.png", "red")]
    page = client.post(f"{survey.url}2/", {"token": token, "letter": files})
    assert page.status_code == 403
    said = "“a.png” and “b.png” were not kept: choose them again."
    assert said in errors_of(page)
    assert said in parsed(page).find(id="field-letter").find_parent(class_="field").get_text()
    assert not SentFile.objects.exists()


def test_a_file_that_is_none_of_those_asked_for_is_not_said_to_be_kept(client, survey):
    token = stale_token(client, survey)
    broken = SimpleUploadedFile("cut.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    page = client.post(f"{survey.url}2/", {"token": token, "letter": broken})
    assert page.status_code == 409
    assert KEPT not in errors_of(page)[0]
    assert errors_of(page)[1].startswith("“cut.png” is a broken picture")


def test_a_file_from_another_site_is_never_kept(client, survey):
    token = token_of(client.get(f"{survey.url}2/"))
    page = client.post(
        f"{survey.url}2/",
        {"token": token, "letter": picture()},
        headers={"origin": "https://evil.example"},
    )
    assert page.status_code == 403
    assert not SentFile.objects.exists()


def test_a_connection_that_sends_too_much_is_told_that_its_file_was_not_kept(client, survey):
    stale, fresh = stale_token(client, survey), token_of(client.get(f"{survey.url}2/"))
    browser = Client(REMOTE_ADDR=LIBRARY)
    # The clock stands still, so that nothing of the allowance grows back.
    with mock.patch("time.monotonic", return_value=time.monotonic()):
        for _ in range(arrivals.STEPS.at_once):
            arrivals.take(arrivals.STEPS, LIBRARY, now())
        for token, status in ((fresh, 429), (stale, 409)):
            page = browser.post(f"{survey.url}2/", {"token": token, "letter": picture()})
            assert page.status_code == status
            assert "“street.png” was not kept: choose it again." in errors_of(page)
    assert not SentFile.objects.exists()


def test_a_file_that_comes_after_sending_is_named_where_it_cannot_be_kept(client, survey):
    token = token_of(client.get(f"{survey.url}2/"))
    client.post(f"{survey.url}2/", {"token": token, "respondent-kind": "individual"})
    send(client, survey, "1", agree="agree")
    client.post(f"{survey.url}check/", sending(client.get(f"{survey.url}check/")))
    assert Response.objects.exists()
    page = client.post(f"{survey.url}2/", {"token": token, "letter": picture()})
    assert page.status_code == 409
    assert "“street.png”, which came too late to be kept" in text_of(page)


def test_a_file_that_comes_after_the_closing_is_named_too(client, survey, settings):
    token = token_of(client.get(f"{survey.url}2/"))
    settings.FOLKMOOT_AT = (CLOSES + timedelta(hours=2)).isoformat()
    page = client.post(f"{survey.url}2/", {"token": token, "letter": picture()})
    assert page.status_code == 410
    assert "“street.png”, which came too late to be kept" in text_of(page)
    assert not SentFile.objects.exists()


def sent_with(client, survey, *files):
    """Send a response with files, and open it again in the same browser; return it."""
    send(client, survey, "1", agree="agree")
    send(client, survey, "2", letter=list(files), **{"respondent-kind": "individual"})
    received = client.post(
        f"{survey.url}check/", sending(client.get(f"{survey.url}check/")), follow=True
    )
    reference = parsed(received).select_one(".reference").get_text()
    own = f"{survey.url}change/{reference}/"
    client.post(own, {"token": token_of(client.get(own))})
    return Response.objects.get(reference=reference)


def changed(client, survey, **fields):
    """Send the changed response, and return it with the names of its files."""
    send(client, survey, "2", **fields, **{"respondent-kind": "individual"})
    client.post(f"{survey.url}check/", sending(client.get(f"{survey.url}check/")))
    after = Response.objects.standing().get()
    return after, [each.name for each in after.files.order_by("pk")]


def test_a_changed_response_keeps_its_file_as_the_first_one_does(client, survey):
    first = sent_with(client, survey, picture())
    assert "street.png (PNG, 1 KB)" in text_of(client.get(f"{survey.url}check/"))
    after, names = changed(client, survey, change="More.")
    assert names == ["street.png"]
    assert after.answers.get(question="letter").choices == [str(after.files.get().pk)]
    assert after.files.get().file.read() == first.files.get().file.read()
    assert after.files.get().file.name != first.files.get().file.name


def test_the_file_of_a_changed_response_can_be_taken_out_or_another_put_in_its_place(
    client, survey, django_capture_on_commit_callbacks
):
    first = sent_with(client, survey, picture())
    copied = Draft.objects.get().files.get()
    with django_capture_on_commit_callbacks(execute=True):
        other = picture("new.png", "red")
        after, names = changed(client, survey, letter=other, **{"letter--remove": copied.pk})
    assert names == ["new.png"]
    assert [each.name for each in first.files.all()] == ["street.png"]
    assert first.files.get().file.storage.exists(first.files.get().file.name)
    assert not copied.file.storage.exists(copied.file.name)
    own = f"{survey.url}change/{after.reference}/"
    client.post(own, {"token": token_of(client.get(own))})
    copied = Draft.objects.get().files.get()
    _, names = changed(client, survey, **{"letter--remove": copied.pk})
    assert names == []


def test_a_file_that_is_not_kept_any_more_is_no_answer_of_an_opened_response(client, survey):
    response = sent_with(client, survey, picture())
    Draft.objects.all().delete()
    response.files.all().delete()
    own = f"{survey.url}change/{response.reference}/"
    client.post(own, {"token": token_of(client.get(own))})
    assert Draft.objects.get().answers["letter"] == []


def test_a_file_beside_a_field_that_takes_none_is_said_on_a_stale_page_too(client):
    survey = every_kind()
    with mock.patch("time.time", return_value=time.time() - 25 * 60 * 60):
        token = token_of(client.get(f"{survey.url}1/"))
    stray = SimpleUploadedFile("a.txt", b"x")
    page = client.post(f"{survey.url}1/", {"token": token, "travel": stray})
    assert "this page takes none there" in errors_of(page)[0]
    assert not SentFile.objects.exists()
