from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import factories
from tests.factories import CLOSES, OPENS

from folkmoot.accounts.models import AuditRecord
from folkmoot.responses.acts.letters import (
    ResponsesRefusedError,
    Written,
    is_late,
    keep_letter_draft,
    put_letter_aside,
    record_letter,
)
from folkmoot.responses.models import LetterDraft, Response, SentFile

pytestmark = pytest.mark.django_db
AT = CLOSES + timedelta(days=5)
TEXT = "Dear all,\nI agree.\nMore lights, please.\nYours"


@pytest.fixture
def officer():
    return factories.make_user()


@pytest.fixture
def survey():
    return factories.make_survey(
        questions=[factories.choice("agree", required=True), factories.text("change")]
    )


def written(survey, **changed) -> Written:
    said = {"channel": "letter", "received_at": OPENS + timedelta(days=1), "text": TEXT}
    return Written(survey.consultation, survey, **said | changed)


def test_a_letter_becomes_one_response_whole_with_its_passages_and_its_file(survey, officer):
    file = SimpleUploadedFile("Jane Smith.txt", TEXT.encode())
    draft = keep_letter_draft(written(survey), AT, officer, file=file, extension="txt")
    response = record_letter(draft, {"change": ["More lights, please."]}, AT, officer)
    assert {each.question: each.text for each in response.answers.all()} == {
        "letter": TEXT,
        "change": "More lights, please.",
    }
    assert (response.channel, response.survey) == ("letter", survey)
    kept = SentFile.objects.get()
    assert (kept.response, kept.question, kept.name) == (response, "letter", "Jane Smith.txt")
    assert kept.file.open("rb").read() == TEXT.encode()
    assert "Jane" not in kept.file.name
    assert not LetterDraft.objects.exists()
    assert AuditRecord.objects.get(act="written response recorded").by == officer


def test_a_letter_after_the_closing_is_taken_and_its_time_says_so(survey, officer):
    late = written(survey, received_at=CLOSES + timedelta(days=1), channel="email")
    response = record_letter(keep_letter_draft(late, AT, officer), {}, AT, officer)
    assert is_late(response)
    assert AuditRecord.objects.get(act="written response recorded").after["late"] is True


def test_the_name_of_an_individual_is_never_to_be_published(survey, officer):
    draft = keep_letter_draft(written(survey, publication="named"), AT, officer)
    assert record_letter(draft, {}, AT, officer).publication == "unnamed"


@pytest.mark.parametrize(
    ("changed", "answers", "said"),
    [
        ({"text": " "}, {}, "has no text"),
        ({"kind": "organisation"}, {}, "name of the organisation"),
        ({"organisation": "The Guild"}, {}, "take the name"),
        ({}, {"agree": ["perhaps"]}, "Question 'agree'"),
    ],
)
def test_a_letter_that_cannot_be_kept_is_refused_and_stays_to_be_entered(
    survey, officer, changed, answers, said
):
    draft = keep_letter_draft(written(survey, **changed), AT, officer)
    with pytest.raises(ResponsesRefusedError, match=said):
        record_letter(draft, answers, AT, officer)
    assert not Response.objects.exists()
    assert LetterDraft.objects.get() == draft


def test_a_letter_is_recorded_once(survey, officer):
    draft = keep_letter_draft(written(survey), AT, officer)
    record_letter(draft, {}, AT, officer)
    with pytest.raises(ResponsesRefusedError, match="meanwhile"):
        record_letter(draft, {}, AT, officer)
    assert Response.objects.count() == 1


def test_a_letter_is_put_aside_with_a_reason(survey, officer):
    draft = keep_letter_draft(written(survey), AT, officer)
    with pytest.raises(ResponsesRefusedError, match="Say why"):
        put_letter_aside(draft, AT, officer, " ")
    put_letter_aside(draft, AT, officer, "It came twice.")
    assert AuditRecord.objects.get(act="letter put aside").after["because"] == "It came twice."
    assert not LetterDraft.objects.exists()
