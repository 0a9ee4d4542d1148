from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import factories
from tests.publishing.uploads import pdf
from tests.responses import asking

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import Respondent
from folkmoot.responses.acts.keying import (
    KeyingRefusedError,
    attach_scan,
    erase_typed,
    finish_keying,
    keep_typed,
    open_batch,
    settle_form,
    undo_last,
)
from folkmoot.responses.models import Channel, Keying, PaperForm, PaperMark, Response, SentFile

pytestmark = pytest.mark.django_db
AT = datetime(2021, 12, 1, 12, tzinfo=UTC)
CAME = date(2021, 11, 30)
KEYS = ("responses.add_keying", "responses.add_batch", "responses.change_paperform")
TYPED = {"agree": "1", "more": "1 2", "change": "More lights."}


def keyer(*more: str):
    return factories.make_user(*KEYS, *more)


def batch_of(by, *, is_double=False):
    return open_batch(asking.three_steps(), "Box 1", CAME, AT, by, is_double=is_double)


def keyed(batch, by, typed=TYPED, *, turn=1, key="k1", at=AT):
    return finish_keying(keep_typed(batch, key, typed, at, by, turn=turn), at, by)


def test_a_form_on_paper_becomes_a_response_of_the_day_it_came():
    by = keyer()
    response = keyed(batch_of(by), by)
    assert response.channel == Channel.PAPER
    assert response.submitted_at.date() == CAME
    assert response.version is not None
    answers = {answer.question: answer for answer in response.answers.all()}
    assert answers["agree"].choices == ["agree"]
    assert answers["more"].choices == ["agree", "neither"]
    assert answers["change"].text == "More lights."
    assert AuditRecord.objects.filter(act="paper form recorded", by=by).count() == 1


def test_a_needed_answer_that_is_missing_refuses_nothing_and_is_noted():
    by = keyer()
    response = keyed(batch_of(by), by, {"change": "Only this."})
    mark = response.paper_marks.get()
    assert (mark.question, mark.mark) == ("agree", PaperMark.Mark.BLANK)


def test_what_is_typed_is_kept_before_it_is_finished():
    by = keyer()
    batch = batch_of(by)
    keep_typed(batch, "k1", {"agree": "1"}, AT, by)
    keep_typed(batch, "k1", {"agree": "1", "change": "Half a sen"}, AT, by)
    kept = Keying.objects.get()
    assert kept.typed == {"agree": "1", "change": "Half a sen"}
    assert not Response.objects.exists()


def test_a_form_sent_twice_is_one_response():
    by = keyer()
    batch = batch_of(by)
    keying = keep_typed(batch, "k1", TYPED, AT, by)
    assert finish_keying(keying, AT, by) == finish_keying(keying, AT, by)
    assert Response.objects.count() == 1


