"""Two camps within a theme are told apart by a few words and those before them."""

from __future__ import annotations

import pytest

from folkmoot.texts.stance import Stance, tone_of, wish_of
from folkmoot.texts.wording import words

POLICE = {"police", "officer"}


@pytest.mark.parametrize(
    "text",
    [
        "More police on the streets",
        "We need visible police officers",
        "There are not enough police",
        "I support a larger police force",
        "Do not cut police numbers",
        "Lack of police in our area",
        "Bring back local police",
    ],
)
def test_asking_for_more_is_in_favour(text: str) -> None:
    assert wish_of(words(text), POLICE) is Stance.FOR


@pytest.mark.parametrize(
    "text",
    [
        "Fewer police on the streets",
        "We do not need more police",
        "No more police",
        "Defund the police",
        "There are too many police officers here",
        "I am against armed police",
        "Less money for police",
    ],
)
def test_asking_for_less_is_against(text: str) -> None:
    assert wish_of(words(text), POLICE) is Stance.AGAINST


@pytest.mark.parametrize(
    "text",
    ["The police came on Tuesday", "More trees in the park", "", "Police stop and search my son"],
)
def test_saying_neither_is_on_no_side(text: str) -> None:
    assert wish_of(words(text), POLICE) is None


def test_nobody_wishes_for_more_of_a_harm() -> None:
    assert wish_of(words("There is more crime than ever"), {"crime"}) is None


@pytest.mark.parametrize(
    "text",
    [
        "The staff were friendly and helpful",
        "No problems at all",
        "It couldn't be better",
        "Nothing could be improved",
        "Nothing could have been better",
        "No, always excellent nurses",
        "Absolutely nothing, everyone was amazing",
        "Not sure but good service",
        "I could not fault the care",
        "Not bad",
    ],
)
def test_praise_is_told_from_complaint(text: str) -> None:
    assert tone_of(words(text)) is Stance.PRAISE


@pytest.mark.parametrize(
    "text",
    [
        "The staff were rude",
        "The receptionist was not very helpful",
        "Waiting times could be better",
        "The wait was too long",
        "Parking is a problem and expensive",
    ],
)
def test_complaint_is_told_from_praise(text: str) -> None:
    assert tone_of(words(text)) is Stance.COMPLAINT


def test_as_much_praise_as_complaint_is_neither() -> None:
    assert tone_of(words("Friendly staff but slow service")) is None
    assert tone_of(words("I came on Tuesday")) is None
