"""What people found, learnt: suggested for what nobody read, and nothing of theirs touched."""

from __future__ import annotations

import pytest
from tests import factories
from tests.themes.reading import READ, SPOKEN, make_taught, read_on, send_many

from folkmoot.accounts.models import AuditRecord
from folkmoot.themes import acts
from folkmoot.themes.acts.coding import Found, code_answer, take_back
from folkmoot.themes.acts.editing import merge_themes
from folkmoot.themes.acts.learning import learn_suggestions
from folkmoot.themes.acts.working import StoppedError
from folkmoot.themes.models import AssignedTheme, Assignment, Coding, Theme

AT = factories.AFTER
LEFT = len(SPOKEN) - READ


@pytest.fixture
def frame():
    return make_taught()


@pytest.fixture
def analyst():
    return factories.make_user("themes.confirm_themes")


def unread(frame):
    return frame.assignments.filter(readings=0).exclude(status="empty")


def found_by_people():
    """Return all that people found, as it is kept."""
    codings = Coding.objects.order_by("pk").values_list()
    mentions = AssignedTheme.objects.filter(coding__isnull=False).order_by("pk").values_list()
    return list(codings), list(mentions)


def standing(frame):
    return list(
        frame.assignments.order_by("pk").values_list(
            *("answer", "status", "by", "found", "priority", "foretold"),
            *("mentions__theme", "mentions__score", "mentions__nearest", "mentions__stands"),
        )
    )


def test_what_nobody_read_is_suggested_as_people_found_in_others(frame):
    subject_of = {text: subject for subject, text in SPOKEN}
    themes = list(frame.themes.order_by("number"))
    assert learn_suggestions(frame, AT) == LEFT
    right = [
        one.mentions.get(place=1).theme == themes[subject_of[one.answer.text]]
        for one in unread(frame).select_related("answer")
    ]
    assert len(right) == LEFT
    assert sum(right) / LEFT > 0.9


def test_a_suggestion_has_its_probability_and_the_answers_that_led_to_it(frame):
    learn_suggestions(frame, AT)
    read = set(frame.assignments.filter(readings=1).values_list("answer", flat=True))
    for mention in AssignedTheme.objects.filter(assignment__in=unread(frame)):
        assert 0 < mention.score <= 1
        assert 1 <= len(mention.nearest) <= 3
        for answer in mention.nearest:
            assert answer in read
            by_person = AssignedTheme.objects.filter(
                assignment__answer=answer, coding__isnull=False, theme=mention.theme
            )
            assert by_person.exists()


def test_the_words_that_led_to_a_theme_are_those_of_several_answers(frame):
    learn_suggestions(frame, AT)
    words = [set(theme.learnt_words) for theme in frame.themes.order_by("number")]
    assert words[0] & {"officers", "officer", "patrol", "police"}
    assert words[1] & {"youth", "teenagers"}
    assert words[2] & {"lights", "lighting", "dark", "lamps"}


def test_it_stays_a_suggestion_by_machine(frame):
    learn_suggestions(frame, AT)
    assert set(unread(frame).values_list("by", flat=True)) == {"machine"}
    assert not Theme.objects.filter(frame=frame, is_accepted=True).exists()
    frame.refresh_from_db()
    assert frame.is_draft


def test_what_stands_is_kept_beside_the_answer_as_its_mentions_say(frame):
    learn_suggestions(frame, AT)
    for one in frame.assignments.all():
        stands = one.mentions.filter(stands=True).values_list("theme", flat=True)
        assert one.found == " ".join(str(key) for key in sorted(stands))


def test_nothing_that_people_found_is_touched(frame):
    before = found_by_people()
    of_read = list(
        frame.assignments.filter(readings=1).order_by("pk").values_list("status", "by", "found")
    )
    learn_suggestions(frame, AT)
    assert found_by_people() == before
    assert (
        list(
            frame.assignments.filter(readings=1).order_by("pk").values_list("status", "by", "found")
        )
        == of_read
    )


def test_what_the_machine_said_before_a_person_read_stays_beside_their_reading(frame):
    one = frame.assignments.filter(readings=1).first()
    before = list(one.mentions.filter(coding=None).values_list("pk", "theme", "score"))
    learn_suggestions(frame, AT)
    assert list(one.mentions.filter(coding=None).values_list("pk", "theme", "score")) == before


def test_an_answer_that_somebody_reads_meanwhile_stays_as_they_found(frame, analyst):
    one = unread(frame).first()
    theme = frame.themes.get(number=2)
    before = list(one.mentions.values_list("pk", flat=True))

    def read_late(step, share):
        if share > 0.8 and not one.codings.exists():
            code_answer(one, analyst, Found((theme.pk,)), AT)

    assert learn_suggestions(frame, AT, tell=read_late) == LEFT - 1
    one.refresh_from_db()
    assert (one.by, one.found) == ("person", str(theme.pk))
    assert set(before) < set(one.mentions.values_list("pk", flat=True))


