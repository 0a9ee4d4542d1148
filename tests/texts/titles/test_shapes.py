"""A title names a thing, is whole, and reads as English."""

from __future__ import annotations

import pytest

from folkmoot.texts.titles.shapes import (
    as_one,
    as_title,
    common_opening,
    completed,
    is_term,
    shape_worth,
)
from folkmoot.texts.word_classes import Usage

USAGE = Usage()


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("job opening", "fill job opening"),
        ("customer", "customer generate"),
        ("police brief", "officer write brief"),
        ("friendly staff", "staff friendly"),
        ("noise at night", "noise genuinely"),
        ("nurse", "two nurse"),
        ("street light", "nothing light"),
        ("talk about health", "difficult to talk"),
    ],
)
def test_the_name_of_a_thing_is_worth_more_than_an_order_or_half_a_sentence(
    better: str, worse: str
) -> None:
    assert shape_worth(better.split(), USAGE) > shape_worth(worse.split(), USAGE)


def test_more_and_less_open_a_title_and_are_no_adverbs() -> None:
    assert shape_worth(["less", "noise"], USAGE) > shape_worth(["noise", "level"], USAGE)


def test_an_order_becomes_the_name_of_a_deed() -> None:
    assert as_title(["fill", "job", "openings"], USAGE) == ("filling", "job", "openings")
    assert as_title(["clean", "wards"], USAGE) == ("clean", "wards")
    assert as_title(["read"], USAGE) == ("read",)


@pytest.mark.parametrize(
    ("form", "whole", "texts"),
    [
        (
            "class service",
            "first class service",
            ["A first class service!", "It was a first class service", "first class service"],
        ),
        ("litter pick", "litter pick up", ["A litter pick up day", "We want litter pick up"]),
        (
            "street lights",
            "street lights",
            ["street lights on", "the street lights", "street lights"],
        ),
        ("suggestions", "no suggestions", ["No suggestions", "I have no suggestions"]),
        ("friendly staff", "friendly staff", ["The staff were friendly"]),
    ],
)
def test_a_phrase_takes_the_small_word_that_it_is_never_said_without(
    form: str, whole: str, texts: list[str]
) -> None:
    assert completed(form.split(), as_one(texts)) == tuple(whole.split())


def test_a_term_is_a_thing_with_or_without_its_qualities() -> None:
    assert is_term(["minimum", "wage"], USAGE)
    assert is_term(["swimming", "pool"], USAGE)
    assert not is_term(["customer", "generate"], USAGE)
    assert not is_term(["care", "genuinely"], USAGE)


def test_statements_that_begin_alike_are_named_by_their_beginning() -> None:
    ages = [f"I am between {age} and {age + 4} years old." for age in (15, 20, 25, 30)]
    assert common_opening(ages) == "I am between …"
    assert common_opening([*ages, "Are you over sixty?"]) == "I am between …"
    assert common_opening(ages[:3]) == ""
    assert common_opening(["More police", "Fewer cars", "More trees", "Safer streets"]) == ""
