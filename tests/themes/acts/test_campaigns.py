"""Campaigns confirmed, split and released, and how their copies count."""

from __future__ import annotations

import pytest
from tests import factories
from tests.themes.frames import LETTER, make_frame

from folkmoot.accounts.models import AuditRecord
from folkmoot.responses.models import Response
from folkmoot.themes import acts, querysets
from folkmoot.themes.acts.campaigns import confirm_campaign, release_campaign, split_campaign
from folkmoot.themes.models import Campaign

AT = factories.AFTER


@pytest.fixture
def letter(frame):
    return frame.campaigns.get()


@pytest.fixture
def analyst():
    return factories.make_user()


def tally(campaign):
    frame = querysets.with_themes(type(campaign.frame).objects.get(pk=campaign.frame_id))
    return querysets.tallies([frame], AT)[frame.pk]


def theme_of(campaign):
    return campaign.assignments.first().mentions.get(place=1).theme


def test_by_signatory_every_copy_counts(letter, analyst):
    confirm_campaign(letter, "by-signatory", analyst, AT)
    counted = tally(letter)
    theme = theme_of(letter)
    assert counted.copies[theme.pk] == 6
    assert counted.themes[theme.pk] == theme.mentions.count()
    assert (counted.answers, counted.placed) == (19, 18)


def test_counted_once_all_copies_are_one_answer(letter, analyst):
    theme = theme_of(letter)
    before = tally(letter).themes[theme.pk]
    confirm_campaign(letter, "once", analyst, AT)
    counted = tally(letter)
    assert counted.themes[theme.pk] == before - 5
    assert (counted.answers, counted.placed) == (14, 13)
    assert counted.campaigns[letter.pk] == 6


def test_counted_once_it_counts_whoever_of_it_withdraws(letter, analyst):
    confirm_campaign(letter, "once", analyst, AT)
    before = tally(letter).themes
    Response.objects.filter(answers=letter.exemplar).update(standing="withdrawn")
    assert tally(letter).themes == before


def test_a_released_campaign_is_single_answers_again(letter, analyst):
    confirm_campaign(letter, "once", analyst, AT)
    release_campaign(letter, analyst, AT)
    counted = tally(letter)
    assert counted.placed == 18
    assert not counted.copies.total()
    letter.refresh_from_db()
    assert letter.standing == Campaign.Standing.RELEASED
    assert letter.assignments.count() == 6


def test_answers_are_split_off_as_a_letter_of_their_own(letter, analyst):
    chosen = list(letter.assignments.order_by("pk").values_list("pk", flat=True)[:4])
    made = split_campaign(letter, chosen, analyst, AT, is_campaign=True)
    assert (made.number, made.standing) == (2, Campaign.Standing.SUGGESTED)
    assert set(made.assignments.values_list("pk", flat=True)) == set(chosen)
    assert letter.assignments.count() == 2
    letter.refresh_from_db()
    assert letter.exemplar_id in letter.assignments.values_list("answer", flat=True)
    assert made.exemplar.text == LETTER
    assert (letter.identical_share, made.identical_share) == (1, 1)


def test_answers_are_split_off_as_single_ones(letter, analyst):
    chosen = list(letter.assignments.values_list("pk", flat=True)[:4])
    assert split_campaign(letter, chosen, analyst, AT, is_campaign=False) is None
    assert letter.assignments.count() == 2
    assert Campaign.objects.count() == 1


def test_neither_nothing_nor_everything_is_split_off(letter, analyst):
    everything = list(letter.assignments.values_list("pk", flat=True))
    with pytest.raises(acts.ThemesError, match="Leave at least one"):
        split_campaign(letter, everything, analyst, AT, is_campaign=True)
    with pytest.raises(acts.ThemesError, match="Tick the answers"):
        split_campaign(letter, [], analyst, AT, is_campaign=True)
    assert letter.assignments.count() == 6


def test_a_way_of_counting_that_there_is_not_is_refused(letter, analyst):
    with pytest.raises(acts.ThemesError, match="once, or by signatory"):
        confirm_campaign(letter, "twice", analyst, AT)


def test_each_choice_is_recorded_with_who_made_it(letter, analyst):
    confirm_campaign(letter, "once", analyst, AT)
    release_campaign(letter, analyst, AT)
    lines = AuditRecord.objects.filter(act__startswith="campaign").order_by("pk")
    assert [(line.act, line.by) for line in lines] == [
        ("campaign confirmed", analyst),
        ("campaign released", analyst),
    ]
    assert lines[0].after == {"standing": "confirmed", "counting": "once"}


def test_a_campaign_of_former_themes_is_not_reviewed(letter, analyst):
    make_frame(letter.frame.survey)
    with pytest.raises(acts.ThemesError, match="read again"):
        confirm_campaign(letter, "once", analyst, AT)


def test_a_choice_stands_after_another_reading(letter, analyst):
    confirm_campaign(letter, "once", analyst, AT)
    later = make_frame(letter.frame.survey)
    assert later.campaigns.get().counting == Campaign.Counting.ONCE
