"""Counts that public pages ask for, kept or not, beside a plain count: never an old figure."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from tests import factories

from folkmoot.responses.acts.counting import counted_before, keep_counts, monitored_before
from folkmoot.responses.acts.freezing import erase_equality_answers
from folkmoot.responses.models import (
    Answer,
    CountedAnswers,
    FrozenCount,
    MonitoringAnswer,
    Response,
    Standing,
)

UNTIL = factories.AFTER


@pytest.fixture
def survey(db):
    made, another = factories.make_survey(), factories.make_survey()
    for of in (made, another):
        for place in range(6):
            code = "agree" if place % 2 else "disagree"
            factories.make_response(
                of,
                {"agree": [code], "change": "Lights."},
                monitored={"age-band": "one" if place % 3 else "other"},
            )
    return made


def assert_counted(survey, until=UNTIL):
    counts = {"response__survey": survey, "response__standing": Standing.STANDS}
    in_time = counts | {"response__submitted_at__lt": until}
    plain = Counter(
        (answer.question, tuple(answer.choices)) for answer in Answer.objects.filter(**in_time)
    )
    found = counted_before(survey, until)
    assert _flat(found) == plain
    told = Counter(
        MonitoringAnswer.objects.filter(**in_time).values_list("question", "choice")
    ) + Counter(
        {
            (each.question, each.choice): each.count
            for each in FrozenCount.objects.filter(survey=survey)
        }
    )
    assert _flat(monitored_before(survey, until)) == told


def _flat(found):
    return Counter(
        {
            (key, what): many
            for key, counts in found.items()
            for what, many in counts.items()
            if many
        }
    )


def withdraw(survey):
    first = survey.responses.earliest("pk")
    Response.objects.filter(pk=first.pk).update(standing=Standing.WITHDRAWN)


def come(survey):
    factories.make_response(survey, {"agree": ["neither"]}, monitored={"age-band": "other"})


def remove(survey):
    survey.responses.latest("pk").delete()


def remove_and_come(survey):
    remove(survey)
    come(survey)


def erase_some_equality_answers(survey):
    answers = MonitoringAnswer.objects.filter(response__survey=survey)
    assert erase_equality_answers(survey.pk, answers, 2) == 2


def stand_again(survey):
    withdraw(survey)
    keep_counts(survey)
    survey.responses.update(standing=Standing.STANDS)


@pytest.mark.parametrize("is_kept", [False, True])
@pytest.mark.parametrize(
    "happens",
    [withdraw, come, remove, remove_and_come, erase_some_equality_answers, stand_again],
)
def test_whatever_happens_the_counts_are_those_of_a_plain_count(survey, is_kept, happens):
    if is_kept:
        keep_counts(survey)
    assert_counted(survey)
    happens(survey)
    assert_counted(survey)
    keep_counts(survey)
    assert_counted(survey)


def test_kept_counts_are_used_and_those_that_came_late_taken_off(survey):
    keep_counts(survey)
    last = survey.responses.latest("submitted_at").submitted_at
    for until in (last, last + timedelta(seconds=1), factories.OPENS):
        assert_counted(survey, until)


def test_a_page_writes_no_counts_and_asks_a_fixed_number_of_times(
    survey, django_assert_num_queries
):
    with django_assert_num_queries(3):
        counted_before(survey, UNTIL)
    assert not CountedAnswers.objects.exists()
    keep_counts(survey)
    with django_assert_num_queries(4):
        counted_before(survey, UNTIL)
    with django_assert_num_queries(5):
        monitored_before(survey, UNTIL)
