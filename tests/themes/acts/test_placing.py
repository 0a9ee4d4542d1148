"""Answers that came after the frame was made: each placed, and nothing else touched."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.themes.frames import LETTER
from tests.themes.reading import make_taught

from folkmoot.accounts.models import AuditRecord
from folkmoot.themes import acts
from folkmoot.themes.acts.campaigns import release_campaign
from folkmoot.themes.acts.double import draw_double
from folkmoot.themes.acts.editing import merge_themes
from folkmoot.themes.acts.learning import learn_suggestions
from folkmoot.themes.acts.placing import new_answers, place_answers
from folkmoot.themes.acts.working import StoppedError
from folkmoot.themes.models import AssignedTheme, Assignment

AT = factories.AFTER
NEW = (
    "We want officers to patrol the market on foot.",
    "The street lights by the station are out again.",
)


@pytest.fixture
def analyst():
    return factories.make_user("themes.confirm_themes")


def send(frame, *texts, **fields):
    for text in texts:
        factories.make_response(frame.survey, {"change": text}, **fields)


def themes_of(frame, text):
    mentions = AssignedTheme.objects.filter(assignment__frame=frame, assignment__answer__text=text)
    return [each.theme.label for each in mentions.order_by("place")]


def test_each_goes_into_the_theme_whose_answers_it_is_most_like(frame):
    send(frame, *NEW)
    assert place_answers(frame, AT) == 2
    assert themes_of(frame, NEW[0])[0] == "Officers on foot"
    assert themes_of(frame, NEW[1])[0] == "Lights in the dark"
    placed = frame.assignments.filter(answer__text__in=NEW)
    assert set(placed.values_list("status", "by", "readings")) == {("assigned", "machine", 0)}
    for one in placed:
        stands = one.mentions.filter(stands=True).values_list("theme", flat=True)
        assert one.found == " ".join(str(key) for key in sorted(stands))


def test_they_are_counted_and_none_is_left(frame, analyst):
    send(frame, *NEW, " - ", "No comment")
    assert new_answers(frame, AT).count() == 4
    place_answers(frame, AT, analyst)
    assert not new_answers(frame, AT).exists()
    frame.refresh_from_db()
    assert (frame.answers_read, frame.answers_empty) == (24, 2)
    blank, shrug = (frame.assignments.get(answer=each) for each in last_answers(frame, 2))
    assert (blank.status, shrug.status) == ("empty", "cannot-tell")
    line = AuditRecord.objects.get(act="new answers placed")
    assert (line.by, line.after) == (analyst, {"answers": 4, "empty": 1})


def last_answers(frame, many):
    responses = list(frame.survey.responses.order_by("-pk")[:many])
    return [each.answers.get() for each in reversed(responses)]


def test_nothing_that_was_placed_before_is_touched(frame):
    fields = ("pk", "status", "by", "found", "priority", "campaign")
    before = list(frame.assignments.order_by("pk").values_list(*fields))
    mentions = list(AssignedTheme.objects.order_by("pk").values_list())
    send(frame, *NEW)
    place_answers(frame, AT)
    assert list(frame.assignments.order_by("pk").values_list(*fields))[:20] == before
    assert list(AssignedTheme.objects.order_by("pk").values_list())[: len(mentions)] == mentions


def test_a_copy_of_a_known_letter_joins_its_campaign(frame):
    send(frame, f"Dear Sir or Madam. {LETTER}", *NEW)
    place_answers(frame, AT)
    assert frame.campaigns.get().assignments.count() == 7
    copy = frame.assignments.get(answer__text__startswith="Dear")
    assert copy.priority == 0


def test_a_copy_of_a_released_letter_is_an_answer_like_others(frame, analyst):
    release_campaign(frame.campaigns.get(), analyst, AT)
    send(frame, LETTER)
    place_answers(frame, AT)
    assert frame.assignments.order_by("-pk").first().campaign is None


def test_none_goes_into_a_theme_that_was_merged(frame, analyst):
    officers, club, _ = frame.themes.order_by("number")
    merge_themes(officers, club, 1, analyst, AT)
    send(frame, NEW[0])
    place_answers(frame, AT)
    assert themes_of(frame, NEW[0])[0] == "A club for the young"


def test_where_the_machine_has_learnt_it_places_as_people_found():
    frame = make_taught()
    learn_suggestions(frame, AT)
    frame.refresh_from_db()
    send(frame, *NEW, " - ")
    assert place_answers(frame, AT) == 3
    assert themes_of(frame, NEW[0])[0] == "Officers on foot"
    assert themes_of(frame, NEW[1])[0] == "Lights in the dark"
    for mention in AssignedTheme.objects.filter(assignment__answer__text__in=NEW):
        assert mention.nearest
    assert frame.assignments.order_by("-pk").first().status == "empty"


def test_some_of_them_are_drawn_for_two_readers_by_their_own_lot(frame, analyst):
    draw_double(frame, 1, analyst, AT)
    send(frame, *NEW, " - ")
    place_answers(frame, AT)
    new = frame.assignments.order_by("-pk")[:3]
    assert [each.is_double for each in new] == [False, True, True]


def test_none_is_drawn_where_none_was(frame):
    send(frame, *NEW)
    place_answers(frame, AT)
    assert not frame.assignments.filter(is_double=True).exists()


def test_what_came_too_late_is_not_placed(frame):
    closes = frame.survey.consultation.closes_at
    too_late = closes + frame.survey.grace + timedelta(seconds=1)
    send(frame, NEW[0], submitted_at=too_late)
    with pytest.raises(acts.ThemesError, match="No answer has come since"):
        place_answers(frame, AT)


def test_without_any_new_answer_it_says_so(frame):
    with pytest.raises(acts.ThemesError, match="No answer has come since"):
        place_answers(frame, AT)


def test_placed_twice_at_once_each_stands_once(frame):
    send(frame, *NEW)

    def other_too(step, share):
        if share > 0.85:
            place_answers(frame, AT)

    place_answers(frame, AT, tell=other_too)
    assert frame.assignments.filter(answer__text__in=NEW).count() == 2


def test_stopped_at_any_step_it_leaves_everything_as_it_was(frame):
    send(frame, *NEW)

    def stop(outcome):
        raise StoppedError

    told = []
    with pytest.raises(StoppedError):
        place_answers(frame, AT, tell=lambda step, share: told.append(share), finish=stop)
    assert told == sorted(told)
    for last in range(len(told)):
        heard = []

        def tell(step, share, last=last, heard=heard):
            heard.append(step)
            if len(heard) > last:
                raise StoppedError

        with pytest.raises(StoppedError):
            place_answers(frame, AT, tell=tell)
    assert frame.assignments.count() == 20
    assert Assignment.objects.count() == 20
