"""A file of 100,000 rows, as Microsoft Forms exports it, checked and imported.

The promise: at least 2,000 rows a second into the register with every answer validated, in one
transaction, and with memory that does not grow with the file. Ten questions: closed ones, several
choices in one cell with what was typed under "other", a grid, and two texts of 40 words. Printed
beside it are the dry run, the reading of the same file by Python's csv alone, and the undoing. On
SQLite, and on PostgreSQL where it is installed.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import random
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from surveys.made import measured, on_each_database, survey_of
from surveys.sites import Database

ROWS = int(os.environ.get("ROWS", "100000"))
PROMISED = 2_000
# What memory may grow by while rows are read and written, in MB.
MOST_MEGABYTES = 200
BEGAN = datetime(2021, 11, 16, 9, tzinfo=UTC)
AT = BEGAN + timedelta(days=90)
WORDS = (
    "street light police bus station night walk safe school park road estate youth worker "
    "officer neighbour burglary theft report phone answer wait trust meeting borough centre "
    "market evening"
)
AGREE = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree")
TRAVEL = ("Bus", "Bike, or e-bike", "Car", "On foot", "Other, please say")
TRUST = ("A lot", "A little", "Not at all")
STATEMENTS = ("The police", "The council", "The courts")
PRIORITIES = ("first", "second", "third")
TEXTS = ("change", "more")
PAGE = 4096


def main() -> None:
    """Measure on each kind of database; fails where a promise is not kept."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "forms.csv"
        bare = _write(file)
        kept = on_each_database(lambda database: report(database, file, bare))
    if not kept:
        sys.exit("A promise of the import is not kept.")


def report(database: Database, file: Path, bare: float) -> bool:
    """Print what one database showed; return whether the promises are kept."""
    shown = measured(__file__, database, str(file), FOLKMOOT_AT="2022-02-20")
    rate = ROWS / shown["import"]
    kept = rate >= PROMISED and shown["grown"] <= MOST_MEGABYTES
    print(
        f"{database.name}: {ROWS:,} rows of {file.stat().st_size / 1e6:.0f} MB imported in "
        f"{shown['import']:.1f} s, {rate:,.0f} rows/s, {rate / PROMISED:.2f} of the promised "
        f"{PROMISED:,}{'' if kept else '  NOT KEPT'}"
    )
    print(
        f"  bare csv reading of the file {bare:.2f} s; ratio {shown['import'] / bare:.0f}. "
        f"Dry run {shown['check']:.1f} s, {ROWS / shown['check']:,.0f} rows/s; "
        f"undone in {shown['undo']:.1f} s"
    )
    print(
        f"  memory grew by {shown['grown']:.0f} MB above idle with {ROWS:,} rows "
        f"(at most {MOST_MEGABYTES})"
    )
    return kept


def measure(file: Path) -> None:
    """Write, as JSON, the seconds of check, import and undoing, and the growth of memory in MB."""
    import django

    django.setup()
    from django.core.files import File
    from django.core.management import call_command

    from folkmoot.accounts.models import User
    from folkmoot.responses.acts.imports import (
        begin_check,
        begin_import,
        begin_rows,
        check_import,
        import_rows,
        keep_mapping,
    )
    from folkmoot.responses.acts.undoing import undo_import
    from folkmoot.responses.importing import ColumnMapping
    from folkmoot.responses.models import Response

    call_command("migrate", verbosity=0)
    survey = survey_of([_questions()], BEGAN, 80)
    officer = User.objects.create_superuser("officer@folkmoot.example", "x")
    with file.open("rb") as opened:
        run = begin_import(survey, File(opened, name=file.name), AT, officer)
    keep_mapping(run, ColumnMapping.read(run.mapping), AT, officer)
    took = {}
    with _Memory() as memory:
        begin_check(run)
        began = time.perf_counter()
        check_import(run, AT)
        took["check"] = time.perf_counter() - began
        assert run.counts["responses"] == ROWS, (run.failure, run.counts, run.faults[:3])
        attempt = begin_rows(run, officer)
        began = time.perf_counter()
        written = import_rows(run, attempt, AT)
        took["import"] = time.perf_counter() - began
        assert written == ROWS == Response.objects.count(), run.failure
    began = time.perf_counter()
    undo_import(run, AT, officer)
    took["undo"] = time.perf_counter() - began
    assert not Response.objects.exists()
    json.dump(took | {"grown": memory.grown}, sys.stdout)


class _Memory:
    """Watches by how many MB the process grows, twenty times a second."""

    def __enter__(self) -> _Memory:
        self.idle = self.most = _resident()
        self.over = threading.Event()
        self.watch = threading.Thread(target=self._watch, daemon=True)
        self.watch.start()
        return self

    def _watch(self) -> None:
        while not self.over.wait(0.05):
            self.most = max(self.most, _resident())

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.watch.join()
        self.grown = (self.most - self.idle) / 1e6


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE


def _write(file: Path) -> float:
    """Write the file, the same in every run; return the seconds in which csv alone reads it."""
    drawn, words = random.Random(5), WORDS.split()
    priorities = [f"How do you see the {each} priority?" for each in PRIORITIES]
    texts = [f"What about {each}?" for each in TEXTS]
    with file.open("w", newline="", encoding="utf-8-sig") as opened:
        writer = csv.writer(opened)
        own = ["ID", "Start time", "Completion time", "Email", "Name"]
        writer.writerow([*own, *priorities, "How do you travel?", *STATEMENTS, *texts])
        for number in range(1, ROWS + 1):
            at = BEGAN + timedelta(seconds=number * 60)
            travel = [each for each in TRAVEL[:4] if drawn.random() < 0.4]
            if number % 10 == 0:
                travel.append(f"By boat {number % 500}")
            writer.writerow(
                [
                    number,
                    f"{at:%m/%d/%Y %H:%M:%S}",
                    f"{at + timedelta(minutes=9):%m/%d/%Y %H:%M:%S}",
                    "anonymous",
                    "",
                    *(drawn.choice(AGREE) for _ in PRIORITIES),
                    "".join(f"{each};" for each in travel),
                    *(drawn.choice(TRUST) for _ in STATEMENTS),
                    *(" ".join(drawn.choices(words, k=40)) for _ in TEXTS),
                ]
            )
    began = time.perf_counter()
    with file.open(newline="", encoding="utf-8-sig") as opened:
        rows = sum(1 for _ in csv.reader(opened))
    assert rows == ROWS + 1
    return time.perf_counter() - began


def _questions() -> list[Any]:
    common = {"hint": "", "required": True}

    def options(labels: tuple[str, ...]) -> list[dict[str, Any]]:
        return [
            {"code": f"o{place}", "label": label, "asks_text": label.startswith("Other")}
            for place, label in enumerate(labels)
        ]

    def choice(key: str, title: str, labels: tuple[str, ...], several: bool = False) -> Any:
        asked = {"key": key, "title": title, "several": several, "options": options(labels)}
        return "choice", asked | common

    questions = [
        *(choice(key, f"How do you see the {key} priority?", AGREE) for key in PRIORITIES),
        choice("travel", "How do you travel?", TRAVEL, several=True),
        *(choice(f"trust-{place}", statement, TRUST) for place, statement in enumerate(STATEMENTS)),
        *(
            ("text", {"key": key, "title": f"What about {key}?", "words_guide": 150, **common})
            for key in TEXTS
        ),
    ]
    for kind, value in questions:
        if kind == "text":
            value["may_be_quoted"] = True
    return questions


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(Path(sys.argv[2]))
    else:
        main()
