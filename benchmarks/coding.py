"""Codes suggested for real answers: how far they agree with those of people, beside a bare pass.

The answers are those to a health service's survey. Measured twice: on answers as they came, each
with the code that a person gave it, where one like "Nothing" may have been coded before; and on
wordings that were not learnt from, each with the codes of all its rows, which makes some
multi-label. Two frames: the nine themes, and themes with their 44 sub-codes as one frame, so that
every answer has two codes or more. The bare pass is what an analyst would write in ten lines:
TF-IDF of words and one logistic regression a code. How far people agree with each other is read
from answers of the same words that they coded more than once.
"""

from __future__ import annotations

import csv
import os
import platform
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import mean

import numpy as np

from folkmoot.texts.coding import learn_codes
from folkmoot.texts.wording import words

PROMISED = {500: 0.60, 1_000: 0.65}
TOP3_PROMISED = 0.75
TESTED = 2_000
SEEDS = (1, 2)
FILE = Path("responses") / "nhs-friends-and-family-phase1.csv"

Coded = list[tuple[str, set[str]]]
Outcome = tuple[list[set[str]], np.ndarray, list[str]]
"""For each answer the codes suggested and the probability of each code; and the codes' names."""
Pass = Callable[[list[str], list[set[str]], list[str]], Outcome]
"""Learns from answers and their codes, and suggests codes for others."""
Figures = tuple[float, float, float]


def read() -> list[dict[str, str]]:
    """Return the rows of the file."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    path = Path(os.environ.get("FOLKMOOT_SHARED_DATA") or beside) / FILE
    if not path.is_file():
        sys.exit(f"No {FILE.name}: name the folder of the shared data in FOLKMOOT_SHARED_DATA.")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def wordings(rows: list[dict[str, str]], columns: Sequence[str]) -> Coded:
    """Return each wording once, with the codes of all its rows."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["feedback"].strip(), set()).update(codes_of(row, columns))
    return list(found.items())


def codes_of(row: dict[str, str], columns: Sequence[str]) -> set[str]:
    """Return the codes of a row; a sub-code of its theme's name is a code of its own."""
    return {f"{column}: {row[column].strip()}" for column in columns}


def agreement_of_people(rows: list[dict[str, str]], column: str) -> tuple[float, int]:
    """Return how often two codings of the same words agree, each wording counting once."""
    codings: dict[str, list[str]] = {}
    for row in rows:
        codings.setdefault(" ".join(words(row["feedback"])), []).append(row[column])
    several = [each for each in codings.values() if len(each) > 1]
    shares = [
        sum(many * (many - 1) for many in Counter(each).values()) / (len(each) * (len(each) - 1))
        for each in several
    ]
    return mean(shares), len(several)


def folkmoot_pass(learnt: list[str], codes: list[set[str]], texts: list[str]) -> Outcome:
    """Suggest codes as Folkmoot does."""
    coder = learn_codes(learnt, [";".join(sorted(each)) for each in codes])
    suggested = [{code.name for code in each.codes} for each in coder.suggest(texts)]
    return suggested, coder.probabilities(texts), [coder.codes[at].name for at in coder.learnt]


def bare_pass(learnt: list[str], codes: list[set[str]], texts: list[str]) -> Outcome:
    """Suggest codes by TF-IDF of words and logistic regression, each at its defaults."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.preprocessing import MultiLabelBinarizer

    binarizer = MultiLabelBinarizer()
    marks = binarizer.fit_transform(codes)
    vectorizer = TfidfVectorizer()
    model = OneVsRestClassifier(LogisticRegression())
    model.fit(vectorizer.fit_transform(learnt), marks)
    probabilities = model.predict_proba(vectorizer.transform(texts))
    names = list(binarizer.classes_)
    suggested = [{names[at] for at in range(len(names)) if row[at] >= 0.5} for row in probabilities]
    return suggested, probabilities, names


def figures(run: Pass, answers: Coded, many: int, seed: int) -> Figures:
    """Return samples-F1, recall among the top three, and seconds, after so many coded answers."""
    shuffled = list(answers)
    random.Random(seed).shuffle(shuffled)
    texts, codes = zip(*shuffled, strict=True)
    people = codes[-TESTED:]
    began = time.perf_counter()
    suggested, probabilities, names = run(
        list(texts[:many]), list(codes[:many]), list(texts[-TESTED:])
    )
    seconds = time.perf_counter() - began
    f1 = mean(
        2 * len(own & given) / (len(own) + len(given))
        for own, given in zip(suggested, people, strict=True)
    )
    best = np.argsort(-probabilities, axis=1, kind="stable")[:, :3]
    found = sum(
        len({names[at] for at in row} & given) for row, given in zip(best, people, strict=True)
    )
    return f1, found / sum(map(len, people)), seconds


def main() -> None:
    """Print both frames, both passes, the bound of people, and whether the promise is kept."""
    rows = read()
    print(f"Codes suggested for {TESTED:,} real answers, learnt from 500 and 1,000 others")
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"scikit-learn {version('scikit-learn')}, wordllama {version('wordllama')}")
    for name, column in (("theme", "label"), ("sub-code", "subcategory")):
        share, several = agreement_of_people(rows, column)
        print(
            f"Two people who code the same words give the same {name}: {share:.3f} "
            f"({several} wordings coded more than once, most of a few words)"
        )
    kept = True
    both = ("label", "subcategory")
    came = [(row["feedback"], codes_of(row, ("label",))) for row in rows]
    for name, answers in (
        ("nine themes, answers as they came", came),
        ("nine themes, wordings not learnt from", wordings(rows, ("label",))),
        ("themes and sub-codes, wordings not learnt from", wordings(rows, both)),
    ):
        for many, promised in PROMISED.items():
            own, bare = (
                np.mean([figures(run, answers, many, seed) for seed in SEEDS], axis=0)
                for run in (folkmoot_pass, bare_pass)
            )
            print(
                f"{name}, {many:,} coded: samples-F1 {own[0]:.3f} (bare {bare[0]:.3f}, ratio "
                f"{own[0] / bare[0]:.2f}), top-3 recall {own[1]:.3f} (bare {bare[1]:.3f}), "
                f"{own[2]:.1f} s with cross-validation",
                flush=True,
            )
            if answers is came:
                kept &= bool(own[0] >= promised and own[1] >= TOP3_PROMISED)
    print(
        "Promise of samples-F1 "
        + " and ".join(f"{share:.2f} after {many:,}" for many, share in PROMISED.items())
        + f", with top-3 recall {TOP3_PROMISED}, on answers as they came: "
        + ("kept" if kept else "NOT KEPT")
    )


if __name__ == "__main__":
    main()
