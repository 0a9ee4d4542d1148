"""Phrases that could stand as a label."""

from __future__ import annotations

import pytest

from folkmoot.texts.phrases import Spellings, clauses_of, key_of, phrases_of
from folkmoot.texts.word_classes import stem


def said(text: str) -> set[str]:
    return {" ".join(phrase) for phrase in phrases_of(text)}


def test_a_phrase_is_held_together_by_small_words() -> None:
    found = said("We had to wait, the waiting times for appointments are far too long.")
    assert "waiting times for appointments" in found
    assert not any(
        phrase.startswith(("the ", "for ")) or phrase.endswith("for") for phrase in found
    )


def test_a_phrase_does_not_cross_a_full_stop() -> None:
    assert not any(
        "street safety" in phrase for phrase in said("Police in the street. Safety first")
    )


def test_more_and_better_may_open_a_phrase() -> None:
    assert {"more police", "better lighting"} <= said("We want more police and better lighting")


def test_the_quality_of_a_thing_is_said_before_it() -> None:
    found = said("The staff were very friendly and helpful to us")
    assert {"friendly staff", "helpful staff", "friendly and helpful staff"} <= found


@pytest.mark.parametrize(
    ("word", "singular"),
    [
        ("times", "time"),
        ("parties", "party"),
        ("crashes", "crash"),
        ("police", "police"),
        ("access", "access"),
        ("bus", "bus"),
        ("crisis", "crisis"),
        ("ward's", "ward"),
    ],
)
def test_plurals_are_counted_with_their_singular(word: str, singular: str) -> None:
    assert stem(word) == singular


def test_a_name_keeps_its_capitals_and_a_stray_capital_goes() -> None:
    spellings = Spellings()
    for text in (
        "We in Camden Town like it",
        "All of Camden Town",
        "the wArd staff",
        "The ward Staff",
    ):
        spellings.read(text)
        for written in phrases_of(text):
            spellings.note(key_of(written), written)
    assert spellings.phrase("camden town").text == "Camden Town"
    assert spellings.phrase("ward staff").text == "ward staff"


def test_clauses_are_whole() -> None:
    assert list(clauses_of("Nothing could be better. I am happy, and", 3, 8)) == [
        "nothing could be better",
        "I am happy",
    ]


def test_a_common_word_has_its_capital_within_a_name_only() -> None:
    spellings = Spellings()
    texts = [
        "Lights along Mill Road are broken",
        "Along Mill Road nobody stops",
        "The road is full of holes",
        "That road floods",
        "On this road they race",
    ]
    for text in texts:
        spellings.read(text)
    assert spellings.cased(("mill", "road")) == ("Mill", "Road")
    assert spellings.cased(("road", "holes")) == ("road", "holes")


def test_a_dash_beside_a_word_ends_a_clause_and_one_within_a_word_does_not() -> None:
    found = said("a river walk- restaurants and a co-ordinated plan")
    assert "walk restaurants" not in found
    assert "co-ordinated plan" in found


def test_a_phrase_does_not_end_with_an_owner() -> None:
    found = said("restaurants near the council's offices")
    assert not any(phrase.endswith("'s") for phrase in found if " " in phrase)
