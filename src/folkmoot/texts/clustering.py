"""Groups of vectors: a nearest-neighbour graph parted by Louvain, with nothing thrown away.

The number of groups is reached by turning the resolution, never by dropping answers; groups too
small to be a theme join their nearest neighbour. See docs/methods/themes.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sknetwork.clustering import Louvain

from folkmoot.texts.embedding import EXACT_LENGTH, Vectors, exact, unit

Labels = npt.NDArray[np.int64]

NEIGHBOURS = 15
# Rows compared with all others at a time: 500 x 20,000 similarities are 40 MB.
ROWS_AT_ONCE = 500
# Every sixteenth column sets the bar that neighbours pass, at the sixth of its greatest: about 96
# of all pass it, and fewer than the 15 wanted in one row of ten thousand.
BAR_STEP = 16
BAR_RANK = 6
# A theme holds at least this share of what is grouped, and never fewer than LEAST_MEMBERS.
LEAST_SHARE = 0.015
LEAST_MEMBERS = 3
# Fewer answers than this for each theme cannot carry as many themes as were asked for.
MEMBERS_A_THEME = 4
# Resolutions tried, coarse to fine; 1 is Louvain's own.
RESOLUTIONS = tuple(round(float(value), 4) for value in np.geomspace(0.12, 8, 18))
# Times each resolution is run, with the rows shuffled another way, to see what stays.
SHUFFLES = 4
# A graph of more rows than this is steadier and costs more: every second resolution, one run fewer.
MANY_ROWS = 10_000
# Partitions whose stability differs by less are about equally steady.
STABILITY_SHADE = 0.01
# A theme with more of the answers than this is a remainder, not a theme: a partition pays for
# what its largest group holds beyond it.
LARGEST_SHARE = 0.25
# Rows whose coordinates differ from their mean by less than this are the same.
ALL_ALIKE = 1e-4


@dataclass(frozen=True, slots=True)
class Clusters:
    """Groups of rows, largest first."""

    labels: Labels
    """The group of each row, 0 for the largest."""
    centres: Vectors
    """One unit vector a group."""
    resolution: float


def common_part(vectors: Vectors) -> Vectors:
    """Return what all rows have in common, as one row: their mean.

    The mean of a consultation's answers is what everybody writes about; two answers are alike
    by what they share beyond it. Fewer than three rows, or rows all alike, have nothing in common
    that could be taken from them: zero.
    """
    nothing = np.zeros((1, vectors.shape[1]), np.float32)
    if len(vectors) < 3:
        return nothing
    mean = vectors.mean(axis=0, dtype=np.float64, keepdims=True).astype(np.float32)
    if float(np.abs(vectors - mean).max()) < ALL_ALIKE:
        return nothing
    return np.asarray(mean, np.float32)


def without_common(vectors: Vectors, common: Vectors) -> Vectors:
    """Return unit vectors without what all rows have in common."""
    return unit(vectors - common) if common.any() else vectors


def cluster(
    vectors: Vectors,
    *,
    themes: tuple[int, int],
    seed: int,
    weights: Sequence[int] | None = None,
) -> Clusters:
    """Part unit vectors into groups, with `themes` the fewest and most groups wanted.

    `weights` says how many answers stand behind each row (1 when absent); it decides which group
    is the largest, not how groups form. Every row is in a group. With too few rows there are
    fewer groups than asked for: at most one for each MEMBERS_A_THEME rows.
    """
    rows = len(vectors)
    counts = np.ones(rows, np.int64) if weights is None else np.asarray(weights, np.int64)
    most = max(1, min(themes[1], rows // MEMBERS_A_THEME))
    fewest = min(themes[0], most)
    if rows == 0 or most == 1:
        return _finished(np.zeros(rows, np.int64), vectors, counts, 0.0)
    whole = exact(vectors)
    graph = _neighbour_graph(whole)
    smallest = max(LEAST_MEMBERS, round(LEAST_SHARE * rows))
    chosen = _search(graph, vectors, (fewest, most), smallest, seed)
    labels = _merge_down(chosen[1], vectors, most)
    return _finished(labels, vectors, counts, chosen[0])


def grouped(clusters: Clusters, groups: int) -> Labels:
    """Return a group for each cluster, so many in all: those of nearest centres come together.

    Groups are numbered in order of their first cluster. Average linkage on cosines.
    """
    # Slow to import, and wanted for many themes only.
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    whole = exact(clusters.centres)
    apart = 1 - (whole @ whole.T).astype(np.float64) / EXACT_LENGTH**2
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(np.maximum(apart, 0), checks=False), method="average")
    found = fcluster(tree, groups, criterion="maxclust")
    _, first, place = np.unique(found, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[place], np.int64)


def _neighbour_graph(whole: Vectors) -> sparse.csr_matrix:
    """Return the symmetric graph of each row's nearest neighbours, weighted by cosine.

    Ties are settled by row number, so that the graph does not depend on the order of sums.
    """
    rows = len(whole)
    near = min(NEIGHBOURS, rows - 1)
    columns = np.empty((rows, near), np.int64)
    cosines = np.empty((rows, near), np.float32)
    for start in range(0, rows, ROWS_AT_ONCE):
        block = whole[start : start + ROWS_AT_ONCE] @ whole.T
        own = np.arange(len(block))
        block[own, start + own] = -np.inf
        columns[start + own], cosines[start + own] = nearest(block, near)
    weights = np.clip(cosines.ravel() / EXACT_LENGTH**2, 0.001, 1)
    graph = sparse.csr_matrix(
        (weights, columns.ravel(), np.arange(0, rows * near + 1, near)), shape=(rows, rows)
    )
    graph.sort_indices()
    symmetric = sparse.csr_matrix(graph + graph.T)
    symmetric.sort_indices()
    return symmetric


def nearest(block: Vectors, near: int) -> tuple[Labels, Vectors]:
    """Return the `near` greatest of each row of a block: their columns and values, greatest first.

    The lowest column comes first of equals. What is too small to be among them is passed over at a
    bar that some of the columns set; a row of which the bar leaves too few sets its own.
    """
    some = block[:, ::BAR_STEP]
    if some.shape[1] > 4 * BAR_RANK:
        bar = np.partition(some, -BAR_RANK, axis=1)[:, -BAR_RANK]
        passed = block >= bar[:, None]
        high = np.flatnonzero(np.count_nonzero(passed, axis=1) < near)
    else:
        passed, high = np.empty(block.shape, np.bool_), np.arange(len(block))
    if len(high):
        bars = np.partition(block[high], -near, axis=1)[:, -near]
        passed[high] = block[high] >= bars[:, None]
    # Along one line numpy finds them ten times as fast as in rows and columns.
    rows, columns = np.divmod(np.flatnonzero(passed), block.shape[1])
    values = block[rows, columns]
    order = np.lexsort((columns, -values, rows))
    begins = np.searchsorted(rows, np.arange(len(block)))
    picked = order[begins[:, None] + np.arange(near)]
    return columns[picked], values[picked]


@dataclass(frozen=True, slots=True)
class _Partition:
    resolution: float
    labels: Labels
    groups: int
    stability: float


def _search(
    graph: sparse.csr_matrix,
    vectors: Vectors,
    themes: tuple[int, int],
    smallest: int,
    seed: int,
) -> tuple[float, Labels]:
    """Return the resolution and partition that come out most alike when the rows are shuffled.

    Only resolutions whose number of groups lies in the range compete. Of those about equally
    steady, the number of groups that most resolutions agree on wins, the finer of equals. Where
    none lies in the range, the one closest to it is taken, too many before too few: what is too
    fine can be merged.
    """
    within: list[_Partition] = []
    closest: tuple[tuple[int, int], float, Labels] | None = None
    is_large = graph.shape[0] > MANY_ROWS
    shuffles = SHUFFLES - 1 if is_large else SHUFFLES
    for resolution in RESOLUTIONS[1::2] if is_large else RESOLUTIONS:
        first = _merge_small(_louvain(graph, resolution, seed), vectors, smallest)
        groups = len(np.unique(first))
        if themes[0] <= groups <= themes[1]:
            others = [
                _merge_small(_louvain(graph, resolution, seed + more), vectors, smallest)
                for more in range(1, shuffles)
            ]
            stability, labels = _most_repeated([first, *others])
            typical = len(np.unique(labels))
            largest = int(np.bincount(labels).max()) / len(labels)
            stability -= max(0.0, largest - max(LARGEST_SHARE, 1.5 / themes[1]))
            if themes[0] <= typical <= themes[1]:
                within.append(_Partition(resolution, labels, typical, stability))
        miss = (0, groups - themes[1]) if groups > themes[1] else (1, themes[0] - groups)
        if closest is None or miss < closest[0]:
            closest = (miss, resolution, first)
        if groups > 2 * themes[1]:
            break
    if within:
        bar = max(each.stability for each in within) - STABILITY_SHADE
        steady = [each for each in within if each.stability >= bar]
        agreed = Counter(each.groups for each in steady)
        chosen = max(steady, key=lambda each: (agreed[each.groups], each.groups, each.stability))
        return chosen.resolution, chosen.labels
    assert closest is not None  # RESOLUTIONS is not empty
    return closest[1], closest[2]


def rand_index(one: Labels, other: Labels) -> float:
    """Return the adjusted Rand index of two partitions: 1 when they agree, 0 as by chance.

    Source: Hubert and Arabie 1985, equation 5. Written here because importing scikit-learn's
    takes seconds, which every start of the site would pay.
    """

    def pairs(counts: npt.NDArray[np.float64]) -> float:
        return float((counts * (counts - 1) / 2).sum())

    table = sparse.coo_matrix((np.ones(len(one)), (one, other))).tocsr()
    together = pairs(table.data)
    rows = pairs(np.asarray(table.sum(axis=1)).ravel())
    columns = pairs(np.asarray(table.sum(axis=0)).ravel())
    chance = rows * columns / max(1.0, len(one) * (len(one) - 1) / 2)
    most = (rows + columns) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)


def _most_repeated(partitions: Sequence[Labels]) -> tuple[float, Labels]:
    """Return how alike the partitions are (mean adjusted Rand index) and the most typical one."""
    alike = np.eye(len(partitions))
    for one in range(len(partitions)):
        for other in range(one):
            agreement = rand_index(partitions[one], partitions[other])
            alike[one, other] = alike[other, one] = agreement
    means = (alike.sum(axis=1) - 1) / (len(partitions) - 1)
    return float(means.mean()), partitions[int(np.argmax(means))]


def _louvain(graph: sparse.csr_matrix, resolution: float, seed: int) -> Labels:
    method = Louvain(
        resolution=resolution,
        modularity="newman",
        shuffle_nodes=True,
        random_state=seed,
        return_probs=False,
        return_aggregate=False,
    )
    return np.asarray(method.fit_predict(graph), dtype=np.int64)


def _merge_small(labels: Labels, vectors: Vectors, smallest: int) -> Labels:
    """Return the labels after each group under `smallest` rows has joined its nearest."""
    return _merged(labels, vectors, lambda sizes: bool(sizes.min() < smallest))


def _merge_down(labels: Labels, vectors: Vectors, most: int) -> Labels:
    """Return the labels after the smallest groups have joined others until `most` are left."""
    return _merged(labels, vectors, lambda sizes: len(sizes) > most)


def _merged(labels: Labels, vectors: Vectors, goes_on: Callable[[Labels], bool]) -> Labels:
    """Return the labels after the smallest group has joined its nearest as long as it goes on."""
    groups, place, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    sums = _sums(place, len(groups), vectors)
    into = np.arange(len(groups))
    left = into.copy()
    while len(left) > 1 and goes_on(sizes[left]):
        small = int(left[np.argmin(sizes[left])])
        left = left[left != small]
        centres = exact(unit(sums[[small, *left]]))
        nearest_left = int(left[np.argmax(centres[1:] @ centres[0])])
        sums[nearest_left] += sums[small]
        sizes[nearest_left] += sizes[small]
        into[into == small] = nearest_left
    return np.asarray(groups[into][place], np.int64)


def _sums(place: Labels, groups: int, vectors: Vectors) -> Vectors:
    """Return the sum of the vectors of each group."""
    membership = sparse.csr_matrix(
        (np.ones(len(place), np.float32), (place, np.arange(len(place)))),
        shape=(groups, len(place)),
    )
    return np.asarray(membership @ vectors, dtype=np.float32)


def _centres(labels: Labels, vectors: Vectors) -> Vectors:
    """Return the unit centre of each group, in order of the groups' numbers."""
    groups, place = np.unique(labels, return_inverse=True)
    return unit(_sums(place, len(groups), vectors))


def _finished(labels: Labels, vectors: Vectors, counts: Labels, resolution: float) -> Clusters:
    """Number the groups from the largest (by answers) down; the earlier first row breaks ties."""
    if not len(labels):
        return Clusters(labels, np.zeros((0, vectors.shape[1]), np.float32), resolution)
    groups, first, place = np.unique(labels, return_index=True, return_inverse=True)
    sizes = np.bincount(place, weights=counts)
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(groups), np.int64)
    rank[order] = np.arange(len(groups))
    numbered = rank[place]
    return Clusters(numbered, _centres(numbered, vectors), resolution)
