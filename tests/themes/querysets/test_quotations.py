"""Which answers are quoted of a theme, and in which order."""

from __future__ import annotations

import pytest
from django.db.models import F
from tests import factories
from tests.themes.frames import LETTER, SAID, make_frame

from folkmoot.responses.models import Response
from folkmoot.themes.acts.campaigns import split_campaign
from folkmoot.themes.acts.coding import Found, code_answer
from folkmoot.themes.acts.editing import merge_themes
from folkmoot.themes.models import AssignedTheme
from folkmoot.themes.querysets import quotations

AT = factories.AFTER


def quoted(frame, number, each=12, questions=("change",)):
    theme = frame.themes.get(number=number).pk
    return quotations([theme], questions, AT, each).get(theme, [])


def response_of(text):
    return Response.objects.filter(answers__text=text)


def test_exemplars_come_first_then_the_nearest_and_letters_last(frame):
    AssignedTheme.objects.update(exemplar_rank=None)
    second = AssignedTheme.objects.filter(assignment__answer__text=SAID[3][2])
    second.update(exemplar_rank=1)
    assert quoted(frame, 3) == [SAID[3][2], SAID[3][0], SAID[3][1], SAID[3][3]]


def test_a_letter_is_quoted_once_and_after_single_answers(frame):
    AssignedTheme.objects.update(exemplar_rank=None)
    assert quoted(frame, 1) == [*SAID[1], LETTER]


def test_a_theme_of_a_letter_alone_quotes_whichever_copy_may_be(frame):
    response_of(LETTER).update(may_be_quoted=False)
    for text in SAID[1]:
        response_of(text).update(may_be_quoted=False)
    assert quoted(frame, 1) == []
    last = response_of(LETTER).order_by("pk").last()
    Response.objects.filter(pk=last.pk).update(may_be_quoted=True)
    assert quoted(frame, 1) == [LETTER]


def test_of_many_nearer_answers_that_may_not_be_quoted_the_first_that_may_is_found(frame):
    AssignedTheme.objects.update(exemplar_rank=None)
    for text in SAID[2][:3]:
        response_of(text).update(may_be_quoted=False)
    assert quoted(frame, 2, each=1) == [SAID[2][3]]


def test_answers_that_people_gave_the_theme_are_quoted_after_the_nearest(frame):
    one = frame.assignments.get(answer__text=SAID[2][0])
    code_answer(one, factories.make_user(), Found(themes=(frame.themes.get(number=3).pk,)), AT)
    assert quoted(frame, 3)[-1] == SAID[2][0]
    assert SAID[2][0] not in quoted(frame, 2)


def test_a_merged_theme_is_quoted_in_the_one_in_its_place(frame):
    second, third = (frame.themes.get(number=number) for number in (2, 3))
    merge_themes(third, second, 1, factories.make_user(), AT)
    assert set(quoted(frame, 2, each=20)) >= {*SAID[2], *SAID[3]}
    assert quoted(frame, 3) == []


def test_two_themes_are_asked_for_at_once(frame, django_assert_num_queries):
    themes = list(frame.themes.values_list("pk", flat=True))
    with django_assert_num_queries(2):
        found = quotations(themes, ["change"], AT, 2)
    assert {theme: len(said) for theme, said in found.items()} == dict.fromkeys(themes, 2)


@pytest.mark.parametrize(
    "change",
    [
        {"may_be_quoted": False},
        {"standing": "withdrawn"},
        {"submitted_at": AT},
    ],
)
def test_nobody_is_quoted_who_may_not_be_or_does_not_count(frame, change):
    Response.objects.update(**change)
    assert quoted(frame, 1) == []


def test_a_question_that_promised_no_quotation_has_none(frame):
    assert quoted(frame, 1, questions=()) == []
    assert quoted(frame, 1, questions=("another",)) == []


def test_the_same_words_are_quoted_once(frame):
    Response.objects.filter(answers__text__in=SAID[2]).update(reference=F("reference"))
    for text in SAID[2][1:]:
        response_of(text).get().answers.update(text=SAID[2][0].upper())
    assert len(quoted(frame, 2, each=3)) == 2  # itself, and that on officers


def test_a_letter_split_into_single_answers_is_quoted_like_them(frame):
    letter = frame.campaigns.get()
    some = [each.pk for each in letter.assignments.order_by("pk")[:2]]
    split_campaign(letter, some, factories.make_user(), AT, is_campaign=False)
    assert quoted(frame, 1).count(LETTER) == 1


def test_frames_apart_do_not_mix():
    first, second = make_frame(), make_frame()
    assert quoted(first, 2) == quoted(second, 2)
