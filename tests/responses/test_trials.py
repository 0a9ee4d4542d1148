"""A survey tried as a respondent: the same pages, and nothing of it counted anywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.factories import CLOSES, make_user
from tests.responses.asking import answer_all, parsed, step, three_steps, token_of

from folkmoot.consultations.models import Respondent
from folkmoot.publishing.clock import now
from folkmoot.responses import trials
from folkmoot.responses.acts import begin_draft, clear_trials, submit_response, submit_trial
from folkmoot.responses.models import (
    Answer,
    Draft,
    MonitoringAnswer,
    Response,
    SurveyVersion,
    TestSubmission,
)
from folkmoot.responses.querysets import counts

pytestmark = pytest.mark.django_db

BANNER = "Test: nothing here is counted."


@pytest.fixture
def officer():
    return make_user(is_superuser=True)


@pytest.fixture
def survey():
    return three_steps()


def post(client, address, where, **fields):
    page = client.get(f"{address}{where}/")
    return client.post(f"{address}{where}/", {"token": token_of(page), **fields})


def run(client, address):
    """Answer a whole test, and return the page that acknowledges it."""
    post(client, address, "1", agree="agree")
    post(client, address, "2", change="More lights.")
    post(client, address, "3", **{"age-band": "one", "monitoring-consent": "yes"})
    return client.get(post(client, address, "check").headers["Location"])


def test_a_test_ends_in_a_test_submission_and_counts_nowhere(client, survey, officer):
    address = trials.trial_address(survey, officer.pk)
    before = counts(survey.consultation, now())
    page = run(client, address)
    assert page.status_code == 200
    submission = TestSubmission.objects.get()
    assert submission.reference in page.content.decode()
    assert submission.answers["change"] == ["More lights."]
    assert submission.answers["age-band"] == ["one"]
    assert submission.submitted_by == officer
    for model in (Response, Respondent, Answer, MonitoringAnswer, SurveyVersion, Draft):
        assert not model.objects.exists(), model
    assert counts(survey.consultation, now()) == before


@pytest.mark.parametrize("where", ["", "1/", "2/"])
def test_every_page_says_that_it_is_a_test(client, survey, officer, where):
    page = client.get(f"{trials.trial_address(survey, officer.pk)}{where}")
    assert page.status_code == 200
    assert BANNER in page.content.decode()
    assert BANNER not in client.get(f"{survey.url}{where}").content.decode()
    assert "no-store" in page.headers["Cache-Control"]


def test_the_link_works_for_a_colleague_without_an_account_for_fourteen_days(client, survey):
    address = trials.trial_address(survey, 1)
    assert client.get(address).status_code == 200
    assert trials.VALID.days == 14


@pytest.mark.parametrize("mark", ["forged", "a", "eyJ4IjoxfQ", "ZXlKNElqb3hmUTox"])
def test_a_forged_link_opens_nothing(client, survey, mark):
    page = client.get(f"{survey.url}test/{mark}/1/")
    assert page.status_code == 410
    assert "This test link does not work" in page.content.decode()


def test_a_link_opens_no_other_survey(client, survey):
    mark = trials.sign(survey.pk + 1, 1)
    assert client.get(f"{survey.url}test/{mark}/").status_code == 410


def test_an_old_link_opens_nothing(client, survey, monkeypatch):
    address = trials.trial_address(survey, 1)
    monkeypatch.setattr(trials, "VALID", timedelta(seconds=-1))
    assert client.get(address).status_code == 410


def test_a_survey_that_is_not_published_can_be_tried_as_last_saved(client, survey, officer):
    survey.title = "As last saved"
    survey.save_revision()
    survey.unpublish()
    address = trials.trial_address(survey, officer.pk)
    assert client.get(survey.url).status_code == 404
    assert "As last saved" in client.get(address).content.decode()
    run(client, address)
    assert TestSubmission.objects.count() == 1


def test_a_survey_can_be_tried_before_it_opens_and_after_it_closed(client, survey, settings):
    address = trials.trial_address(survey, 1)
    for at in ("2021-01-01 12:00", "2023-01-01 12:00"):
        settings.FOLKMOOT_AT = at
        assert client.get(f"{address}1/").status_code == 200
    run(client, address)
    assert TestSubmission.objects.count() == 1


def test_a_test_and_a_real_response_in_one_browser_do_not_mix(client, survey, officer):
    address = trials.trial_address(survey, officer.pk)
    post(client, address, "1", agree="disagree")
    answer_all(client, survey)
    assert Draft.objects.filter(is_test=True).count() == 1
    assert Draft.objects.filter(is_test=False).count() == 1
    real = Draft.objects.get(is_test=False)
    assert real.answers["agree"] == ["agree"]
    submit_response(survey, real, now())
    assert Response.objects.count() == 1
    assert Draft.objects.get().is_test


def test_a_form_of_a_test_is_not_taken_by_the_survey(client, survey):
    address = trials.trial_address(survey, 1)
    token = token_of(client.get(f"{address}1/"))
    sent = client.post(f"{survey.url}1/", {"token": token, "agree": "agree"})
    assert sent.status_code == 403
    assert not Draft.objects.exists()


def test_a_form_of_the_survey_is_not_taken_by_a_test(client, survey):
    token = token_of(client.get(f"{survey.url}1/"))
    address = trials.trial_address(survey, 1)
    sent = client.post(f"{address}1/", {"token": token, "agree": "agree"})
    assert sent.status_code == 403


def test_a_draft_that_counts_is_not_ended_as_a_test(survey):
    draft = begin_draft(survey, "real", now())
    with pytest.raises(ValueError, match="This draft counts"):
        submit_trial(survey, draft, now(), 1)
    assert Draft.objects.filter(pk=draft.pk).exists()


def test_answers_that_are_not_on_the_way_are_left_out_of_a_test_too(survey):
    draft = begin_draft(survey, "test", CLOSES, is_test=True)
    draft.answers = {"agree": ["agree"], "gone": ["x"], "respondent-kind": ["individual"]}
    draft.save()
    rule = ("rule", {"question": "agree", "test": "any-of", "value": "disagree"})
    steps = [
        (
            "step",
            {
                "title": "One",
                "introduction": "",
                "questions": [factories.choice("agree"), factories.text("gone", shown_if=[rule])],
            },
        )
    ]
    survey.steps = steps
    submission = submit_trial(survey, draft, CLOSES, 1)
    assert submission.answers == {"agree": ["agree"], "respondent-kind": ["individual"]}


def test_clearing_erases_tests_begun_and_finished_and_nothing_else(client, survey, officer):
    address = trials.trial_address(survey, officer.pk)
    run(client, address)
    post(client, address, "1", agree="agree")
    answer_all(client, survey)
    other = factories.make_survey()
    begin_draft(other, "other", now(), is_test=True)
    assert clear_trials(survey, now(), by=officer) == 1
    assert not TestSubmission.objects.exists()
    assert list(Draft.objects.filter(is_test=True).values_list("survey_id", flat=True)) == [
        other.pk
    ]
    assert Draft.objects.filter(is_test=False).count() == 1


def test_back_and_progress_stay_within_the_test(client, survey, officer):
    address = trials.trial_address(survey, officer.pk)
    post(client, address, "1", agree="agree")
    page = parsed(client.get(f"{address}2/"))
    main = page.find("main")
    assert main.find("a", string="Back")["href"] == f"{address}1/"
    assert main.find("form")["action"] == f"{address}2/"


def test_the_editor_previews_each_page_and_says_for_whom_it_is(survey, officer, rf):
    rule = ("rule", {"question": "agree", "test": "any-of", "value": "disagree"})
    hidden = step("Why not", [factories.text("why")])
    hidden[1]["shown_if"] = [rule]
    first = step("As typed just now", [factories.choice("agree")])
    survey.steps = [first, hidden, step("About you", [factories.monitoring("age-band")])]
    assert survey.preview_modes == [
        ("", "First page"),
        ("1", "1. As typed just now"),
        ("2", "2. Why not (only for some)"),
        ("3", "3. About you"),
    ]
    request = rf.get("/")
    request.user = officer
    pages = {mode: survey.serve_preview(request, mode).content.decode() for mode in "123"}
    pages[""] = survey.serve_preview(request, "").content.decode()
    assert all(BANNER in page for page in pages.values())
    only = "Shown only if they chose “Disagree” at question 1."
    assert [mode for mode, page in pages.items() if only in page] == ["2"]
    assert "What about why?" in pages["2"]
    assert "age-band" in pages["3"]


def test_the_preview_shows_a_question_that_only_some_are_asked_with_its_condition(
    survey, officer, rf
):
    rule = ("rule", {"question": "agree", "test": "any-of", "value": "agree"})
    survey.steps = [
        step("One", [factories.choice("agree"), factories.text("why", "Why?", shown_if=[rule])])
    ]
    request = rf.get("/")
    request.user = officer
    main = parsed(survey.serve_preview(request, "1")).find("main").get_text(" ", strip=True)
    only = "Shown only if they chose “Agree” at question 1."
    assert only in main
    assert main.index(only) < main.index("Why?")


def test_looking_at_a_preview_keeps_nothing_and_its_form_leads_into_a_test(survey, officer, rf):
    request = rf.get("/")
    request.user = officer
    page = parsed(survey.serve_preview(request, "1"))
    assert not Draft.objects.exists()
    assert page.find("main").find("form")["action"].startswith(f"{survey.url}test/")
