"""Control charts and readings of a whole police force's measures, against a slow plain reading.

The promise: 60 measures of 33 areas over 180 months are charted and read, against a target, in
under two seconds of one core. So after an import all can be read again while somebody waits.
The series are invented (seeded), with levels that shift, so that every rule has work to do.
"""

from __future__ import annotations

import itertools
import os
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence

from folkmoot.core.periods import Month, month_range
from folkmoot.core.readings import read_series
from folkmoot.core.spc import ControlChart, Direction, control_chart

MEASURES, AREAS, MONTHS = 60, 33, 180
PROMISED_SECONDS = 2.0
FIRST = Month(2010, 4)
SEED = 20100401
ROUNDS = 3
# The slow reading takes some of the series; its time is per series.
SLOWLY_READ = 60


def invented(rng: random.Random) -> list[int]:
    """Return a series that varies about a level, and changes its level now and then."""
    level, values = rng.uniform(5, 900), []
    for _ in range(MONTHS):
        if rng.random() < 0.02:
            level *= rng.uniform(0.7, 1.4)
        values.append(max(0, round(rng.gauss(level, level**0.5))))
    return values


def slowly_marked(values: Sequence[int]) -> list[bool]:
    """Return which points break a rule, by looking for each at every window that could hold it.

    Written from the rules' wording and not from the code that it is held against.
    """
    mean = sum(values) / len(values)
    steps = [abs(after - before) for before, after in itertools.pairwise(values)]
    reach = 2.66 * sum(steps) / len(steps)

    def breaks_a_rule(place: int) -> bool:
        if abs(values[place] - mean) > reach:
            return True
        for first in range(max(0, place - 6), place + 1):
            seven = values[first : first + 7]
            if len(seven) < 7:
                continue
            if all(value > mean for value in seven) or all(value < mean for value in seven):
                return True
            pairs = list(itertools.pairwise(seven))
            if all(a < b for a, b in pairs) or all(a > b for a, b in pairs):
                return True
        for first in range(max(0, place - 2), place + 1):
            three = values[first : first + 3]
            near = [each for each in three if reach * 2 / 3 < abs(each - mean) <= reach]
            one_side = all(each > mean for each in three) or all(each < mean for each in three)
            if len(three) == 3 and one_side and len(near) >= 2:
                return True
        return False

    return [breaks_a_rule(place) for place in range(len(values))]


def seconds(act: Callable[[], object]) -> float:
    """Return the median of the processor's time for an act, after one round to warm up."""
    act()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> int:
    """Measure charts and readings, check the marks against the slow reading, print the ratio."""
    rng = random.Random(SEED)
    months = month_range(FIRST, FIRST.shift(MONTHS - 1))
    series = [invented(rng) for _ in range(MEASURES * AREAS)]

    def charts() -> list[ControlChart]:
        return [
            control_chart(values, Direction.DECREASE, target=values[0] * 0.9) for values in series
        ]

    read_charts = charts()

    def readings() -> list[str]:
        return [read_series("Offences", "offences", months, c).sentence for c in read_charts]

    some = series[:SLOWLY_READ]
    for values, chart in zip(some, read_charts, strict=False):
        if [point.side != 0 for point in chart.points] != slowly_marked(values):
            print("The control chart and the slow reading disagree.")
            return 1
    charting, reading = seconds(charts), seconds(readings)
    slow = seconds(lambda: [slowly_marked(values) for values in some]) / len(some)
    ours = charting / len(series)
    marked = sum(point.side != 0 for chart in read_charts for point in chart.points)
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores "
        f"(one used); median of {ROUNDS} rounds"
    )
    print(
        f"{MEASURES} measures x {AREAS} areas x {MONTHS} months, "
        f"{marked / (len(series) * MONTHS):.0%} of points marked: charts {charting:.2f} s, "
        f"readings {reading:.2f} s"
    )
    print(
        f"One chart {ours * 1000:.2f} ms; marks alone by a slow plain reading "
        f"{slow * 1000:.2f} ms (same marks in {len(some)} series); ratio {ours / slow:.2f}"
    )
    together = charting + reading
    print(
        f"Charts and readings together {together:.2f} s of {PROMISED_SECONDS:.0f} s promised: "
        f"ratio {together / PROMISED_SECONDS:.2f}"
    )
    return 0 if together < PROMISED_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
