"""What reviewers decide, and that the original stays as it came."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from tests import factories

from folkmoot.accounts.models import AuditRecord
from folkmoot.responses.acts.reviewing import ReviewError, Verdict, review, set_publishing
from folkmoot.responses.models import (
    Answer,
    AnswerReview,
    Decision,
    Publication,
    PublicResponse,
    Publishing,
    Standing,
)
from folkmoot.responses.publishable import Span

pytestmark = pytest.mark.django_db
AT = factories.OPENS
TEXT = "I am Ada Smith.\r\nMore lights."


@pytest.fixture
def reviewer():
    return factories.make_user("responses.view_response", "responses.change_answerreview")


@pytest.fixture
def survey():
    return factories.make_survey()


def agreed(survey, **fields):
    fields = {"publication": Publication.UNNAMED} | fields
    return factories.make_response(survey, {"agree": ["agree"], "change": TEXT}, **fields)


def answer(response, key="change") -> Answer:
    return response.answers.get(question=key)


def test_what_is_redacted_is_out_of_what_is_published_and_stays_in_the_register(survey, reviewer):
    response = agreed(survey)
    before = list(response.answers.values())
    # Line breaks are one mark, as a browser counts them.
    verdict = Verdict(Decision.REDACTED, [Span("", 5, 14, "name"), Span("", 11, 15, "name")])
    public = review(response, {answer(response).pk: verdict}, reviewer, AT)
    assert public.number == 1
    assert public.words == "I am [name removed]\nMore lights."
    assert list(response.answers.values()) == before
    told = AuditRecord.objects.get(act="answers reviewed")
    assert told.after == {"change": "redacted"}
    assert (told.record_id, told.by) == (str(response.pk), reviewer)


def test_each_answer_is_decided_apart_and_again(survey, reviewer):
    response = agreed(survey)
    approve, refuse = Verdict(Decision.APPROVED), Verdict(Decision.REFUSED, reason="Names others.")
    keys = answer(response, "agree").pk, answer(response).pk
    public = review(response, dict(zip(keys, (approve, refuse), strict=True)), reviewer, AT)
    assert public.words == "Agree"
    assert answer(response).review.reason == "Names others."
    assert review(response, {keys[0]: refuse}, reviewer, AT) is None
    assert PublicResponse.objects.get().is_shown is False
    again = review(response, {keys[1]: approve}, reviewer, AT)
    assert (again.number, again.words) == (1, TEXT.replace("\r\n", "\n"))
    assert AnswerReview.objects.count() == 2


def test_numbers_count_by_survey_and_are_never_given_twice(survey, reviewer):
    first, second = agreed(survey), agreed(survey)
    for response, number in ((second, 1), (first, 2)):
        public = review(response, {answer(response).pk: Verdict(Decision.APPROVED)}, reviewer, AT)
        assert public.number == number
    assert "FM-" not in public.words


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"publication": Publication.NOT}, "did not agree"),
        ({"standing": Standing.WITHDRAWN}, "does not count"),
        ({"standing": Standing.DUPLICATE}, "does not count"),
        ({"erased_at": AT}, "erased"),
    ],
)
def test_what_may_not_be_published_is_not_reviewed(survey, reviewer, fields, said):
    response = agreed(survey, **fields)
    with pytest.raises(ReviewError, match=said):
        review(response, {answer(response).pk: Verdict(Decision.APPROVED)}, reviewer, AT)
    assert not AnswerReview.objects.exists()


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict(Decision.REDACTED), "mark what is taken out"),
        (Verdict(Decision.REDACTED, [Span("", 900, 950, "name")]), "mark what is taken out"),
        (Verdict(Decision.REFUSED, reason=" "), "say why"),
        (Verdict(Decision.REFUSED, reason="x" * 301), "shorten"),
        (Verdict("published"), "choose what becomes"),
    ],
)
def test_a_verdict_that_is_not_complete_changes_nothing(survey, reviewer, verdict, said):
    response = agreed(survey)
    verdicts = {answer(response, "agree").pk: Verdict(Decision.APPROVED)}
    with pytest.raises(ReviewError, match=said):
        review(response, verdicts | {answer(response).pk: verdict}, reviewer, AT)
    assert not AnswerReview.objects.exists()
    assert not PublicResponse.objects.exists()


def test_answers_of_another_response_and_those_never_published_are_refused(survey, reviewer):
    survey.steps = [
        (
            "step",
            {
                "title": "Questions",
                "introduction": "",
                "questions": [
                    factories.text("change"),
                    factories.text("secret", may_be_quoted=False),
                    factories.text("harm", sensitive=True),
                ],
            },
        )
    ]
    survey.save()
    response = factories.make_response(
        survey,
        {"change": "Lights.", "secret": "Hush.", "harm": "It happened."},
        publication=Publication.UNNAMED,
    )
    other = agreed(survey)
    for key in (answer(response, "secret").pk, answer(response, "harm").pk, answer(other).pk):
        with pytest.raises(ReviewError, match="not one that may be published"):
            review(response, {key: Verdict(Decision.APPROVED)}, reviewer, AT)


@pytest.mark.parametrize("permissions", [(), ("view_response",), ("change_answerreview",)])
def test_only_reviewers_review(survey, permissions):
    by = factories.make_user(*(f"responses.{each}" for each in permissions))
    response = agreed(survey)
    with pytest.raises(PermissionDenied):
        review(response, {answer(response).pk: Verdict(Decision.APPROVED)}, by, AT)


def test_publishing_is_turned_on_and_off_by_those_who_may_and_told(survey, reviewer):
    officer = factories.make_user("responses.view_response", "responses.change_publishing")
    with pytest.raises(PermissionDenied):
        set_publishing(survey, reviewer, AT, is_on=True)
    with pytest.raises(ReviewError, match="2 or more"):
        set_publishing(survey, officer, AT, is_on=True, smallest=1)
    set_publishing(survey, officer, AT, is_on=True, smallest=10)
    assert Publishing.objects.get().smallest == 10
    set_publishing(survey, officer, AT, is_on=False)
    assert not Publishing.objects.exists()
    assert AuditRecord.objects.filter(act="publishing of responses set").count() == 2
