"""A server that is killed while people answer a survey loses nothing that it acknowledged.

Residents answer without pause; every few seconds the server is killed with `kill -9`, twenty
times, and where the database is PostgreSQL, every second time all of its processes too. Residents
whose connection broke ask again, as a person does who reloads. Afterwards every reference that was
acknowledged is in the database, each response is whole (all the texts that its sender wrote, all
the choices), and no sender has two.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from surveys.residents import Resident, Seen
from surveys.sites import SURVEY, Database, Server, databases, environment, site

KILLS = 20
SECONDS_BETWEEN = (0.5, 12.0)
AT_ONCE = 24
# Mean seconds before a page is sent: residents must not all go in step with the kills.
THINK = 0.3
# Reads the register in a process of its own: this one never imports Folkmoot.
READ = """
import django, json
django.setup()
from folkmoot.responses.models import Answer, Draft, Response
from folkmoot.responses.questions import survey_form
found = []
for response in Response.objects.filter(is_generated=False).select_related("survey"):
    answers = list(response.answers.all())
    asked = survey_form(response.survey).questions
    found.append({
        "reference": response.reference,
        "marks": sorted({a.text.split(".")[0] for a in answers if a.text.startswith("Journey")}),
        "texts": sum(1 for a in answers if a.text.startswith("Journey")),
        "asked": sum(type(q).__name__ == "TextQuestion" and not q.is_short for q in asked),
        "closed": sum(1 for a in answers if a.choices),
        "draft_left": Draft.objects.filter(key=response.draft_key).exists(),
    })
print(json.dumps(found))
"""


async def under_fire(database: Database, server: Server) -> Seen:
    """Let residents answer while the server is killed, and then until each has their reference."""
    seen, chance, is_over = Seen(), random.Random(3), False

    async def again_and_again(number: int) -> None:
        turn = 0
        while not is_over:
            resident = Resident(server.port, seen, random.Random(chance.random()), THINK)
            await resident.journey(SURVEY, f"Journey {number}-{turn}")
            resident.close()
            turn += 1

    tasks = [asyncio.create_task(again_and_again(number)) for number in range(AT_ONCE)]
    for turn in range(KILLS):
        await asyncio.sleep(chance.uniform(*SECONDS_BETWEEN))
        if turn % 2 and database.kill():
            await asyncio.to_thread(database.start)
        else:
            server.kill()
            await asyncio.to_thread(server.start)
    is_over = True
    await asyncio.gather(*tasks)
    return seen


def faults(seen: Seen, kept: list[dict[str, object]]) -> list[str]:
    """Return what is wrong with what was kept, against what was acknowledged."""
    by_reference = {str(row["reference"]): row for row in kept}
    found = []
    for reference, mark in seen.acknowledged.items():
        row = by_reference.get(reference)
        if row is None:
            found.append(f"{reference} was acknowledged and is not in the database.")
        elif row["marks"] != [mark]:
            found.append(f"{reference} holds {row['marks']}, not what {mark} wrote.")
    marks: dict[str, int] = {}
    for row in kept:
        if row["texts"] != row["asked"] or not row["closed"]:
            found.append(f"{row['reference']} is not whole.")
        if row["draft_left"]:
            found.append(f"The draft of {row['reference']} was not erased with its sending.")
        for mark in row["marks"]:  # type: ignore[attr-defined]
            marks[mark] = marks.get(mark, 0) + 1
    return found + [f"{mark} was recorded {n} times." for mark, n in marks.items() if n > 1]


def main() -> int:
    """Kill, count and print; exit with 1 where anything was lost."""
    is_kept = True
    for kind in databases():
        with tempfile.TemporaryDirectory(prefix="folkmoot-bench-") as name:
            folder = Path(name)
            with site(kind, folder) as (database, server):
                began = time.perf_counter()
                seen = asyncio.run(under_fire(database, server))
                read = subprocess.run(
                    [sys.executable, "-c", READ],
                    env=environment(folder, database.url),
                    check=True,
                    capture_output=True,
                    text=True,
                )
                kept = json.loads(read.stdout)
                found = faults(seen, kept)
                print(
                    f"{database.name}, {os.cpu_count()} cores: {KILLS} kills in "
                    f"{time.perf_counter() - began:.0f} s, {seen.broken} broken requests, "
                    f"{len(seen.acknowledged)} references acknowledged, {len(kept)} responses kept "
                    f"({len(kept) - len(seen.acknowledged)} whose acknowledgement was cut off), "
                    f"{len(found)} faults",
                    flush=True,
                )
                for fault in found[:20]:
                    print(f"  {fault}")
                is_kept = is_kept and not found
    print(f"promise that nothing acknowledged is lost: {'kept' if is_kept else 'NOT KEPT'}")
    return 0 if is_kept else 1


if __name__ == "__main__":
    sys.exit(main())