def test_a_theme_merged_meanwhile_is_suggested_as_the_one_in_its_place(frame, analyst):
    first, second, _ = frame.themes.order_by("number")

    def merge_late(step, share):
        first.refresh_from_db()
        if share > 0.8 and first.stands_in is None:
            merge_themes(first, second, 1, analyst, AT)

    learn_suggestions(frame, AT, tell=merge_late)
    suggested = AssignedTheme.objects.filter(assignment__in=unread(frame))
    assert not suggested.filter(theme=first).exists()
    assert suggested.filter(theme=second).exists()


def test_the_same_readings_give_the_same_suggestions(frame):
    learn_suggestions(frame, AT)
    first = standing(frame)
    learn_suggestions(frame, AT)
    assert standing(frame) == first


def test_what_is_uncertain_is_read_first_and_copies_of_a_letter_last(frame):
    learn_suggestions(frame, AT)
    priorities = list(unread(frame).order_by("-priority").values_list("priority", flat=True))
    assert priorities[0] == 3
    assert len(set(priorities)) == LEFT


def test_none_of_these_is_learnt_as_well(frame, analyst):
    say = "Council tax went up and nobody asked whether we can pay it"
    sent = send_many(frame.survey, [f"{say}, {number} of us." for number in range(40)])
    Assignment.objects.bulk_create(
        Assignment(frame=frame, answer=answer, status="cannot-tell") for answer in sent
    )
    for one in frame.assignments.filter(answer__text__startswith=say)[:30]:
        code_answer(one, analyst, Found(status="none"), AT)
    learn_suggestions(frame, AT)
    rest = frame.assignments.filter(answer__text__startswith=say, readings=0)
    assert set(rest.values_list("status", "by", "found")) == {("none", "machine", "")}
    # It is what the machine said again when a reading is taken back.
    one = rest.first()
    code_answer(one, analyst, Found(status="cannot-tell"), AT)
    take_back(one.codings.get(), analyst, AT)
    one.refresh_from_db()
    assert one.status == "none"


def test_what_is_foretold_of_an_answer_was_not_learnt_from_it(frame):
    learn_suggestions(frame, AT)
    read = frame.assignments.filter(readings=1)
    assert not read.filter(foretold=None).exists()
    right = [one.found in {str(key) for key in one.foretold} for one in read]
    assert 0.8 < sum(right) / READ <= 1
    assert not unread(frame).exclude(foretold=None).exists()


def test_it_is_recorded_with_what_it_learnt_from(frame, analyst):
    learn_suggestions(frame, AT, analyst)
    frame.refresh_from_db()
    line = AuditRecord.objects.get(act="suggestions learnt")
    assert line.by == analyst
    assert line.after["learnt from"] == frame.learnt_from == READ
    assert line.after["suggested for"] == LEFT
    assert frame.learnt_at == AT
    value, lower, upper = frame.learnt["samples f1"]
    assert 0.7 < lower <= value <= upper <= 1


def test_too_little_is_not_learnt_from():
    frame = make_taught(read=40)
    with pytest.raises(acts.ThemesError, match="People have read 40 answers without dispute"):
        learn_suggestions(frame, AT)
    assert not AssignedTheme.objects.exclude(nearest=None).exists()


def test_one_theme_in_all_answers_teaches_nothing(frame):
    theme = frame.themes.first()
    AssignedTheme.objects.filter(coding__isnull=False).update(theme=theme)
    with pytest.raises(acts.ThemesError, match="too little to learn from"):
        learn_suggestions(frame, AT)


def test_an_erased_answer_is_neither_learnt_from_nor_suggested_for(frame):
    erased = unread(frame).first()
    before = list(erased.mentions.values_list("pk", flat=True))
    for one in (erased, frame.assignments.filter(readings=1).first()):
        type(one.answer).objects.filter(pk=one.answer_id).update(text="")
    assert learn_suggestions(frame, AT) == LEFT - 1
    assert list(erased.mentions.values_list("pk", flat=True)) == before
    frame.refresh_from_db()
    assert frame.learnt_from == READ - 1


def test_learning_again_after_more_was_read_replaces_what_was_learnt(frame, analyst):
    learn_suggestions(frame, AT)
    read_on(frame, 20, by=analyst)
    assert learn_suggestions(frame, AT) == LEFT - 20
    frame.refresh_from_db()
    assert frame.learnt_from == READ + 20
    for one in unread(frame):
        places = sorted(one.mentions.values_list("place", flat=True))
        assert places == list(range(1, len(places) + 1))


def test_stopped_at_any_step_it_leaves_everything_as_it_was(frame):
    before = standing(frame)

    def act(tell):
        learn_suggestions(frame, AT, tell=tell, finish=stop)

    def stop(outcome):
        raise StoppedError

    told = []
    with pytest.raises(StoppedError):
        act(lambda step, share: told.append(share))
    assert told == sorted(told)
    for last in range(len(told)):
        heard = []

        def tell(step, share, last=last, heard=heard):
            heard.append(step)
            if len(heard) > last:
                raise StoppedError

        with pytest.raises(StoppedError):
            act(tell)
        assert standing(frame) == before
    assert not AuditRecord.objects.filter(act="suggestions learnt").exists()
