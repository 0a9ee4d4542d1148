"""A theme's two camps are counted, and a theme of one mind has none."""

from __future__ import annotations

from folkmoot.texts.sides import Side, Voice, sides_of
from folkmoot.texts.stance import Stance
from folkmoot.texts.wording import words

MORE = "We need more police on our estate"
FEWER = "There should be fewer police here"
FRIENDLY = "The staff were friendly and kind"
RUDE = "The staff were rude to my mother"
NEITHER = "I went to the station on Tuesday"


def voices(*said: tuple[str, int]) -> list[Voice]:
    return [Voice(row, words(text), answers) for row, (text, answers) in enumerate(said)]


def test_those_for_more_are_told_from_those_for_less_with_their_answers() -> None:
    said = voices((NEITHER, 4), (FEWER, 5), (MORE, 30), (FEWER + " please", 1))
    assert sides_of(said, {"police"}) == (
        Side(Stance.FOR, 30, (2,), "police"),
        Side(Stance.AGAINST, 6, (1, 3), "police"),
    )


def test_more_of_one_thing_and_less_of_another_are_no_camps() -> None:
    said = voices((MORE, 10), ("We want less noise from the bars", 10))
    assert sides_of(said, {"police", "bar"}) == ()


def test_praise_is_set_against_complaint_where_nobody_asks_for_anything() -> None:
    said = voices((FRIENDLY, 10), (RUDE, 10), (NEITHER, 10))
    assert [(side.stance, side.size) for side in sides_of(said, {"staff"})] == [
        (Stance.COMPLAINT, 10),
        (Stance.PRAISE, 10),
    ]


def test_a_theme_of_one_mind_has_no_sides() -> None:
    assert sides_of(voices((MORE, 30), (NEITHER, 5)), {"police"}) == ()
    assert sides_of([], {"police"}) == ()


def test_a_stray_good_or_bad_among_proposals_makes_no_camp() -> None:
    assert sides_of(voices((FRIENDLY, 5), (RUDE, 5), (NEITHER, 30)), {"tram"}) == ()


def test_a_camp_of_a_few_among_very_many_is_not_told_of() -> None:
    assert sides_of(voices((MORE, 900), (FEWER, 20)), {"police"}) == ()
    assert sides_of(voices((MORE, 20), (FEWER, 2)), {"police"}) == ()
