"""Answers claimed, coded, taken back and resolved; readers are blind to each other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.themes.frames import make_frame

from folkmoot.accounts.models import AuditRecord
from folkmoot.themes import acts
from folkmoot.themes.acts import coding, editing
from folkmoot.themes.acts.coding import Found
from folkmoot.themes.acts.double import draw_double
from folkmoot.themes.coding import Order
from folkmoot.themes.models import AssignedTheme, Assignment, Coding

AT = factories.AFTER


@pytest.fixture
def ada():
    return factories.make_user()


@pytest.fixture
def ben():
    return factories.make_user()


@pytest.fixture
def themes(frame):
    return list(frame.themes.order_by("number"))


@pytest.fixture
def answer(frame, themes):
    """An answer that the machine puts in the first theme alone."""
    alone = frame.assignments.exclude(mentions__place=2)
    return alone.filter(mentions__theme=themes[0], campaign=None).order_by("pk").first()


def found(*themes, **more):
    return Found(themes=tuple(theme.pk for theme in themes), **more)


def standing(answer):
    answer.refresh_from_db()
    mentions = AssignedTheme.objects.filter(assignment=answer, stands=True).order_by("place")
    return answer.status, answer.by, [each.theme for each in mentions]


def test_a_persons_reading_stands_before_the_machines(answer, themes, ada):
    coding.code_answer(answer, ada, found(themes[1], themes[2]), AT)
    assert standing(answer) == ("assigned", "person", [themes[1], themes[2]])


def test_what_the_machine_suggested_is_kept_beside_it(answer, themes, ada):
    coding.code_answer(answer, ada, found(themes[1]), AT)
    kept = AssignedTheme.objects.get(assignment=answer, coding=None)
    assert (kept.theme, kept.stands) == (themes[0], False)


@pytest.mark.parametrize("status", ["none", "cannot-tell"])
def test_none_of_these_and_cannot_tell_are_kept_apart(answer, ada, status):
    coding.code_answer(answer, ada, Found(status=status), AT)
    assert standing(answer) == (status, "person", [])


def test_two_who_differ_leave_it_as_the_machine_suggests_until_it_is_resolved(
    answer, themes, ada, ben
):
    coding.code_answer(answer, ada, found(themes[1]), AT)
    coding.code_answer(answer, ben, found(themes[2]), AT)
    assert standing(answer) == ("assigned", "machine", [themes[0]])
    assert answer.in_dispute
    coding.resolve(answer, factories.make_user(), found(themes[2]), AT)
    assert standing(answer) == ("assigned", "resolved", [themes[2]])
    assert not answer.in_dispute


def test_two_who_agree_stand(answer, themes, ada, ben):
    coding.code_answer(answer, ada, found(themes[1], themes[2]), AT)
    coding.code_answer(answer, ben, found(themes[2], themes[1]), AT)
    assert standing(answer)[:2] == ("assigned", "person")
    assert answer.readings == 2


def test_two_themes_that_were_merged_are_one_finding(frame, answer, themes, ada, ben):
    coding.code_answer(answer, ada, found(themes[1]), AT)
    coding.code_answer(answer, ben, found(themes[2]), AT)
    editing.merge_themes(themes[2], themes[1], 1, ada, AT)
    answer.refresh_from_db()
    assert not answer.in_dispute
    assert answer.by == Assignment.By.PERSON


def test_a_theme_merged_while_the_form_was_open_is_the_one_in_its_place(answer, themes, ada):
    editing.merge_themes(themes[2], themes[1], 1, ada, AT)
    coding.code_answer(answer, ada, found(themes[2], themes[1]), AT)
    assert standing(answer)[2] == [themes[1]]


def test_somebody_changes_their_own_reading(answer, themes, ada):
    coding.code_answer(answer, ada, found(themes[1]), AT)
    coding.code_answer(answer, ada, found(themes[2]), AT)
    assert standing(answer)[2] == [themes[2]]
    assert Coding.objects.count() == 1


def test_a_third_reader_is_told_that_two_were_before(answer, themes, ada, ben):
    coding.code_answer(answer, ada, found(themes[1]), AT)
    coding.code_answer(answer, ben, found(themes[1]), AT)
    with pytest.raises(acts.ThemesError, match="Two others have read"):
        coding.code_answer(answer, factories.make_user(), found(themes[1]), AT)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (Found(), "Choose at least one theme"),
        (Found(status="both"), "Choose themes"),
        (Found(themes=(10**9,)), "is not of this question"),
        (Found(status="none", quotation="words that nobody wrote"), "do not stand in the answer"),
        (Found(status="none", note="x" * 501), "has 501 characters"),
    ],
)
def test_what_cannot_be_kept_changes_nothing(answer, ada, given, sentence):
    with pytest.raises(acts.ThemesError, match=sentence):
        coding.code_answer(answer, ada, given, AT)
    assert not Coding.objects.exists()


def test_themes_and_none_of_these_together_are_refused(answer, themes, ada):
    with pytest.raises(acts.ThemesError, match="either themes"):
        coding.code_answer(answer, ada, found(themes[0], status="none"), AT)


def test_an_answer_that_says_nothing_is_not_coded(frame, themes, ada):
    with pytest.raises(acts.ThemesError, match="says nothing"):
        coding.code_answer(frame.assignments.get(status="empty"), ada, found(themes[0]), AT)


def test_a_quotation_is_kept_as_its_place(answer, themes, ada):
    said = " ".join(answer.answer.text.split()[1:4])
    kept = coding.code_answer(answer, ada, found(themes[0], quotation=said.upper()), AT)
    assert answer.answer.text[kept.quote_start : kept.quote_end] == said


def test_a_reading_is_taken_back_and_the_machine_stands_again(answer, themes, ada):
    kept = coding.code_answer(answer, ada, found(themes[1], note="Odd"), AT)
    given = coding.take_back(kept, ada, AT)
    assert given == found(themes[1], note="Odd")
    assert standing(answer) == ("assigned", "machine", [themes[0]])
    assert answer.claim.coder == ada


def test_nobody_takes_back_what_another_found(answer, themes, ada, ben):
    kept = coding.code_answer(answer, ada, found(themes[1]), AT)
    with pytest.raises(acts.ThemesError, match="Only your own"):
        coding.take_back(kept, ben, AT)


def test_what_was_resolved_is_neither_changed_nor_taken_back(answer, themes, ada, ben):
    kept = coding.code_answer(answer, ada, found(themes[1]), AT)
    coding.code_answer(answer, ben, found(themes[2]), AT)
    coding.resolve(answer, factories.make_user(), found(themes[2]), AT)
    with pytest.raises(acts.ThemesError, match="has been resolved"):
        coding.take_back(kept, ada, AT)
    with pytest.raises(acts.ThemesError, match="has been resolved"):
        coding.code_answer(answer, ada, found(themes[2]), AT)


def test_what_nobody_disputes_is_not_resolved(answer, themes, ada):
    coding.code_answer(answer, ada, found(themes[1]), AT)
    with pytest.raises(acts.ThemesError, match="Nobody differs"):
        coding.resolve(answer, ada, found(themes[1]), AT)


def test_each_reading_is_recorded_without_a_word_of_the_answer(answer, themes, ada):
    said = answer.answer.text
    coding.code_answer(answer, ada, found(themes[1], quotation=said, note="Odd"), AT)
    line = AuditRecord.objects.get(act="answer coded")
    assert (line.by, line.after["themes"]) == (ada, [themes[1].label])
    assert said not in str([line.record_name, line.before, line.after])


def test_the_next_answer_is_the_one_from_which_most_is_learned(frame, ada):
    (first,) = coding.claim_next(frame, ada, AT)
    assert first.priority == max(each.priority for each in frame.assignments.all())
    assert first.status != Assignment.Status.EMPTY


def test_answers_drawn_for_two_come_before_others(frame, ada):
    last = frame.assignments.exclude(status=Assignment.Status.EMPTY).order_by("priority").first()
    frame.assignments.filter(pk=last.pk).update(is_double=True)
    offered = coding.claim_next(frame, ada, AT, many=3)
    assert offered[0] == last
    assert len({each.pk for each in offered}) == 3


def test_in_plain_order_answers_come_as_they_came(frame, ada):
    offered = coding.claim_next(frame, ada, AT, many=10, order=Order.PLAIN)
    assert [each.pk for each in offered] == list(
        frame.assignments.order_by("pk").values_list("pk", flat=True)[:10]
    )


def test_copies_of_a_letter_come_last(frame, ada):
    offered = coding.claim_next(frame, ada, AT, many=14)
    assert sum(each.campaign_id is not None for each in offered) == 1


def test_nobody_is_offered_what_another_has_before_them(frame, ada, ben):
    one = coding.claim_next(frame, ada, AT, many=8)
    other = coding.claim_next(frame, ben, AT, many=8)
    assert len(one) == len(other) == 8
    assert not {each.pk for each in one} & {each.pk for each in other}


def test_somebody_who_reloads_has_the_same_before_them(frame, ada):
    one = coding.claim_next(frame, ada, AT)
    again = coding.claim_next(frame, ada, AT + timedelta(minutes=1))
    assert [each.pk for each in one] == [each.pk for each in again]


def test_a_claim_ends_after_ten_minutes(frame, ada, ben):
    (one,) = coding.claim_next(frame, ada, AT)
    (other,) = coding.claim_next(frame, ben, AT + coding.CLAIMED)
    assert one.pk == other.pk


def test_what_is_left_for_later_is_free_for_others(frame, ada, ben):
    (one,) = coding.claim_next(frame, ada, AT)
    (another,) = coding.claim_next(frame, ada, AT, left=[one.pk])
    assert another.pk != one.pk
    (freed,) = coding.claim_next(frame, ben, AT)
    assert freed.pk == one.pk


def test_a_drawn_answer_comes_to_two_people_and_never_twice_to_one(frame, themes, ada, ben):
    draw_double(frame, 1, ada, AT)
    (one,) = coding.claim_next(frame, ada, AT)
    coding.code_answer(one, ada, found(themes[0]), AT)
    (next_of_ada,) = coding.claim_next(frame, ada, AT)
    (of_ben,) = coding.claim_next(frame, ben, AT)
    assert next_of_ada.pk != one.pk
    assert of_ben.pk == one.pk


def test_an_answer_not_drawn_comes_to_one_person(frame, themes, ada, ben):
    (one,) = coding.claim_next(frame, ada, AT)
    coding.code_answer(one, ada, found(themes[0]), AT)
    offered = coding.claim_next(frame, ben, AT, many=100)
    assert one.pk not in {each.pk for each in offered}
    assert len(offered) == 18


def test_readings_of_a_former_frame_are_not_kept_there(frame, answer, themes, ada):
    make_frame(frame.survey)
    with pytest.raises(acts.ThemesError, match="read again"):
        coding.code_answer(answer, ada, found(themes[0]), AT)
