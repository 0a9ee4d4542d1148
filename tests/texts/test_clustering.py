"""Groups of vectors: as many as asked for, nobody left out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from sklearn.metrics import adjusted_rand_score

from folkmoot.texts.clustering import cluster, common_part, nearest, rand_index, without_common
from folkmoot.texts.embedding import Vectors, exact, unit


def centred(vectors: Vectors) -> Vectors:
    return without_common(vectors, common_part(vectors))


def blobs(sizes: list[int], spread: float, seed: int) -> tuple[Vectors, npt.NDArray[np.int64]]:
    chance = np.random.default_rng(seed)
    centres = chance.normal(size=(len(sizes), 256))
    labels = np.repeat(np.arange(len(sizes)), sizes)
    noise = chance.normal(scale=spread, size=(len(labels), 256))
    return unit((centres[labels] + noise).astype(np.float32)), labels


def test_planted_groups_are_recovered() -> None:
    vectors, planted = blobs([120, 90, 80, 60, 50, 40, 30], spread=1.0, seed=7)
    found = cluster(centred(vectors), themes=(3, 15), seed=1)
    assert adjusted_rand_score(planted, found.labels) > 0.98


@pytest.mark.parametrize("themes", [(2, 3), (6, 8), (12, 15), (5, 5), (1, 1)])
def test_the_number_of_groups_is_the_one_asked_for(themes: tuple[int, int]) -> None:
    vectors, _ = blobs([40] * 10, spread=2.5, seed=3)
    found = cluster(centred(vectors), themes=themes, seed=1)
    assert themes[0] <= len(found.centres) <= themes[1]
    assert set(found.labels) == set(range(len(found.centres)))


def test_groups_are_numbered_by_the_answers_behind_them() -> None:
    vectors, _ = blobs([30, 30], spread=0.5, seed=5)
    weights = [1] * 30 + [10] * 30
    found = cluster(centred(vectors), themes=(2, 2), seed=1, weights=weights)
    assert set(found.labels[30:]) == {0}


def test_no_group_is_smaller_than_a_theme() -> None:
    vectors, _ = blobs([200, 200, 2], spread=0.8, seed=9)
    found = cluster(centred(vectors), themes=(2, 10), seed=1)
    assert np.bincount(found.labels).min() >= 3
    assert len(found.labels) == 402


def test_few_rows_make_few_groups() -> None:
    vectors, _ = blobs([5, 5], spread=0.3, seed=2)
    assert len(cluster(vectors, themes=(6, 20), seed=1).centres) <= 2
    assert len(cluster(vectors[:1], themes=(6, 20), seed=1).centres) == 1
    assert len(cluster(vectors[:0], themes=(6, 20), seed=1).labels) == 0


def test_rows_all_alike_are_one_group_or_more_and_none_is_lost() -> None:
    vectors = np.tile(blobs([1], 1.0, 4)[0], (50, 1))
    found = cluster(centred(vectors), themes=(6, 20), seed=1)
    assert len(found.labels) == 50


@pytest.mark.parametrize("seed", range(5))
def test_rand_index_is_that_of_scikit_learn(seed: int) -> None:
    chance = np.random.default_rng(seed)
    one, other = chance.integers(0, 6, 200), chance.integers(0, 4, 200)
    assert rand_index(one, other) == pytest.approx(adjusted_rand_score(one, other))
    assert rand_index(one, one) == 1


@pytest.mark.parametrize("rows", [16, 300, 1_700])
def test_neighbours_are_those_of_a_plain_sort_and_the_lowest_of_equals(rows: int) -> None:
    vectors, _ = blobs([rows - rows // 3], spread=1.0, seed=rows)
    # A third of the rows are there twice, so that many are equally near.
    whole = exact(np.concatenate([vectors, vectors[: rows // 3]]))
    products = whole @ whole.T
    columns, values = nearest(products.copy(), 15)
    for row in range(rows):
        plain = sorted(range(rows), key=lambda column: (-products[row, column], column))[:15]
        assert columns[row].tolist() == plain
        assert values[row].tolist() == products[row, plain].tolist()
