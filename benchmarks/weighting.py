"""Raking of a large sample, against a slow raking in plain Python.

The promise: a sample of 100,000 respondents is raked to five variables in about a second, with
design weights that are all different, so that no two respondents are raked as one. The sample is
invented (seeded).
"""

from __future__ import annotations

import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence

from folkmoot.core.weighting import rake

RESPONDENTS = 100_000
LEVELS = {"age": 7, "sex": 2, "borough": 33, "ethnicity": 5, "tenure": 3}
SEED = 20011
ROUNDS = 3
NEAR = 1e-6


def invented(size: int) -> tuple[dict[str, list[str]], dict[str, dict[str, float]], list[float]]:
    """Return a sample in which some levels answered more, the targets, and design weights."""
    rng = random.Random(SEED)
    sample, targets = {}, {}
    for name, count in LEVELS.items():
        levels = [f"{name} {number}" for number in range(count)]
        population = [rng.uniform(1, 4) for _ in levels]
        answered = [share * rng.uniform(0.5, 2) for share in population]
        sample[name] = rng.choices(levels, answered, k=size)
        targets[name] = {
            level: share / sum(population) for level, share in zip(levels, population, strict=True)
        }
    return sample, targets, [rng.uniform(0.5, 2) for _ in range(size)]


def slowly_raked(
    sample: dict[str, list[str]],
    targets: dict[str, dict[str, float]],
    design: Sequence[float],
    passes: int,
) -> list[float]:
    """Rake respondent by respondent, written from the method."""
    mean = sum(design) / len(design)
    weights = [weight / mean for weight in design]
    for _ in range(passes):
        for name, levels in targets.items():
            sums = dict.fromkeys(levels, 0.0)
            for level, weight in zip(sample[name], weights, strict=True):
                sums[level] += weight
            factors = {level: share * len(weights) / sums[level] for level, share in levels.items()}
            weights = [
                weight * factors[level] for level, weight in zip(sample[name], weights, strict=True)
            ]
    return weights


def seconds(act: Callable[[], object]) -> float:
    """Return the median time of an act, after one round to warm up."""
    act()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> int:
    """Rake, check against the slow raking, print the times and their ratio."""
    sample, targets, design = invented(RESPONDENTS)
    found = rake(sample, targets, design_weights=design)
    slow_weights = slowly_raked(sample, targets, design, found.passes)
    if max(abs(a - b) for a, b in zip(found.weights, slow_weights, strict=True)) > NEAR:
        print("Raking and the slow raking disagree.")
        return 1
    plain = seconds(lambda: rake(sample, targets, design_weights=design))
    capped = seconds(lambda: rake(sample, targets, design_weights=design, cap=3))
    slow = seconds(lambda: slowly_raked(sample, targets, design, found.passes))
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores "
        f"(one used); median of {ROUNDS} rounds"
    )
    print(
        f"{RESPONDENTS:,} respondents, {len(LEVELS)} variables, {sum(LEVELS.values())} levels, "
        f"{found.passes} passes: raked in {plain:.2f} s, with a cap of 3 in {capped:.2f} s"
    )
    print(f"By a slow plain raking {slow:.2f} s (same weights); ratio {plain / slow:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
