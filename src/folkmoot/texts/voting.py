"""Rows put into groups by a vote of the rows most like them, whose groups are known.

A theme is seldom round, so the nearest centre is often not that of the theme whose answers an
answer is like. See docs/methods/themes.md.
"""

from __future__ import annotations

import numpy as np

from folkmoot.texts.clustering import Labels
from folkmoot.texts.embedding import Vectors, exact

# So many of the nearest vote, each by its cosine.
VOTERS = 10
# Rows compared with all voters at a time: 250 x 12,000 cosines are 12 MB.
ROWS_AT_ONCE = 250
# Voters are looked through in bundles of so many, of which only the best are looked into.
BUNDLE = 16


def voted(vectors: Vectors, voters: Vectors, labels: Labels) -> Labels:
    """Return the group of each row by the votes of those of `voters` that are nearest to it.

    `labels` are the groups of the voters, from 0. Rows are unit vectors. Each vote counts by its
    cosine, which is a whole number here, so that sums are the same on any number of cores; of
    equal groups the largest, which has the lowest number, wins.
    """
    whole, standing = exact(vectors), exact(voters)
    near = min(VOTERS, len(standing))
    groups = int(labels.max(initial=0)) + 1
    chosen = np.empty(len(whole), np.int64)
    for start in range(0, len(whole), ROWS_AT_ONCE):
        block = whole[start : start + ROWS_AT_ONCE] @ standing.T
        columns, cosines = _nearest(block, near)
        places = np.arange(len(block))[:, None] * groups + labels[columns]
        # One is added, so that a row unlike all of them follows the most.
        weights = np.maximum(cosines, 0).ravel().astype(np.float64) + 1
        votes = np.bincount(places.ravel(), weights=weights, minlength=len(block) * groups)
        chosen[start : start + len(block)] = np.argmax(votes.reshape(-1, groups), axis=1)
    return chosen


def _nearest(block: Vectors, near: int) -> tuple[Labels, Vectors]:
    """Return columns and values of the `near` greatest of each row, in no order.

    The greatest of all are in the bundles whose own greatest are greatest.
    """
    bundles = block.shape[1] // BUNDLE
    if bundles < near:
        columns = np.argpartition(-block, near - 1, axis=1)[:, :near]
        return columns, np.take_along_axis(block, columns, axis=1)
    even = block[:, : bundles * BUNDLE].reshape(len(block), BUNDLE, bundles)
    best = np.argpartition(-even.max(axis=1), near - 1, axis=1)[:, :near]
    looked_into = best[:, None, :] + (np.arange(BUNDLE) * bundles)[None, :, None]
    left = np.arange(bundles * BUNDLE, block.shape[1])
    columns = np.concatenate(
        [
            looked_into.reshape(len(block), -1),
            np.broadcast_to(left, (len(block), len(left))),
        ],
        axis=1,
    )
    values = np.take_along_axis(block, columns, axis=1)
    picked = np.argpartition(-values, near - 1, axis=1)[:, :near]
    return np.take_along_axis(columns, picked, axis=1), np.take_along_axis(values, picked, axis=1)
