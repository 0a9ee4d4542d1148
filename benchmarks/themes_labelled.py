"""Labelled answers to themes from the same vectors: Folkmoot beside BERTopic.

The promise: agreement with people (NMI and ARI) not below BERTopic's, at 8 times its speed, no
answer left out. Two sets: 10,334 real answers to a health service with the 44 sub-codes that people
gave them, and 20,000 short ones of two of their sentences with 20 sub-codes. BERTopic runs with its
own settings and a seed, and once more cut down to as many topics as Folkmoot finds, with those that
it leaves out put into the nearest. NMI grows with the number of groups, even of groups made by
chance; it is given less what chance would give as well, which ARI is by itself. Compiling its
libraries is not timed. BERTopic is no dependency of Folkmoot: where it is missing, scikit-learn's
HDBSCAN on five principal components stands for it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from importlib.util import find_spec

import numpy as np
from answers.made import real_answers, short_answers
from answers.passes import measured, report, say_where, verdict

TIMES_FASTER = 8
THEMES = (10, 40)
LEAST_MEMBERS = 10
SEED = 20
SHORT, LABELS = 20_000, 20
WARMING = 300
SETS = {"real": "10,334 real answers, 44 sub-codes", "short": "20,000 short answers, 20 sub-codes"}


def folkmoot_groups(texts: list[str], vectors: np.ndarray, topics: int) -> list[int]:
    """Return the group of each text, after naming the groups."""
    from folkmoot.texts.clustering import cluster, common_part, without_common
    from folkmoot.texts.labelling import name_themes

    common = common_part(vectors)
    clusters = cluster(without_common(vectors, common), themes=THEMES, seed=SEED)
    name_themes(texts, clusters, common)
    return clusters.labels.tolist()


def bertopic_groups(texts: list[str], vectors: np.ndarray, topics: int) -> list[int]:
    """Return BERTopic's topic of each text, -1 for those it leaves out."""
    from bertopic import BERTopic
    from umap import UMAP

    reduced = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
    model = BERTopic(umap_model=reduced, nr_topics=topics + 1 if topics else None)
    found, _ = model.fit_transform(texts, embeddings=vectors)
    if topics:
        found = model.reduce_outliers(texts, found, strategy="embeddings", embeddings=vectors)
    return [int(topic) for topic in found]


def hdbscan_groups(texts: list[str], vectors: np.ndarray, topics: int) -> list[int]:
    from sklearn.cluster import HDBSCAN
    from sklearn.decomposition import PCA

    reduced = PCA(n_components=5, random_state=SEED).fit_transform(vectors)
    method = HDBSCAN(min_cluster_size=LEAST_MEMBERS, copy=True)
    return [int(group) for group in method.fit_predict(reduced)]


Pass = Callable[[list[str], np.ndarray, int], list[int]]
PASSES: dict[str, Pass] = {
    "Folkmoot": folkmoot_groups,
    "BERTopic": bertopic_groups,
    "HDBSCAN": hdbscan_groups,
}


def labelled(name: str) -> tuple[list[str], list[str]]:
    """Return the answers of a set and the label that people gave each."""
    from folkmoot.texts.wording import is_empty

    if name == "short":
        return short_answers(SHORT, LABELS, SEED)
    rows = [row for row in real_answers() if not is_empty(row["feedback"])]
    return [row["feedback"] for row in rows], [row["subcategory"] for row in rows]


def measure(name: str, answers: str, topics: int) -> None:
    """Run one pass and report what it took and gave."""
    from sklearn.metrics import (
        adjusted_mutual_info_score,
        adjusted_rand_score,
        normalized_mutual_info_score,
    )

    from folkmoot.texts.embedding import embed

    texts, codes = labelled(answers)
    vectors = embed([text.casefold() for text in texts])
    PASSES[name](texts[:WARMING], vectors[:WARMING], 0)
    began, worked = time.perf_counter(), time.process_time()
    groups = PASSES[name](texts, vectors, topics)
    report(
        seconds=time.perf_counter() - began,
        processor_seconds=time.process_time() - worked,
        groups=len(set(groups) - {-1}),
        left_out=groups.count(-1) / len(groups),
        nmi=normalized_mutual_info_score(codes, groups),
        ami=adjusted_mutual_info_score(codes, groups),
        ari=adjusted_rand_score(codes, groups),
    )


def main() -> None:
    """Print the passes over both sets, their ratios and whether the promise is kept."""
    say_where("Labelled answers to themes, from the same vectors")
    other = "BERTopic" if all(map(find_spec, ("bertopic", "umap", "hdbscan"))) else "HDBSCAN"
    if other == "BERTopic":
        print(f"BERTopic {version('bertopic')}, umap-learn {version('umap-learn')}")
    else:
        print(
            "BERTopic is not installed: run this in an environment of its own with Folkmoot, "
            "bertopic, umap-learn and hdbscan. HDBSCAN stands for it."
        )
    for answers, title in SETS.items():
        own = measured(__file__, "Folkmoot", answers, "0")
        passes = {"Folkmoot": own, other: measured(__file__, other, answers, "0")}
        if other == "BERTopic":
            passes["BERTopic, all in"] = measured(__file__, other, answers, str(own["groups"]))
        print(title)
        for name, took in passes.items():
            print(
                f"  {name:16} {took['seconds']:6.1f} s ({took['processor_seconds']:.0f} s of "
                f"processors)  {took['megabytes']:5.0f} MB  {took['groups']:3} groups  "
                f"{took['left_out']:4.0%} left out  NMI {took['nmi']:.3f}  "
                f"(less chance {took['ami']:.3f})  ARI {took['ari']:.3f}"
            )
        del passes["Folkmoot"]
        faster = min(took["processor_seconds"] for took in passes.values())
        faster /= own["processor_seconds"]
        print(f"  {faster:.1f} times as fast as {other}, in seconds of processors")
        for figure in ("nmi", "ami", "ari"):
            best = max(took[figure] for took in passes.values())
            verdict(
                f"{figure.upper()} not below {other}'s ({own[figure]:.3f} beside {best:.3f})",
                kept=own[figure] >= best,
            )
        verdict("no answer left out", kept=not own["left_out"])
        if other == "BERTopic":
            verdict(f"{TIMES_FASTER} times its speed", kept=faster >= TIMES_FASTER)


if __name__ == "__main__":
    measure(sys.argv[1], sys.argv[2], int(sys.argv[3])) if len(sys.argv) > 1 else main()
