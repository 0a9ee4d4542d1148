"""Codes are learnt from what people coded, suggested with reasons, and never lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable

import pytest

from folkmoot.texts.coding import Coder, CodingError, Status, learn_codes, next_to_code

Planted = list[tuple[str, str]]


@pytest.fixture(scope="module")
def answers(planted: Callable[[int, int], Planted]) -> Planted:
    """Return answers with a code each, and every fourth with that of its neighbour as well."""
    made = planted(260, 5)
    joined = []
    for at, (text, code) in enumerate(made):
        other, its_code = made[at - 1]
        both = at % 4 == 0 and its_code != code
        joined.append((f"{text}. {other}", f"{code}; {its_code}") if both else (text, code))
    return joined


@pytest.fixture(scope="module")
def coder(answers: Planted) -> Coder:
    """Return what was learnt from 160 of them."""
    return learn_codes(*zip(*answers[:160], strict=True))


def test_planted_codes_are_found_in_answers_that_were_not_learnt_from(
    coder: Coder, answers: Planted
) -> None:
    rest = answers[160:]
    suggested = coder.suggest([text for text, _ in rest])
    right = [
        {code.name for code in each.codes} == set(codes.split("; "))
        for each, (_, codes) in zip(suggested, rest, strict=True)
    ]
    assert sum(right) / len(right) > 0.8


def test_figures_are_measured_on_answers_left_out_and_have_an_interval(coder: Coder) -> None:
    quality = coder.quality
    assert quality is not None
    assert quality.answers == 160
    assert quality.folds == 5
    for estimate in (quality.samples_f1, quality.micro_f1, quality.macro_f1):
        assert 0.7 < estimate.lower <= estimate.value <= estimate.upper <= 1
    assert quality.brier < quality.brier_of_shares
    assert sum(row.suggestions for row in quality.reliability) == 160 * len(coder.learnt)
    assert quality.top3_recall > 0.95


def test_codes_by_chance_have_the_figures_of_chance() -> None:
    chance = random.Random(3)
    texts = [" ".join(chance.choices(["road", "bus", "park", "lamp"], k=5)) for _ in range(80)]
    quality = learn_codes(texts, [chance.choice(["left", "right"]) for _ in texts]).quality
    assert quality is not None
    assert quality.samples_f1.value < 0.75
    assert quality.brier > 0.2


def test_each_suggestion_names_its_words_and_the_nearest_coded_answers(
    coder: Coder, answers: Planted
) -> None:
    text = "Victims should be kept informed about the case by one contact"
    (suggestion,) = coder.suggest([text])
    best = suggestion.codes[0]
    assert best.name == "victims"
    assert best.probability > 0.5
    assert best.words
    assert all(word in text.casefold() for words in best.words for word in words.split())
    assert all("victims" in answers[row][1] for row in best.nearest)
    assert len(best.nearest) == 3


def test_answers_that_say_nothing_get_no_code_and_are_not_lost(coder: Coder) -> None:
    suggested = coder.suggest(["", None, "see above", "???", "more officers on foot"])
    assert [each.status for each in suggested] == [
        Status.EMPTY,
        Status.EMPTY,
        Status.CANNOT_TELL,
        Status.EMPTY,
        Status.SUGGESTED,
    ]
    assert [bool(each.codes) for each in suggested] == [False, False, False, False, True]


def test_codes_with_too_few_examples_are_named_and_count_as_missed(answers: Planted) -> None:
    texts, codes = zip(*answers[:100], strict=True)
    rare = [f"{cell}; Sheep" if at < 4 else cell for at, cell in enumerate(codes)]
    coder = learn_codes(texts, rare)
    assert [code.name for code in coder.not_learnt] == ["Sheep"]
    assert coder.quality is not None
    assert coder.quality.codes[-1] is None
    whole = learn_codes(texts, codes).quality
    assert whole is not None
    assert coder.quality.macro_f1.value < whole.macro_f1.value


def test_rows_are_those_of_the_table_where_some_are_not_coded(answers: Planted) -> None:
    texts, codes = zip(*answers[:100], strict=True)
    gaps = [cell if at % 2 else "" for at, cell in enumerate(codes)]
    coder = learn_codes(texts, gaps, folds=0)
    assert coder.quality is None
    assert coder.rows == tuple(range(1, 100, 2))
    (suggestion,) = coder.suggest([texts[1]])
    assert suggestion.codes[0].nearest[0] == 1


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ([""] * 30, "No row is coded"),
        (["a"] * 30, "Only one code is used, “a”"),
        (["a", "b"] + [""] * 28, "Only 2 rows are coded"),
        ([f"code {at}" for at in range(30)], "No code is used 5 times"),
    ],
)
def test_too_little_to_learn_from_is_said_in_one_sentence(codes: list[str], says: str) -> None:
    with pytest.raises(CodingError, match=says):
        learn_codes([f"answer {at}" for at in range(30)], codes)


def test_answers_alike_and_answers_very_long_are_learnt_from() -> None:
    texts = ["the same words"] * 30 + ["other words " * 50_000] * 10
    coder = learn_codes(texts, ["a"] * 30 + ["b"] * 10)
    assert coder.suggest(["the same words"])[0].codes[0].name == "a"


def test_what_comes_next_is_unlike_what_was_coded_and_unlike_each_other(coder: Coder) -> None:
    known = "Officers on foot seen on the street near the station"
    texts = [known, "", known + ".", "Sheep on the heath need shearing", "Ferries were late again"]
    order = next_to_code(texts, coder, many=5)
    assert sorted(order) == [0, 1, 2, 3, 4]
    assert set(order[:2]) == {3, 4}
    assert order[-1] == 1
    assert next_to_code([], coder) == []


def test_without_a_coder_the_answers_that_differ_most_come_first() -> None:
    texts = ["police on foot", "police on foot!", "the food was cold"]
    assert next_to_code(texts, many=2) == [0, 2]


def test_the_result_is_the_same_on_any_number_of_cores() -> None:
    programme = (
        "from folkmoot.texts.coding import learn_codes\n"
        "texts = [f'{w} is what we need at number {n}' for n in range(20)"
        " for w in ('more police', 'less noise', 'warm food')]\n"
        "coder = learn_codes(texts, ['police; safety', 'noise', 'food'] * 20)\n"
        "print(coder.quality, coder.suggest(texts[:9] + ['police and noise']))\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", programme],
            env=os.environ | {"OMP_NUM_THREADS": cores, "OPENBLAS_NUM_THREADS": cores},
            check=True,
            capture_output=True,
        ).stdout
        for cores in ("1", "2", "4")
    }
    assert len(printed) == 1


def test_what_is_foretold_of_a_coded_answer_was_learnt_from_the_others(answers: Planted) -> None:
    single = [(text, code) for text, code in answers if ";" not in code][:80]
    texts, codes = zip(*single, strict=True)
    other = next(code for code in codes if code != codes[7])
    slipped = [*codes[:7], other, *codes[8:]]
    foretold = learn_codes(texts, slipped).foretold
    assert foretold is not None
    assert len(foretold) == 80
    # Learnt from itself it would repeat the slip.
    assert foretold[7] == (codes[7],)


def test_without_cross_validation_nothing_is_foretold(answers: Planted) -> None:
    assert learn_codes(*zip(*answers[:60], strict=True), folds=0).foretold is None


def test_an_answer_between_two_codes_is_in_more_doubt_than_one_of_the_same_words(
    coder: Coder, answers: Planted
) -> None:
    known, unknown = coder.suggest([answers[1][0], "Something else entirely: a zebra."])
    assert known.likeness == pytest.approx(1, abs=0.001)
    assert unknown.likeness < known.likeness
    assert known.doubt < unknown.doubt


def test_learning_tells_its_steps_and_ends_where_one_of_them_raises(answers: Planted) -> None:
    texts, codes = zip(*answers[:60], strict=True)
    told: list[float] = []
    learn_codes(texts, codes, tell=lambda step, share: told.append(share))
    assert told == sorted(told)
    assert len(told) == 6

    def stop(step: str, share: float) -> None:
        if share > 0.3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        learn_codes(texts, codes, tell=stop)