def test_forms_are_numbered_within_their_batch():
    by = keyer()
    batch = batch_of(by)
    for place in range(3):
        keyed(batch, by, key=f"k{place}")
    assert list(PaperForm.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_a_form_with_nothing_typed_is_not_ended():
    by = keyer()
    batch = batch_of(by)
    with pytest.raises(KeyingRefusedError, match="Nothing is typed"):
        keyed(batch, by, {})


def test_equality_answers_need_the_agreement_on_paper_too():
    by = keyer()
    batch = batch_of(by)
    without = keyed(batch, by, TYPED | {"age-band": "1"}, key="k1")
    agreed = keyed(batch, by, TYPED | {"age-band": "1", "monitoring-consent": "y"}, key="k2")
    assert without.monitoring_answers.count() == 0
    assert agreed.monitoring_answers.get().choice == "one"
    assert agreed.monitoring_consent.text


def test_a_batch_is_not_of_a_day_to_come_or_before_the_opening():
    by, survey = keyer(), asking.three_steps()
    for day in (date(2021, 12, 2), date(2021, 11, 1)):
        with pytest.raises(KeyingRefusedError):
            open_batch(survey, "Box", day, AT, by)


def test_the_last_form_is_undone_and_typed_again():
    by = keyer()
    batch = batch_of(by)
    keyed(batch, by, key="k1")
    wrong = keyed(batch, by, TYPED | {"agree": "3"}, key="k2")
    people = Respondent.objects.count()
    form = undo_last(batch, AT, by)
    assert form.number == 2
    assert not Response.objects.filter(pk=wrong.pk).exists()
    assert Respondent.objects.count() == people - 1
    right = keyed(batch, by, key="k2")
    assert right.answers.get(question="agree").choices == ["agree"]
    assert PaperForm.objects.count() == 2
    assert AuditRecord.objects.filter(act="paper form undone").count() == 1


def test_what_somebody_else_keyed_is_not_undone():
    one, other = keyer(), keyer()
    batch = batch_of(one)
    keyed(batch, one)
    assert undo_last(batch, AT, other) is None
    assert Response.objects.count() == 1


def test_a_response_with_a_scan_is_not_undone():
    by = keyer()
    batch = batch_of(by)
    response = keyed(batch, by)
    attach_scan(response, SimpleUploadedFile("form.pdf", pdf()), AT, by)
    with pytest.raises(KeyingRefusedError, match="worked on"):
        undo_last(batch, AT, by)
    assert PaperForm.objects.get().response == response


def test_a_form_keyed_twice_alike_becomes_a_response():
    one, other = keyer(), keyer()
    batch = batch_of(one, is_double=True)
    assert keyed(batch, one) is None
    response = keyed(batch, other, {**TYPED, "more": "2,1"}, turn=2, key="k2")
    assert response.answers.count() == 3
    form = PaperForm.objects.get()
    assert (form.compared, form.differing) == (3, [])


def test_nobody_keys_a_form_a_second_time_themselves():
    by = keyer()
    batch = batch_of(by, is_double=True)
    keyed(batch, by)
    with pytest.raises(KeyingRefusedError, match="waits to be keyed again by you"):
        keep_typed(batch, "k2", TYPED, AT, by, turn=2)


def test_what_two_people_typed_differently_waits_and_is_settled():
    one, other, third = keyer(), keyer(), keyer()
    batch = batch_of(one, is_double=True)
    keyed(batch, one)
    assert keyed(batch, other, {**TYPED, "agree": "2"}, turn=2, key="k2") is None
    form = PaperForm.objects.get()
    assert form.differing == ["agree"]
    response = settle_form(form, {"agree": "2"}, AT, third)
    assert response.answers.get(question="agree").choices == ["neither"]
    assert response.answers.get(question="change").text == "More lights."
    assert settle_form(form, {"agree": "1"}, AT, third) == response


def test_typed_copies_are_erased_a_day_after_the_response_is_there():
    by = keyer()
    batch = batch_of(by)
    keyed(batch, by, key="k1")
    keep_typed(batch, "k2", {"agree": "1"}, AT, by)
    assert erase_typed(AT + timedelta(hours=23)) == 0
    assert erase_typed(AT + timedelta(hours=25)) == 1
    assert Keying.objects.get(key="k1").typed == {}
    assert Keying.objects.get(key="k2").typed == {"agree": "1"}
    assert undo_last(batch, AT + timedelta(hours=25), by) is None


def test_the_same_scan_is_kept_once_and_what_is_no_scan_is_refused():
    by = keyer()
    response = keyed(batch_of(by), by)
    for _ in range(2):
        attach_scan(response, SimpleUploadedFile("form.pdf", pdf()), AT, by)
    assert SentFile.objects.filter(response=response).count() == 1
    with pytest.raises(KeyingRefusedError):
        attach_scan(response, SimpleUploadedFile("form.exe", b"MZ"), AT, by)


@pytest.mark.parametrize("permission", KEYS)
def test_each_act_needs_its_permission(permission):
    able = keyer()
    batch = batch_of(able)
    without = factories.make_user(*(each for each in KEYS if each != permission))
    tries = {
        "responses.add_keying": lambda: keep_typed(batch, "k9", TYPED, AT, without),
        "responses.add_batch": lambda: open_batch(batch.survey, "Box", CAME, AT, without),
        "responses.change_paperform": lambda: settle_form(PaperForm(batch=batch), {}, AT, without),
    }
    with pytest.raises(KeyingRefusedError, match="You may not"):
        tries[permission]()
