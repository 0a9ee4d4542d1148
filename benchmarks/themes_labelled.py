"""Labelled answers to themes from the same vectors: Folkmoot beside BERTopic, or HDBSCAN.

The promise: agreement with people (NMI and ARI) not below, at 8 times the speed, no answer left
out. The labels are the 44 sub-codes that people gave 10,334 answers to a health service. BERTopic
is used where it can be imported; where it cannot, scikit-learn's HDBSCAN on the leading five
principal components stands for it, which does the same without UMAP and without titles.
"""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec

import numpy as np
from answers.made import real_answers
from answers.passes import measured, report, say_where, verdict

TIMES_FASTER = 8
THEMES = (10, 40)
LEAST_MEMBERS = 10
SEED = 20


def folkmoot_groups(texts: list[str], vectors: np.ndarray) -> list[int]:
    """Return the group of each text, after naming the groups."""
    from folkmoot.texts.clustering import cluster, common_part, without_common
    from folkmoot.texts.labelling import name_themes

    common = common_part(vectors)
    clusters = cluster(without_common(vectors, common), themes=THEMES, seed=SEED)
    name_themes(texts, clusters, common)
    return clusters.labels.tolist()


def bertopic_groups(texts: list[str], vectors: np.ndarray) -> list[int]:
    from bertopic import BERTopic
    from umap import UMAP

    # BERTopic's own settings, with a seed.
    reduced = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
    topics, _ = BERTopic(umap_model=reduced).fit_transform(texts, embeddings=vectors)
    return [int(topic) for topic in topics]


def hdbscan_groups(texts: list[str], vectors: np.ndarray) -> list[int]:
    from sklearn.cluster import HDBSCAN
    from sklearn.decomposition import PCA

    reduced = PCA(n_components=5, random_state=SEED).fit_transform(vectors)
    method = HDBSCAN(min_cluster_size=LEAST_MEMBERS, copy=True)
    return [int(group) for group in method.fit_predict(reduced)]


PASSES = {"folkmoot": folkmoot_groups, "BERTopic": bertopic_groups, "HDBSCAN": hdbscan_groups}


def measure(name: str) -> None:
    """Run one pass and report what it took and gave."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    from folkmoot.texts.embedding import embed
    from folkmoot.texts.wording import is_empty

    rows = [row for row in real_answers() if not is_empty(row["feedback"])]
    texts = [row["feedback"] for row in rows]
    codes = [row["subcategory"] for row in rows]
    vectors = embed([text.casefold() for text in texts])
    began = time.perf_counter()
    groups = PASSES[name](texts, vectors)
    seconds = time.perf_counter() - began
    report(
        seconds=seconds,
        groups=len(set(groups) - {-1}),
        left_out=groups.count(-1) / len(groups),
        nmi=normalized_mutual_info_score(codes, groups),
        ari=adjusted_rand_score(codes, groups),
    )


def main() -> None:
    """Print both passes, their ratio and whether the promise is kept."""
    say_where("10,334 labelled answers to themes, from the same vectors")
    other = "BERTopic" if find_spec("bertopic") else "HDBSCAN"
    if other == "HDBSCAN":
        print("BERTopic is not installed here: HDBSCAN stands for it.")
    own, beside = measured(__file__, "folkmoot"), measured(__file__, other)
    for name, took in (("Folkmoot", own), (other, beside)):
        print(
            f"{name:10} {took['seconds']:6.1f} s  {took['megabytes']:6.0f} MB  "
            f"{took['groups']} groups  {took['left_out']:.0%} left out  "
            f"NMI {took['nmi']:.3f}  ARI {took['ari']:.3f}"
        )
    faster = beside["seconds"] / own["seconds"]
    print(f"{faster:.1f} times as fast as {other}")
    is_better = own["nmi"] >= beside["nmi"] and own["ari"] >= beside["ari"]
    verdict(
        f"agreement not below {other}'s, nothing left out", kept=is_better and not own["left_out"]
    )
    if other == "BERTopic":
        verdict(f"{TIMES_FASTER} times its speed", kept=faster >= TIMES_FASTER)


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) == 2 else main()
