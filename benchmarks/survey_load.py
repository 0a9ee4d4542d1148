"""Residents who answer a survey, all at once: at the promised rate for five minutes, then more.

Promised: 75 requests/s and 6 submissions/s together for five minutes, 95 of 100 answered within
500 ms, with the residents on the same machine. The goal is 60 submissions/s: a consultation with
300,000 responses of which half come on its last day, ten times over. A journey is what a browser
without JavaScript asks for, the pause before sending included: 12 requests or more. The site is
the London demonstration on the day of its consultation's opening weeks, served by two processes,
once on SQLite and once on PostgreSQL.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from surveys.residents import Resident, Seen
from surveys.sites import SURVEY, databases, site

PROMISED_SUBMISSIONS, PROMISED_REQUESTS, PROMISED_P95_MS, GOAL = 6, 75, 500, 60
# A journey is eleven requests: so many must begin for 75 requests a second to come.
BEGIN_A_SECOND = 7.0
# How long somebody looks at a page, on average, in the stretch at the promised rate.
THINK_SECONDS = 0.4
# Nothing is counted before the first have sent: until then fewer are on their way than later.
SETTLING_SECONDS = 20
# So many that the pause before sending, in which nothing is asked, is filled by others.
AT_ONCE = 320
CEILING_SECONDS = 30


async def at_rate(port: int, seconds: float) -> tuple[Seen, float]:
    """Let residents begin one after the other; return what they saw and the seconds.

    They begin before the time counts, and those on their way when it is over do not count.
    """
    seen, chance, began = Seen(), random.Random(1), time.perf_counter()
    journeys: list[asyncio.Task[None]] = []
    before = (0, 0)
    while (now := time.perf_counter() - began) < SETTLING_SECONDS + seconds:
        if now < SETTLING_SECONDS:
            before = len(seen.waits), len(seen.acknowledged)
        journeys.append(asyncio.create_task(_one(port, seen, chance, len(journeys), THINK_SECONDS)))
        await asyncio.sleep(max(0, len(journeys) / BEGIN_A_SECOND - now))
    elapsed = time.perf_counter() - began - SETTLING_SECONDS
    counted = _since(before, seen)
    await asyncio.gather(*journeys)
    return counted, elapsed


async def at_most(port: int, seconds: float) -> tuple[Seen, float]:
    """Let many answer one after the other without a thought; return what they saw."""
    seen, chance = Seen(), random.Random(2)
    is_over = False

    async def again_and_again(number: int) -> None:
        turn = 0
        while not is_over:
            await _one(port, seen, chance, number * 10_000 + turn, 0)
            turn += 1

    tasks = [asyncio.create_task(again_and_again(number)) for number in range(AT_ONCE)]
    # All begin together: what is counted begins when they no longer go in step.
    await asyncio.sleep(10)
    before, began = (len(seen.waits), len(seen.acknowledged)), time.perf_counter()
    await asyncio.sleep(seconds)
    elapsed = time.perf_counter() - began
    counted = _since(before, seen)
    is_over = True
    await asyncio.gather(*tasks)
    return counted, elapsed


def _since(before: tuple[int, int], seen: Seen) -> Seen:
    """Return what was seen after so many requests and submissions."""
    acknowledged = dict(list(seen.acknowledged.items())[before[1] :])
    return Seen(seen.waits[before[0] :], acknowledged, list(seen.refused), seen.broken)


async def _one(port: int, seen: Seen, chance: random.Random, number: int, think: float) -> None:
    resident = Resident(port, seen, random.Random(chance.random()), think)
    try:
        await resident.journey(SURVEY, f"Journey {number}")
    finally:
        resident.close()


def main() -> int:
    """Measure and print; exit with 1 where the promise is not kept."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=300, help="at the promised rate")
    seconds = asked.parse_args().seconds
    print(
        f"Python {platform.python_version()}, Django {version('django')}, "
        f"Granian {version('granian')}, {platform.machine()}, {os.cpu_count()} cores, "
        "2 server processes, the residents on the same machine",
        flush=True,
    )
    is_kept = True
    for kind in databases():
        with (
            tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as name,
            site(kind, Path(name)) as (database, server),
        ):
            seen, elapsed = asyncio.run(at_rate(server.port, seconds))
            is_kept = _say(f"{database.name}, {elapsed:.0f} s", seen, elapsed) and is_kept
            seen, elapsed = asyncio.run(at_most(server.port, CEILING_SECONDS))
            _say(f"{database.name}, {AT_ONCE} residents without a thought", seen, elapsed)
            reached = len(seen.acknowledged) / elapsed
            print(f"  ceiling {reached:.1f} submissions/s, {reached / GOAL:.2f} of the goal")
    print(f"promise: {'kept' if is_kept else 'NOT KEPT'}")
    return 0 if is_kept else 1


def _say(what: str, seen: Seen, elapsed: float) -> bool:
    """Print what was seen; return whether it is as promised."""
    cuts = statistics.quantiles(seen.waits, n=100)
    requests, sent = len(seen.waits) / elapsed, len(seen.acknowledged) / elapsed
    print(
        f"{what}: {requests:.0f} requests/s, {sent:.1f} submissions/s "
        f"({sent / PROMISED_SUBMISSIONS:.2f} of what is promised), median {cuts[49] * 1000:.0f} ms,"
        f" p95 {cuts[94] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms, "
        f"{len(seen.refused)} refused, {seen.broken} broken",
        flush=True,
    )
    return (
        sent >= PROMISED_SUBMISSIONS * 0.98
        and requests >= PROMISED_REQUESTS * 0.98
        and cuts[94] * 1000 < PROMISED_P95_MS
        and not seen.refused
        and not seen.broken
    )


if __name__ == "__main__":
    sys.exit(main())
