"""A response that was sent: read, changed and withdrawn by who has reference and code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from tests import factories
from tests.factories import CLOSES
from tests.responses.asking import (
    answer_all,
    errors_of,
    parsed,
    send,
    sending,
    three_steps,
    token_of,
)

from folkmoot.accounts.models import AuditRecord
from folkmoot.publishing.clock import now
from folkmoot.responses import access
from folkmoot.responses.acts import withdraw_response
from folkmoot.responses.models import Draft, Response, Standing
from folkmoot.responses.querysets import counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return three_steps()


@pytest.fixture
def client():
    return Client(enforce_csrf_checks=True)


def text_of(response):
    return " ".join(parsed(response).get_text(" ").split())


def sent(client, survey):
    """Send a response; return its reference and its code as the page showed them."""
    page = client.post(f"{survey.url}check/", sending(answer_all(client, survey)), follow=True)
    reference, code = (each.get_text() for each in parsed(page).select(".reference"))
    return reference, code


def opened(survey, reference, code):
    """Open a response in another browser; return that and the page."""
    elsewhere = Client(enforce_csrf_checks=True)
    page = elsewhere.post(
        f"{survey.url}change/", {"reference": reference, "code": code}, follow=True
    )
    return elsewhere, page


def change(browser, survey, page, **answers):
    """Open the response of a page, save one step and send it; return the received page."""
    action = parsed(page).find("form", class_="survey")["action"]
    browser.post(action, {"token": token_of(page)})
    send(browser, survey, "2", **answers)
    check = browser.get(f"{survey.url}check/")
    return browser.post(f"{survey.url}check/", sending(check), follow=True)


def test_a_changed_response_stands_in_the_place_of_the_first_and_counts_once(client, survey):
    reference, code = sent(client, survey)
    browser, page = opened(survey, reference, code)
    assert "More lights." in text_of(page)
    assert "What you sent counts until you have sent the change." in text_of(page)
    received = change(browser, survey, page, change="Fewer lights.")
    assert f"It stands in the place of {reference}" in text_of(received)

    before = Response.objects.get(reference=reference)
    after = Response.objects.standing().get()
    assert (before.standing, before.instead) == (Standing.REPLACED, after)
    assert before.answers.get(question="change").text == "More lights.\nFewer cars."
    assert after.answers.get(question="change").text == "Fewer lights."
    assert after.answers.get(question="agree").choices == ["agree"]
    assert after.monitoring_answers.get().choice == "one"
    assert (after.respondent, after.code_digest) == (before.respondent, before.code_digest)
    counted = counts(survey.consultation, now())
    assert (counted["people"], counted["responses"]) == (1, 1)
    acts = list(AuditRecord.objects.filter(record_name=reference).values_list("act", flat=True))
    assert {"response submitted", "response opened to change", "response replaced"} == set(acts)


def test_first_reference_and_code_lead_to_what_stands_now(client, survey):
    reference, code = sent(client, survey)
    change(*_in_order(survey, reference, code), change="Second.")
    change(*_in_order(survey, reference, code), change="Third.")
    _, page = opened(survey, reference, code)
    assert "Third." in text_of(page)
    assert Response.objects.count() == 3
    assert Response.objects.standing().count() == 1


def _in_order(survey, reference, code):
    browser, page = opened(survey, reference, code)
    return browser, survey, page


def test_until_it_is_sent_a_change_changes_nothing(client, survey):
    reference, code = sent(client, survey)
    browser, page = opened(survey, reference, code)
    browser.post(f"{survey.url}change/{reference}/", {"token": token_of(page)})
    send(browser, survey, "2", change="Half way.")
    response = Response.objects.get()
    assert response.standing == Standing.STANDS
    assert response.answers.get(question="change").text == "More lights.\nFewer cars."
    assert "You are changing a response that you sent" in text_of(
        browser.get(f"{survey.url}check/")
    )


def test_a_withdrawn_response_is_kept_and_neither_it_nor_its_sender_counts(client, survey):
    reference, code = sent(client, survey)
    browser, _ = opened(survey, reference, code)
    asked = browser.get(f"{survey.url}withdraw/{reference}/")
    assert "Do you want to withdraw your response?" in text_of(asked)
    assert Response.objects.get().standing == Standing.STANDS
    done = browser.post(
        f"{survey.url}withdraw/{reference}/", {"token": token_of(asked)}, follow=True
    )
    assert "Your response is withdrawn" in text_of(done)
    response = Response.objects.get()
    assert response.standing == Standing.WITHDRAWN
    assert response.answers.count() == 3
    counted = counts(survey.consultation, now())
    assert (counted["people"], counted["responses"], counted["all"]) == (0, 0, 0)
    assert AuditRecord.objects.filter(act="response withdrawn").count() == 1
    _, page = opened(survey, reference, code)
    assert "This response was withdrawn, so it is not counted" in text_of(page)
    assert not parsed(page).find("button", string="Change my answers")


def test_somebody_who_withdrew_one_of_two_responses_counts_still(survey):
    first = factories.make_response(survey, {"agree": ["agree"]})
    other = factories.make_survey(survey.consultation)
    second = factories.make_response(other)
    Response.objects.filter(pk=second.pk).update(respondent=first.respondent)
    second.respondent.delete()
    Response.objects.update(code_digest="kept")
    withdraw_response(survey, first, now())
    assert counts(survey.consultation, now())["people"] == 1
    withdraw_response(other, Response.objects.get(pk=second.pk), now())
    assert counts(survey.consultation, now())["people"] == 0


def test_the_count_of_people_takes_the_same_queries_however_many_withdrew(
    survey, django_assert_num_queries
):
    for _ in range(3):
        response = factories.make_response(survey, {"agree": ["agree"]})
        Response.objects.filter(pk=response.pk).update(standing=Standing.WITHDRAWN)
    factories.make_response(survey, {"agree": ["agree"]})
    with django_assert_num_queries(2):
        assert counts(survey.consultation, now())["people"] == 1


@pytest.mark.parametrize("wrong", ["reference", "code", "both", "swapped"])
def test_without_both_nobody_is_shown_a_response(client, survey, wrong):
    reference, code = sent(client, survey)
    typed = {"reference": reference, "code": code}
    if wrong in ("reference", "both"):
        typed["reference"] = "FM-2222-2222-22"
    if wrong in ("code", "both"):
        typed["code"] = "2222-2222-2222"
    if wrong == "swapped":
        typed = {"reference": code, "code": reference}
    browser = Client(enforce_csrf_checks=True)
    page = browser.post(f"{survey.url}change/", typed)
    assert page.status_code == 422
    assert parsed(page).find(id="field-reference")["value"] == typed["reference"]
    for where in ("change", "withdraw", "copy"):
        refused = browser.get(f"{survey.url}{where}/{reference}/")
        assert refused["Location"] == f"{survey.url}change/"
    public = browser.get(f"{survey.url}received/{reference}/")
    assert code not in text_of(public)
    assert "More lights." not in text_of(public)


def test_a_code_opens_only_its_own_response(client, survey):
    reference, code = sent(client, survey)
    other, _ = sent(Client(enforce_csrf_checks=True), survey)
    browser, _ = opened(survey, reference, code)
    assert browser.get(f"{survey.url}change/{other}/")["Location"] == f"{survey.url}change/"


def test_a_form_on_another_site_withdraws_nothing(client, survey):
    reference, code = sent(client, survey)
    browser, _ = opened(survey, reference, code)
    token = token_of(browser.get(f"{survey.url}withdraw/{reference}/"))
    for fields, headers in (
        ({}, {}),
        ({"token": "forged"}, {}),
        ({"token": token}, {"Origin": "https://elsewhere.example"}),
        ({"token": token}, {"Sec-Fetch-Site": "cross-site"}),
    ):
        page = browser.post(f"{survey.url}withdraw/{reference}/", fields, headers=headers)
        assert page.status_code == 403
    assert Response.objects.get().standing == Standing.STANDS


def test_who_changes_in_two_places_replaces_once_and_loses_nothing(client, survey):
    reference, code = sent(client, survey)
    first, page = opened(survey, reference, code)
    first.post(f"{survey.url}change/{reference}/", {"token": token_of(page)})
    check = first.get(f"{survey.url}check/")
    withdraw_response(survey, Response.objects.get(), now())
    # A draft of a withdrawn response is gone, and nothing comes of it.
    late = first.post(f"{survey.url}check/", sending(check))
    assert late.status_code == 410
    assert Response.objects.standing().count() == 0


def test_a_change_of_what_an_officer_withdrew_meanwhile_is_shown_and_not_sent(client, survey):
    reference, code = sent(client, survey)
    browser, page = opened(survey, reference, code)
    browser.post(f"{survey.url}change/{reference}/", {"token": token_of(page)})
    send(browser, survey, "2", change="Typed in vain.")
    check = browser.get(f"{survey.url}check/")
    Response.objects.update(standing=Standing.WITHDRAWN)
    refused = browser.post(f"{survey.url}check/", sending(check))
    assert refused.status_code == 409
    assert "Typed in vain." in text_of(refused)
    assert Response.objects.count() == 1
    assert Draft.objects.count() == 1


def test_a_second_opening_goes_on_with_the_same_draft(client, survey):
    reference, code = sent(client, survey)
    for _ in range(2):
        browser, page = opened(survey, reference, code)
        browser.post(f"{survey.url}change/{reference}/", {"token": token_of(page)})
    assert Draft.objects.filter(of_response__reference=reference).count() == 1


def test_after_closing_it_can_be_read_and_no_longer_changed(client, survey, settings):
    reference, code = sent(client, survey)
    token = token_of(client.get(f"{survey.url}change/{reference}/"))
    settings.FOLKMOOT_AT = "2022-01-21 23:59"
    browser, page = opened(survey, reference, code)
    assert "More lights." in text_of(page)
    assert "The survey closed on Friday 21 January 2022 at 23:59" in text_of(page)
    assert "plan@folkmoot.example" in text_of(page)
    assert not parsed(page).find("button", string="Change my answers")
    for where in ("change", "withdraw"):
        refused = browser.post(f"{survey.url}{where}/{reference}/", {"token": token})
        assert refused.status_code == 410
        assert "Write to us, and give your reference." in errors_of(refused)[0]
    assert Response.objects.get().standing == Standing.STANDS


def test_a_response_may_be_changed_until_the_very_instant_of_closing(survey):
    response = factories.make_response(survey, {"agree": ["agree"]})
    response.code_digest = "kept"
    instant = timedelta(microseconds=1)
    assert access.may_change(survey, response, CLOSES - instant)
    assert not access.may_change(survey, response, CLOSES)
    for standing in (Standing.REPLACED, Standing.WITHDRAWN, Standing.DUPLICATE):
        response.standing = standing
        assert not access.may_change(survey, response, CLOSES - instant)


def test_nobody_has_a_code_for_what_came_without_one(survey):
    response = factories.make_response(survey, {"agree": ["agree"]})
    assert not access.may_change(survey, response, now())
