"""Letters are found again however their senders edited them, and nothing else is."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.texts import Campaign, find_campaigns

Planted = list[tuple[str, str]]
LETTER = "Please keep the front counter of our police station open five days a week for everyone"


def members_of(campaigns: list[Campaign]) -> set[int]:
    return {row for campaign in campaigns for row in campaign.members}


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_edited_letters_are_found_among_other_answers(
    rewritten: Callable[[int, int], Planted], planted: Callable[[int, int], Planted], seed: int
) -> None:
    others = [(text, "") for text, _ in planted(600, seed)]
    answers = [*rewritten(80, seed), *others]
    random.Random(seed).shuffle(answers)
    campaigns = find_campaigns([text for text, _ in answers])
    right = 0
    for campaign in campaigns:
        letters = [answers[row][1] for row in campaign.members]
        right += max(letters.count("0"), letters.count("1"))
    assert right / len(members_of(campaigns)) >= 0.98
    for letter in ("0", "1"):
        found = max(
            sum(answers[row][1] == letter for row in campaign.members) for campaign in campaigns
        )
        assert found / 80 >= 0.95


def test_copies_in_other_capitals_and_marks_are_identical() -> None:
    (campaign,) = find_campaigns([LETTER, LETTER.upper(), f"  {LETTER}!! ", LETTER], min_size=3)
    assert campaign == Campaign((0, 1, 2, 3), 0, 1.0)


def test_identical_share_counts_the_wording_of_the_exemplar() -> None:
    edited = LETTER.replace("everyone", "all of us")
    (campaign,) = find_campaigns([edited, LETTER, LETTER, LETTER], min_size=2)
    assert (campaign.exemplar, campaign.identical_share) == (1, 0.75)


def test_short_answers_that_agree_are_no_campaign() -> None:
    assert find_campaigns(["Nothing, all good"] * 50 + ["More police on the beat"] * 50) == []


def test_a_letter_two_people_sent_is_no_campaign_of_five() -> None:
    assert find_campaigns([LETTER, LETTER]) == []
    assert len(find_campaigns([LETTER, LETTER], min_size=2)) == 1


def test_no_chain_joins_letters_that_share_nothing() -> None:
    # Each is like the next; the first and the last have no three words in common.
    words = [f"word{number}" for number in range(120)]
    steps = [" ".join(words[start : start + 40]) for start in range(0, 81, 10)]
    for campaign in find_campaigns(steps, min_size=2):
        exemplar = set(steps[campaign.exemplar].split())
        for row in campaign.members:
            assert len(exemplar & set(steps[row].split())) >= 20


def test_largest_campaign_comes_first() -> None:
    other = "We ask that ward officers are never again taken away for festivals and protests"
    campaigns = find_campaigns([other] * 5 + [LETTER] * 9)
    assert [len(campaign.members) for campaign in campaigns] == [9, 5]


@pytest.mark.parametrize(("threshold", "min_size"), [(0.0, 5), (1.5, 5), (0.3, 1)])
def test_senseless_settings_are_refused(threshold: float, min_size: int) -> None:
    with pytest.raises(ValueError, match="campaign"):
        find_campaigns([LETTER] * 5, threshold=threshold, min_size=min_size)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from([LETTER, LETTER + " please", "", None, "No", LETTER[:60]]), max_size=30
    )
)
def test_no_answer_is_in_two_campaigns(texts: list[str | None]) -> None:
    campaigns = find_campaigns(texts, min_size=2)
    rows = [row for campaign in campaigns for row in campaign.members]
    assert len(rows) == len(set(rows))
    for campaign in campaigns:
        assert campaign.exemplar in campaign.members
        assert 0 < campaign.identical_share <= 1
