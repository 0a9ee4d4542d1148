"""Counts of a page, after every act that changes one, beside a plain recount of the records."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from tests import factories

from folkmoot.responses.acts.erasing_people import erase_person
from folkmoot.responses.models import Response, Standing
from folkmoot.themes import acts
from folkmoot.themes.acts.campaigns import confirm_campaign, release_campaign, split_campaign
from folkmoot.themes.acts.coding import Found, code_answer, resolve, take_back
from folkmoot.themes.acts.editing import (
    add_theme,
    describe_theme,
    merge_themes,
    split_theme,
)
from folkmoot.themes.acts.undoing import undo_version
from folkmoot.themes.models import Campaign
from folkmoot.themes.querysets import current_frames, tallies

AT = factories.AFTER


def counted(frame, until=AT):
    (current,) = current_frames(frame.survey).values()
    return tallies([current], until)[current.pk]


def recounted(frame, until=AT):
    """Return the same figures answer by answer from the mentions, as slowly as can be."""
    (current,) = current_frames(frame.survey).values()
    voices = {}
    found = Counter()
    copies = Counter()
    letters = Counter()
    for assignment in current.assignments.select_related("answer__response", "campaign"):
        response = assignment.answer.response
        if response.standing != Standing.STANDS or response.submitted_at >= until:
            continue
        found["read"] += 1
        campaign = assignment.campaign
        if campaign:
            letters[campaign.pk] += 1
        if assignment.status == "empty":
            found["empty"] += 1
            continue
        themes = set()
        for mention in assignment.mentions.filter(stands=True).select_related("theme"):
            root = mention.theme.root
            themes |= {root.pk, *([root.parent_id] if root.parent_id else [])}
        if campaign and campaign.standing != Campaign.Standing.RELEASED:
            copies.update(themes)
        once = campaign and campaign.counting == Campaign.Counting.ONCE
        voice = voices.setdefault(
            ("letter", campaign.pk) if once else assignment.pk, (set(), set())
        )
        voice[0].add(assignment.status)
        voice[1].update(themes)
    mentioned = Counter(theme for _, themes in voices.values() for theme in themes)
    placed = sum("assigned" in statuses for statuses, _ in voices.values())
    return found | Counter(answers=len(voices), placed=placed), mentioned, copies, letters


def assert_counted(frame, until=AT):
    tally = counted(frame, until)
    found, mentioned, copies, letters = recounted(frame, until)
    assert (tally.read, tally.empty) == (found["read"], found["empty"])
    assert (tally.answers, tally.placed) == (found["answers"], found["placed"])
    assert +tally.themes == mentioned
    assert +tally.copies == copies
    assert +tally.campaigns == letters
    assert tally.placed + tally.cannot_tell + tally.none == tally.answers


def theme(frame, number):
    return frame.themes.get(number=number)


def seen(frame):
    frame.refresh_from_db()
    return frame.version


def single(frame):
    return frame.assignments.filter(status="assigned", campaign=None).order_by("pk").first()


def code(frame, by):
    code_answer(single(frame), by, Found(themes=(theme(frame, 3).pk, theme(frame, 2).pk)), AT)


def say_none_of_these(frame, by):
    code_answer(single(frame), by, Found(status="none"), AT)


def dispute(frame, by):
    one = single(frame)
    for reader, number in ((by, 2), (factories.make_user(), 3)):
        code_answer(one, reader, Found(themes=(theme(frame, number).pk,)), AT)


def settle_a_dispute(frame, by):
    dispute(frame, by)
    one = frame.assignments.get(in_dispute=True)
    resolve(one, factories.make_user(), Found(themes=(theme(frame, 3).pk,)), AT)


def take_a_reading_back(frame, by):
    code(frame, by)
    take_back(single(frame).codings.get(), by, AT)


def merge(frame, by):
    merge_themes(theme(frame, 2), theme(frame, 1), seen(frame), by, AT)


def merge_and_undo(frame, by):
    merge_themes(theme(frame, 2), theme(frame, 1), seen(frame), by, AT)
    undo_version(frame.versions.first(), by, AT)


def put_below(frame, by):
    describe_theme(theme(frame, 2), {}, seen(frame), by, AT, parent=theme(frame, 1))


def split(frame, by):
    some = frame.assignments.filter(mentions__theme=theme(frame, 1)).order_by("pk")[:3]
    split_theme(theme(frame, 1), "Officers in cars", [each.pk for each in some], 1, by, AT)


def split_and_undo(frame, by):
    split(frame, by)
    undo_version(frame.versions.first(), by, AT)


def split_and_merge(frame, by):
    split(frame, by)
    merge_themes(theme(frame, 4), theme(frame, 2), seen(frame), by, AT)


def code_with_a_new_theme(frame, by):
    made = add_theme(frame, "Something else", seen(frame), by, AT)
    code_answer(single(frame), by, Found(themes=(made.pk,)), AT)


def count_a_letter_once(frame, by):
    confirm_campaign(frame.campaigns.get(), "once", by, AT)


def code_copies_differently_and_count_them_once(frame, by):
    first, second = frame.assignments.exclude(campaign=None).order_by("pk")[:2]
    code_answer(first, by, Found(status="none"), AT)
    code_answer(second, by, Found(themes=(theme(frame, 3).pk,)), AT)
    confirm_campaign(frame.campaigns.get(), "once", by, AT)


def release(frame, by):
    release_campaign(frame.campaigns.get(), by, AT)


def split_a_letter(frame, by):
    some = frame.assignments.exclude(campaign=None).order_by("pk")[:2]
    split_campaign(frame.campaigns.get(), [each.pk for each in some], by, AT, is_campaign=False)


def withdraw(frame, by):
    Response.objects.filter(pk=single(frame).answer.response_id).update(standing="withdrawn")


def find_duplicates(frame, by):
    some = frame.assignments.order_by("pk")[:3]
    Response.objects.filter(answers__assignments__in=some).update(standing="duplicate")


def erase(frame, by):
    code(frame, by)
    response = single(frame).answer.response
    erase_person(response.reference, "They asked.", AT, by)


def suggest_again(frame, by):
    code(frame, by)
    acts.suggest_themes(frame.survey, "change", AT)


@pytest.mark.parametrize(
    "act",
    [
        code,
        say_none_of_these,
        dispute,
        settle_a_dispute,
        take_a_reading_back,
        merge,
        merge_and_undo,
        put_below,
        split,
        split_and_undo,
        split_and_merge,
        code_with_a_new_theme,
        count_a_letter_once,
        code_copies_differently_and_count_them_once,
        release,
        split_a_letter,
        withdraw,
        find_duplicates,
        erase,
        suggest_again,
    ],
)
def test_after_every_act_the_counts_are_those_of_a_plain_recount(frame, act):
    before = recounted(frame)
    assert_counted(frame)
    act(frame, factories.make_user())
    assert_counted(frame)
    unseen = {merge_and_undo, split_and_undo, take_a_reading_back, dispute, erase, suggest_again}
    assert act in unseen or recounted(frame) != before


def test_a_late_response_is_not_counted_before_its_time(frame):
    last = Response.objects.order_by("submitted_at").last()
    for until in (last.submitted_at, last.submitted_at + timedelta(seconds=1)):
        assert_counted(frame, until)
    assert counted(frame, last.submitted_at).read == counted(frame).read - 1
