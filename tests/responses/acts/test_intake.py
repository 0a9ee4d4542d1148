from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests import factories
from tests.factories import CLOSES, OPENS
from tests.responses.asking import three_steps

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import Respondent
from folkmoot.responses.acts import (
    IncomingResponse,
    ResponsesRefusedError,
    import_responses,
    record_written_response,
)
from folkmoot.responses.models import Answer, MonitoringAnswer, Response

pytestmark = pytest.mark.django_db
AT = OPENS + timedelta(days=3)
ROW = IncomingResponse(
    channel="paper",
    submitted_at=AT,
    answers={"agree": ["agree"], "change": "More lights."},
    monitoring={"age-band": "one"},
    may_be_quoted=True,
    is_generated=True,
)


@pytest.fixture
def survey():
    return three_steps()


def test_responses_are_imported_whole_with_their_label(survey):
    guild = replace(ROW, channel="email", kind="organisation", organisation="The Guild")
    assert import_responses(survey.consultation, survey, [ROW, guild], at=AT) == 2
    paper, email = Response.objects.order_by("id")
    assert (paper.channel, paper.is_generated, paper.may_be_quoted) == ("paper", True, True)
    assert paper.respondent.is_generated
    assert email.respondent.organisation == "The Guild"
    assert paper.consent == survey.consent
    given = {each.question: each.text or each.choices for each in paper.answers.all()}
    assert given == {"agree": ["agree"], "change": "More lights."}
    assert MonitoringAnswer.objects.filter(question="age-band", choice="one").count() == 2


def test_an_import_is_one_line_of_the_audit_record(survey):
    officer = factories.make_user()
    import_responses(survey.consultation, survey, [ROW] * 3, at=AT, by=officer)
    line = AuditRecord.objects.get(act="responses imported")
    assert (line.by, line.after) == (officer, {"responses": 3})


@pytest.mark.django_db
def test_an_import_asks_the_database_the_same_number_of_times_for_one_and_for_many(
    survey, django_assert_num_queries, django_assert_max_num_queries
):
    # The first of all records which questions were asked.
    import_responses(survey.consultation, survey, [ROW], at=AT)
    with django_assert_max_num_queries(12) as few:
        import_responses(survey.consultation, survey, [ROW], at=AT)
    with django_assert_num_queries(len(few)):
        import_responses(survey.consultation, survey, [ROW] * 40, at=AT)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"channel": "pigeon"}, "Row 2: The channel 'pigeon' is unknown: choose one of web"),
        ({"kind": "king"}, "Row 2: the kind of respondent 'king' is unknown."),
        ({"answers": {"agree": ["perhaps"]}}, "Row 2, question 'agree': Choose from the answers"),
        ({"answers": {"agreed": ["agree"]}}, "Row 2: the survey asks no question 'agreed'"),
        ({"monitoring": {"sex": "one"}}, "Row 2: the survey asks no question 'sex'"),
        ({"monitoring": {"age-band": "two"}}, "Row 2, question 'age-band': Choose from"),
        ({"organisation": "x" * 201}, "Row 2: Your answer has 201 characters"),
        ({"submitted_at": datetime(2021, 12, 1, 12)}, "names no time zone"),  # noqa: DTZ001
    ],
)
def test_a_wrong_row_is_refused_by_number_and_nothing_is_recorded(survey, changed, said):
    with pytest.raises(ResponsesRefusedError) as refused:
        import_responses(survey.consultation, survey, [ROW, replace(ROW, **changed)], at=AT)
    assert said in str(refused.value)
    assert not Response.objects.exists()
    assert not Respondent.objects.exists()


def test_a_required_question_that_was_not_answered_keeps_nobody_out(survey):
    import_responses(survey.consultation, survey, [replace(ROW, answers={"change": "x"})], at=AT)
    assert [each.question for each in Answer.objects.all()] == ["change"]


def test_more_rows_than_one_batch_are_imported_all_or_none(survey):
    rows = [ROW] * 1500
    with pytest.raises(ResponsesRefusedError, match="Row 1501"):
        import_responses(survey.consultation, survey, [*rows, replace(ROW, kind="king")], at=AT)
    assert not Response.objects.exists()
    assert import_responses(survey.consultation, survey, iter(rows), at=AT) == 1500
    assert Response.objects.count() == Respondent.objects.count() == 1500


def test_letters_are_imported_without_a_survey():
    consultation = factories.make_consultation()
    letter = IncomingResponse(channel="letter", submitted_at=AT, answers={"letter": "Dear all,"})
    import_responses(consultation, None, [letter], at=AT)
    answer = Answer.objects.get()
    assert (answer.question, answer.text) == ("letter", "Dear all,")
    assert answer.response.survey is None
    with pytest.raises(ResponsesRefusedError, match="Row 1: The letter has no text"):
        import_responses(consultation, None, [replace(letter, answers={})], at=AT)


def test_a_letter_is_recorded_whole_even_after_closing():
    consultation, officer = factories.make_consultation(), factories.make_user()
    late = CLOSES + timedelta(days=2)
    text = "Dear all,\n" + "we object. " * 20_000
    response = record_written_response(
        consultation, "letter", text, late, by=officer, organisation="The Guild"
    )
    assert response.answers.get().text == text
    assert response.submitted_at == late
    assert response.respondent.kind == "organisation"
    assert AuditRecord.objects.get(act="written response recorded").by == officer


@pytest.mark.parametrize(
    ("channel", "text", "said"),
    [
        ("pigeon", "Dear all", "The channel 'pigeon' is unknown"),
        ("email", " \n", "The letter has no text"),
        ("email", "a\x00b", "a control code"),
    ],
)
def test_a_letter_that_cannot_be_kept_is_refused(channel, text, said):
    with pytest.raises(ResponsesRefusedError, match=said):
        record_written_response(factories.make_consultation(), channel, text, AT)
    assert not Response.objects.exists()
