from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from tests.factories import CLOSES, OPENS
from tests.responses.asking import three_steps

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import Respondent
from folkmoot.responses.acts import (
    DraftGoneError,
    begin_draft,
    rows,
    save_step,
    submission,
    submit_response,
)
from folkmoot.responses.forms import Checked
from folkmoot.responses.models import (
    Answer,
    Draft,
    MonitoringAnswer,
    Response,
    SurveyClosedError,
)

pytestmark = pytest.mark.django_db
AT = OPENS + timedelta(days=3)
ANSWERS = {
    "agree": ["agree"],
    "more": ["agree", "neither"],
    "change": ["More lights.\nFewer cars."],
    "age-band": ["one"],
    "monitoring-consent": ["yes"],
    "may-be-quoted": ["yes"],
    "respondent-kind": ["organisation"],
    "organisation": ["The Guild"],
}


@pytest.fixture
def survey():
    return three_steps()


def draft_of(survey, answers=ANSWERS, key="k", at=AT):
    return save_step(begin_draft(survey, key, at), Checked(answers=dict(answers)), at)


def test_a_submission_records_everything_that_was_answered(survey):
    response = submit_response(survey, draft_of(survey), AT)
    response.refresh_from_db()
    assert response.submitted_at == AT
    assert response.consent == survey.consent
    assert response.may_be_quoted
    assert not response.is_generated
    assert response.channel == "web"
    assert response.respondent.organisation == "The Guild"
    given = {each.question: each.text or each.choices for each in response.answers.all()}
    assert given == {
        "agree": ["agree"],
        "more": ["agree", "neither"],
        "change": "More lights.\nFewer cars.",
    }


def test_equality_answers_stand_apart_and_are_erased_a_year_after_the_closing(survey):
    response = submit_response(survey, draft_of(survey), AT)
    monitoring = MonitoringAnswer.objects.get()
    assert (monitoring.response, monitoring.question, monitoring.choice) == (
        response,
        "age-band",
        "one",
    )
    assert monitoring.delete_on == date(2023, 1, 21)
    assert not Answer.objects.filter(question="age-band").exists()


def test_the_audit_record_says_that_a_respondent_submitted_and_not_what(survey):
    response = submit_response(survey, draft_of(survey), AT)
    line = AuditRecord.objects.get(act="response submitted")
    assert (line.at, line.by, line.by_name) == (AT, None, "a respondent")
    assert (line.record_id, line.before, line.after) == (str(response.pk), None, None)


def test_the_draft_is_erased_with_the_submission(survey):
    submit_response(survey, draft_of(survey), AT)
    assert not Draft.objects.exists()


def test_a_draft_submitted_again_gives_the_same_response_even_after_closing(survey):
    draft = draft_of(survey)
    first = submit_response(survey, draft, AT)
    assert submit_response(survey, draft, AT) == first
    assert submit_response(survey, draft, CLOSES + timedelta(days=9)) == first
    assert Response.objects.count() == Respondent.objects.count() == 1
    assert AuditRecord.objects.filter(act="response submitted").count() == 1


def test_questions_without_a_reply_have_no_answer(survey):
    answers = {"agree": ["agree"], "more": [], "change": ["  \n"], "age-band": []}
    response = submit_response(survey, draft_of(survey, answers), AT)
    assert list(response.answers.values_list("question", flat=True)) == ["agree"]
    assert response.respondent.kind == "individual"
    assert not response.may_be_quoted


def test_a_closed_survey_refuses_a_response_and_keeps_the_draft(survey):
    draft = draft_of(survey)
    for at in (OPENS - timedelta(seconds=1), CLOSES + survey.grace):
        with pytest.raises(SurveyClosedError):
            submit_response(survey, draft, at)
    assert not Response.objects.exists()
    assert Draft.objects.get().answers == draft.answers


def test_a_draft_begun_before_closing_is_taken_in_its_grace(survey):
    draft = draft_of(survey)
    assert submit_response(survey, draft, CLOSES + survey.grace - timedelta(seconds=1)).pk


def test_a_closed_survey_begins_no_draft(survey):
    with pytest.raises(SurveyClosedError):
        begin_draft(survey, "k", CLOSES)
    assert not Draft.objects.exists()


def test_a_draft_is_begun_once_for_a_key(survey):
    assert begin_draft(survey, "k", AT) == begin_draft(survey, "k", AT + timedelta(hours=1))
    assert Draft.objects.get().begun_at == AT


def test_two_tabs_keep_both_their_steps(survey):
    draft = begin_draft(survey, "k", AT)
    also = Draft.objects.get()
    save_step(draft, Checked(answers={"agree": ["agree"]}), AT)
    save_step(also, Checked(answers={"change": ["More lights."]}), AT)
    assert Draft.objects.get().answers == {"agree": ["agree"], "change": ["More lights."]}


def test_a_draft_that_is_gone_takes_nothing_and_says_so(survey):
    draft = draft_of(survey)
    Draft.objects.all().delete()
    with pytest.raises(DraftGoneError):
        save_step(draft, Checked(), AT)
    with pytest.raises(DraftGoneError):
        submit_response(survey, draft, AT)


def test_nothing_is_recorded_when_a_part_of_it_fails(survey, monkeypatch):
    draft = draft_of(survey)

    def broken(*args, **kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(submission, "record", broken)
    with pytest.raises(RuntimeError, match="the disk is full"):
        submit_response(survey, draft, AT)
    assert not Response.objects.exists()
    assert not Respondent.objects.exists()
    assert Draft.objects.get().answers == draft.answers


def test_a_reference_that_is_taken_is_drawn_again(survey, monkeypatch):
    drawn = iter(["FM-SAME", "FM-SAME", "FM-SAME", "FM-OTHER"])
    monkeypatch.setattr(submission, "new_reference", lambda: next(drawn))
    first = submit_response(survey, draft_of(survey, key="one"), AT)
    second = submit_response(survey, draft_of(survey, key="two"), AT)
    assert (first.reference, second.reference) == ("FM-SAME", "FM-OTHER")
    assert Respondent.objects.count() == 2


def test_references_are_plain_to_read_aloud_and_never_the_same():
    references = rows.new_references(1200)
    assert len(set(references)) == 1200
    pattern = re.compile(
        rf"FM-[{rows.ALPHABET}]{{4}}-[{rows.ALPHABET}]{{4}}-[{rows.ALPHABET}]{{2}}"
    )
    assert all(pattern.fullmatch(reference) for reference in references)
    assert not set("01OILAEU") & set(rows.ALPHABET)
