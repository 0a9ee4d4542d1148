"""Readings of 60 measures for 33 areas over 179 months, beside a loop that only computes limits.

Both take the same made-up series (fixed seed) of as many counts as the London plan's whole table
would hold. The plain loop is the least that any control chart needs: a mean and two limits. The
ratio is what the four rules, the points and the sentence cost on top.
"""

from __future__ import annotations

import os
import platform
import random
import time
from collections import Counter
from collections.abc import Callable

from folkmoot.core.periods import Month, month_range
from folkmoot.core.readings import read_series
from folkmoot.core.spc import Direction, control_chart

MEASURES, AREAS, MONTHS = 60, 33, 179
FIRST = Month(2010, 4)
SEED = 20
ROUNDS = 3


def made_up() -> list[list[float]]:
    """Return a series for each measure and area: a level, chance, and a step in one of three."""
    chance = random.Random(SEED)
    every = []
    for _ in range(MEASURES * AREAS):
        level = chance.uniform(20, 2000)
        step = level * chance.choice((0, 0, 0.3)) * chance.choice((-1, 1))
        begins = chance.randrange(MONTHS)
        every.append(
            [
                float(max(0, round(chance.gauss(level + step * (place >= begins), level**0.5))))
                for place in range(MONTHS)
            ]
        )
    return every


def plain_limits(every: list[list[float]]) -> Counter[str]:
    """Compute mean and limits of each series, and nothing else; count series by last value."""
    found: Counter[str] = Counter()
    for values in every:
        mean = sum(values) / len(values)
        total = 0.0
        for place in range(1, len(values)):
            total += abs(values[place] - values[place - 1])
        reach = 2.66 * total / (len(values) - 1)
        found["outside" if abs(values[-1] - mean) > reach else "within"] += 1
    return found


def readings(every: list[list[float]]) -> Counter[str]:
    """Read each series in full; count them by the word of their reading."""
    months = month_range(FIRST, FIRST.shift(MONTHS - 1))
    return Counter(
        read_series("Offences", "offences", months, control_chart(values, Direction.DECREASE)).word
        for values in every
    )


def best_seconds(
    run: Callable[[list[list[float]]], Counter[str]], every: list[list[float]]
) -> tuple[float, Counter[str]]:
    """Return the shortest time of a few rounds, and what the run found."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = run(every)
        times.append(time.perf_counter() - began)
    return min(times), found


def main() -> None:
    """Print both times, what was found, and their ratio."""
    every = made_up()
    print(f"{MEASURES} measures x {AREAS} areas x {MONTHS} months: {len(every):,} series")
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}; best of {ROUNDS} rounds"
    )
    plain, counted = best_seconds(plain_limits, every)
    own, read = best_seconds(readings, every)
    print(f"{'Limits only':12} {plain:6.2f} s  {dict(counted.most_common())}")
    print(f"{'Readings':12} {own:6.2f} s  {dict(read.most_common())}")
    print(f"Ratio {own / plain:.1f}; {own / len(every) * 1000:.2f} ms a reading")


if __name__ == "__main__":
    main()
