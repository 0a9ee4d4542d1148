"""Answers are read once: the same words are one wording, whatever marks stand between them."""

from __future__ import annotations

from folkmoot.texts.reading import Status, read_answers


def test_answers_of_the_same_words_share_a_wording() -> None:
    reading = read_answers(["More police!", "more  POLICE", "Fewer police", None, "👍"])
    assert reading.wording.tolist() == [0, 0, 1, 2, 2]
    assert reading.first.tolist() == [0, 2, 3]
    assert reading.weights().tolist() == [2, 1, 2]
    assert reading.lengths.tolist() == [2, 2, 0]
    assert reading.words_of(1) == ["more", "police"]
    assert reading.words_of(3) == []


def test_an_emoji_is_an_answer_and_nothing_is_none() -> None:
    reading = read_answers(["👍", "", " - ", "n/a", "More police"])
    assert reading.statuses == [
        Status.CANNOT_TELL,
        Status.EMPTY,
        Status.EMPTY,
        Status.CANNOT_TELL,
        Status.ASSIGNED,
    ]


def test_a_word_has_the_same_number_in_every_reading() -> None:
    one, other = read_answers(["more police"]), read_answers(["police here", "more of them"])
    assert one.hashes[one.words[1]] == other.hashes[other.words[0]]
    assert one.hashes[one.words[0]] == other.hashes[other.words[2]]


def test_no_answers_are_read_as_none() -> None:
    reading = read_answers([])
    assert (len(reading.wording), len(reading.first), len(reading.weights())) == (0, 0, 0)
