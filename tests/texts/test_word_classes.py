"""Words are told apart as things, qualities and deeds by how they are used."""

from __future__ import annotations

import pytest

from folkmoot.texts.phrases import clauses_in
from folkmoot.texts.word_classes import Usage, WordClass, gerund, is_adverb, listed_class, stem


def usage_of(*texts: str) -> Usage:
    usage = Usage()
    for text in texts:
        for written in clauses_in(text):
            lower = [word.casefold() for word in written]
            usage.read(lower, [stem(word) for word in lower])
    return usage


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("street", WordClass.THING),
        ("parking", WordClass.THING),
        ("cable", WordClass.THING),
        ("representatives", WordClass.THING),
        ("friendly", WordClass.QUALITY),
        ("reachable", WordClass.QUALITY),
        ("generate", WordClass.DEED),
        ("generates", WordClass.DEED),
        ("carries", WordClass.DEED),
        ("written", WordClass.DEED),
    ],
)
def test_a_word_that_is_met_nowhere_is_what_lists_and_endings_say(
    word: str, kind: WordClass
) -> None:
    assert listed_class(word) is kind
    assert Usage().kind(word) is kind


def test_a_word_is_what_it_is_used_as_here() -> None:
    things = usage_of("the wait", "a wait at the desk", "your wait was long", "no wait", "the wait")
    deeds = usage_of("we wait here", "I wait", "They wait, we wait", "you wait at the desk")
    assert things.kind("wait") is WordClass.THING
    assert deeds.kind("wait") is WordClass.DEED
    qualities = usage_of("it was grim", "Very grim and cold", "so grim", "The ward is grim")
    assert qualities.kind("grim") is WordClass.QUALITY


def test_a_few_signs_or_signs_that_disagree_leave_it_to_the_lists() -> None:
    assert usage_of("we street the thing").kind("street") is WordClass.THING
    mixed = usage_of("the fill", "a fill", "my fill", "we fill", "they fill", "you fill")
    assert mixed.kind("fill") is WordClass.DEED


def test_a_plural_of_a_quality_is_a_thing() -> None:
    usage = Usage()
    assert usage.kind_of_form("helpful") is WordClass.QUALITY
    assert usage.kind_of_form("olds") is WordClass.THING
    assert usage.kind_of_form("carers") is WordClass.THING


@pytest.mark.parametrize(
    ("deed", "named"),
    [
        ("fill", "filling"),
        ("write", "writing"),
        ("cut", "cutting"),
        ("die", "dying"),
        ("empty", "emptying"),
        ("agree", "agreeing"),
        ("read", "reading"),
        ("stop", "stopping"),
        ("pay", "paying"),
    ],
)
def test_a_deed_is_named_by_its_gerund(deed: str, named: str) -> None:
    assert gerund(deed) == named


def test_an_adverb_is_told_from_names_that_end_alike() -> None:
    assert all(is_adverb(word) for word in ("genuinely", "quickly", "very"))
    assert not any(is_adverb(word) for word in ("family", "friendly", "fly", "street"))
