"""What changed between two texts: hand-sized cases, and what holds of any two."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.core.comparison import (
    Change,
    Edit,
    Part,
    Passage,
    Row,
    compare_part,
    compare_parts,
    compare_passages,
    compare_words,
    joined,
    passages,
    words_of,
)

KEPT, ADDED, REMOVED, REWORDED = Change.KEPT, Change.ADDED, Change.REMOVED, Change.REWORDED


def words(text: str) -> list[str]:
    return list(words_of(text))


WORDS = st.lists(st.sampled_from(words("the police will patrol streets at night and listen")))
TEXTS = st.lists(WORDS.filter(bool).map(lambda words: Passage("paragraph", tuple(words))))


def paragraphs(*texts: str) -> list[Passage]:
    return [Passage("paragraph", words_of(text)) for text in texts]


def told(edits: Iterable[Edit]) -> list[tuple[str, str]]:
    return [(edit.change.value, joined(edit.words)) for edit in edits]


def part(key: str, *texts: str, number: str = "1", title: str = "A section") -> Part:
    html = "".join(f"<p>{text}</p>" for text in texts)
    return Part(key, number, title, key, html)


def test_only_the_changed_words_of_a_sentence_are_marked() -> None:
    old = words("Each ward keeps at least two officers of its own.")
    new = words("Each ward keeps at least three officers of its own.")
    assert told(compare_words(old, new)) == [
        ("Unchanged", "Each ward keeps at least"),
        ("Taken out", "two"),
        ("Added", "three"),
        ("Unchanged", "officers of its own."),
    ]


def test_a_lone_word_between_two_changes_is_told_with_them() -> None:
    old, new = words("money for the youth"), words("grants to the young")
    assert told(compare_words(old, new)) == [
        ("Taken out", "money for the youth"),
        ("Added", "grants to the young"),
    ]


def test_a_longer_run_between_two_changes_stays_unchanged() -> None:
    old = words("Nobody here is ever left to guess now")
    new = words("People there is ever left to wonder soon")
    assert told(compare_words(old, new))[2] == ("Unchanged", "is ever left to")


def test_reworded_passage_stands_beside_what_it_was_and_new_ones_alone() -> None:
    old = paragraphs(
        "Officers will keep taking knives off the street.", "Schools are given a named officer."
    )
    new = paragraphs(
        "A new promise comes first.",
        "Officers will keep taking knives and blades off the street.",
        "Schools are given a named officer.",
    )
    rows = compare_passages(old, new)
    assert [row.change for row in rows] == [ADDED, REWORDED, KEPT]
    assert told(rows[1].edits)[1] == ("Added", "and blades")


def test_passages_that_share_little_are_not_one_reworded() -> None:
    rows = compare_passages(
        paragraphs("We will pay for advocates who stay with victims."),
        paragraphs("Borough commanders publish their hours each quarter."),
    )
    assert [row.change for row in rows] == [REMOVED, ADDED]


def test_pairs_follow_the_order_and_take_the_likest() -> None:
    old = paragraphs("one two three four five", "six seven eight nine ten")
    new = paragraphs("one two three four x", "one two three y five z", "six seven eight nine y")
    rows = compare_passages(old, new)
    assert [row.change for row in rows] == [REWORDED, ADDED, REWORDED]
    assert rows[0].new == new[0]


def test_a_clause_added_after_a_word_leaves_the_word_alone() -> None:
    old, new = words("Patrols follow the places."), words("Patrols follow the places, on foot.")
    assert told(compare_words(old, new)) == [
        ("Unchanged", "Patrols follow the places"),
        ("Added", ", on foot"),
        ("Unchanged", "."),
    ]


@given(st.text(alphabet="ab,.!? \n"))
def test_words_joined_again_are_the_text_but_for_its_spaces(text: str) -> None:
    assert "".join(joined(words_of(text)).split()) == "".join(text.split())


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_rows(old: list[Passage], new: list[Passage]) -> None:
    rows = compare_passages(old, new)
    assert [row.old for row in rows if row.old] == old
    assert [row.new for row in rows if row.new] == new
    for row in rows:
        before = [word for edit in row.edits if edit.change is not ADDED for word in edit.words]
        after = [word for edit in row.edits if edit.change is not REMOVED for word in edit.words]
        assert tuple(before) == (row.old.words if row.old else ())
        assert tuple(after) == (row.new.words if row.new else ())


@given(TEXTS)
def test_a_text_has_not_changed_from_itself(text: list[Passage]) -> None:
    assert all(row.change is KEPT for row in compare_passages(text, text))


@given(TEXTS, TEXTS)
def test_a_passage_that_says_the_same_is_never_called_reworded(
    old: list[Passage], new: list[Passage]
) -> None:
    for row in compare_passages(old, new):
        assert (row.change is KEPT) == bool(row.old and row.new and row.old.words == row.new.words)


@given(TEXTS, TEXTS)
def test_what_was_added_one_way_was_removed_the_other(
    old: list[Passage], new: list[Passage]
) -> None:
    """Only in number of words: which of two equal words was kept may differ."""

    def count(rows: Iterable[Row], change: Change) -> int:
        return sum(len(e.words) for row in rows for e in row.edits if e.change is change)

    rows = compare_passages(old, new)
    growth = sum(len(p.words) for p in new) - sum(len(p.words) for p in old)
    assert count(rows, ADDED) - count(rows, REMOVED) == growth


def test_html_becomes_passages_by_kind() -> None:
    html = (
        "<h2>On the street</h2><div><p>We <b>will</b> <a href='/x/'>patrol</a>&amp; listen.<br>"
        "Every night.</p><ul><li>one</li><li><p>two</p></li></ul></div>"
        "<figure><img src='a.png' alt='A map'><figcaption>Where</figcaption></figure>loose"
    )
    assert [(each.kind, joined(each.words)) for each in passages(html)] == [
        ("heading", "On the street"),
        ("paragraph", "We will patrol& listen. Every night."),
        ("bullet", "one"),
        ("bullet", "two"),
        ("picture", "A map"),
        ("paragraph", "Where"),
        ("paragraph", "loose"),
    ]


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<li>",
                "</ul>",
                "<br>",
                "a < b",
                "word",
                "&lt;p&gt;",
                " ",
            ]
        )
    )
)
def test_no_tag_of_any_html_becomes_a_word(pieces: list[str]) -> None:
    found = [word for passage in passages("".join(pieces)) for word in passage.words]
    for tag in ("<p>", "</p>", "<b>", "</b>", "<li>", "</ul>", "<br>"):
        # What was written as &lt;p&gt; are the letters of a tag, and stays text.
        written = "".join(pieces).count("&lt;p&gt;") if tag == "<p>" else 0
        assert "".join(found).count(tag) <= written


@pytest.mark.parametrize(
    ("html", "other"),
    [
        ("<p>We patrol.</p>", "<p>We <b>patrol</b>.</p>"),
        ("<p><a href='/a/'>We</a> patrol.</p>", "<p><a href='/b/'>We</a> patrol.</p>"),
        ("<p>We patrol.</p>", "<ul><li>We\n  patrol.</li></ul>"),
    ],
)
def test_words_are_compared_and_nothing_else(html: str, other: str) -> None:
    old, new = Part("a", "1", "A", "a", html), Part("a", "1", "A", "a", other)
    assert compare_part(old, new).change is KEPT


def test_sections_are_known_by_key_then_by_slug() -> None:
    old = [part("a", "One.", number="1"), part("b", "Two.", number="2"), part("c", "Three.")]
    new = [
        part("n", "New."),
        part("b", "Two.", number="3", title="Another"),
        part("a", "One more."),
    ]
    compared = compare_parts(old, new)
    assert [(each.current.key, each.change) for each in compared] == [
        ("n", ADDED),
        ("b", KEPT),
        ("c", REMOVED),
        ("a", REWORDED),
    ]
    kept = compared[1]
    assert kept.is_renumbered
    assert kept.is_renamed
    assert not kept.is_as_before
    moved = Part("other", "1", "A section", "a", "<p>One.</p>")
    assert compare_parts([part("a", "One.")], [moved])[0].change is KEPT


def test_section_that_went_first_stands_first() -> None:
    compared = compare_parts([part("a", "One."), part("b", "Two.")], [part("b", "Two.")])
    assert [each.change for each in compared] == [REMOVED, KEPT]


def test_passages_of_a_section_are_counted_by_what_became_of_them() -> None:
    old = part("a", "We patrol the streets every night.", "Gone for good.")
    new = part("a", "We patrol the streets every day.", "Money is given to schools.", "And more.")
    compared = compare_part(old, new)
    assert [compared.passages(change) for change in (ADDED, REMOVED, REWORDED)] == [2, 1, 1]


def test_a_rewritten_run_too_long_to_pair_is_told_whole() -> None:
    old = paragraphs(*(f"a{n} b{n} c{n} d{n}" for n in range(720)))
    new = paragraphs(*(f"a{n} b{n} c{n} x{n}" for n in range(720)))
    rows = compare_passages(old, new)
    assert [row.change for row in rows] == [REMOVED] * 720 + [ADDED] * 720
