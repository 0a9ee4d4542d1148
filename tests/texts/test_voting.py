"""Answers that were not compared with each other follow those most like them."""

from __future__ import annotations

import numpy as np
from threadpoolctl import threadpool_limits

from folkmoot.texts.embedding import exact, unit
from folkmoot.texts.voting import VOTERS, voted


def around(centre: np.ndarray, rows: int, seed: int) -> np.ndarray:
    chance = np.random.default_rng(seed)
    return unit((centre + chance.normal(scale=0.05, size=(rows, 64))).astype(np.float32))


def test_a_row_joins_the_group_of_the_rows_around_it_and_not_of_the_nearest_centre() -> None:
    one, other, far = np.eye(64, dtype=np.float32)[:3]
    # The second group lies in two places, so that its centre is between them.
    voters = np.concatenate([around(one, 40, 1), around(other, 40, 2), around(far, 40, 3)])
    labels = np.repeat([0, 1, 1], 40)
    assert voted(around(far, 30, 4), voters, labels).tolist() == [1] * 30
    assert voted(around(one, 30, 5), voters, labels).tolist() == [0] * 30


def test_the_vote_is_that_of_a_plain_count() -> None:
    chance = np.random.default_rng(7)
    voters = unit(chance.normal(size=(900, 64)).astype(np.float32))
    rows = unit(chance.normal(size=(700, 64)).astype(np.float32))
    labels = chance.integers(0, 5, 900)
    found = voted(rows, voters, labels)
    products = exact(rows).astype(np.int64) @ exact(voters).astype(np.int64).T
    for row in range(0, 700, 7):
        order = np.argsort(-products[row], kind="stable")[:VOTERS]
        votes = np.bincount(labels[order], weights=products[row][order] + 1, minlength=5)
        assert found[row] == int(np.argmax(votes))


def test_fewer_voters_than_are_asked_and_a_row_of_nothing_have_a_group() -> None:
    voters = around(np.eye(64, dtype=np.float32)[0], 4, 1)
    rows = np.concatenate([voters[:1], np.zeros((1, 64), np.float32)])
    assert voted(rows, voters, np.array([1, 1, 0, 1])).tolist() == [1, 1]
    assert voted(rows[:0], voters, np.array([0, 0, 0, 0])).tolist() == []


def test_the_vote_is_the_same_on_any_number_of_cores() -> None:
    chance = np.random.default_rng(3)
    voters = unit(chance.normal(size=(2_000, 64)).astype(np.float32))
    rows = unit(chance.normal(size=(1_500, 64)).astype(np.float32))
    labels = chance.integers(0, 9, 2_000)
    seen = set()
    for threads in (1, 2):
        with threadpool_limits(threads):
            seen.add(voted(rows, voters, labels).tobytes())
    assert len(seen) == 1
