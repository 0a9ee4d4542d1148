"""10,000 real answers to themes: time, memory, and agreement with people, beside a bare pass.

The promise: under 15 seconds on two cores and under 1 GB. The bare pass is what an analyst would
write in ten lines (TF-IDF and k-means with the same number of themes, no labels, no campaigns).
Each runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import resource
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

ANSWERS = 10_000
SECONDS_PROMISED = 15
MEGABYTES_PROMISED = 1_000
FILE = Path("responses") / "nhs-friends-and-family-phase1.csv"
LIBRARIES = ("numpy", "scipy", "scikit-learn", "scikit-network", "wordllama")


def answers() -> tuple[list[str], list[str]]:
    """Return the answers and the themes that people gave them."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    path = Path(os.environ.get("FOLKMOOT_SHARED_DATA") or beside) / FILE
    if not path.is_file():
        sys.exit(f"No {FILE.name}: name the folder of the shared data in FOLKMOOT_SHARED_DATA.")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))[:ANSWERS]
    return [row["feedback"] for row in rows], [row["label"] for row in rows]


def folkmoot_themes(texts: list[str], themes: int) -> list[int]:
    """Return the theme of each answer as Folkmoot finds it; 0 where it cannot tell."""
    from folkmoot.texts import discover_themes

    found = discover_themes(texts)
    return [each.theme_id or 0 for each in found.assignments]


def bare_themes(texts: list[str], themes: int) -> list[int]:
    """Return the group of each answer by k-means over TF-IDF."""
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    weighed = TfidfVectorizer(stop_words="english", min_df=3, sublinear_tf=True)
    means = KMeans(n_clusters=themes, n_init=10, random_state=20)
    return [int(group) for group in means.fit_predict(weighed.fit_transform(texts))]


PASSES = {"folkmoot": folkmoot_themes, "bare": bare_themes}


def measure(name: str, themes: int) -> None:
    """Run one pass in this process and print what it took and gave, as JSON."""
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    texts, people = answers()
    began = time.perf_counter()
    groups = PASSES[name](texts, themes)
    seconds = time.perf_counter() - began
    print(
        json.dumps(
            {
                "seconds": seconds,
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                "themes": len(set(groups) - {0}) if name == "folkmoot" else len(set(groups)),
                "nmi": normalized_mutual_info_score(people, groups),
                "ari": adjusted_rand_score(people, groups),
            }
        )
    )


def measured(name: str, themes: int) -> dict[str, float]:
    """Return what one pass took and gave, run in a process of its own."""
    command = [sys.executable, __file__, name, str(themes)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result: dict[str, float] = json.loads(printed.splitlines()[-1])
    return result


def main() -> None:
    """Print both passes, their ratio and whether the promise is kept."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    print(f"{ANSWERS:,} real answers to themes")
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(libraries)
    own = measured("folkmoot", 0)
    bare = measured("bare", int(own["themes"]))
    for name, took in (("Folkmoot", own), ("TF-IDF and k-means", bare)):
        print(
            f"{name:20} {took['seconds']:6.1f} s  {took['megabytes']:6.0f} MB  "
            f"{took['themes']:3.0f} themes  NMI {took['nmi']:.3f}  ARI {took['ari']:.3f}"
        )
    print(
        f"Ratio to the bare pass: time {own['seconds'] / bare['seconds']:.2f}, "
        f"agreement with people (NMI) {own['nmi'] / bare['nmi']:.2f}"
    )
    kept = own["seconds"] < SECONDS_PROMISED and own["megabytes"] < MEGABYTES_PROMISED
    print(
        f"Promise of under {SECONDS_PROMISED} s and {MEGABYTES_PROMISED:,} MB: "
        f"{'kept' if kept else 'NOT KEPT'}"
    )


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], int(sys.argv[2]))
    else:
        main()
