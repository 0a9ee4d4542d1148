"""100,000 responses of 40 questions, exported to CSV, against a bare writer of the same cells.

The promise: at least 5,000 responses a second, and memory that does not grow with them: under
200 MB above what the process has before it begins. Measured from the database to the last byte, in
one process; on SQLite, and on PostgreSQL where it is installed.
"""

from __future__ import annotations

import csv
import io
import json
import os
import platform
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from surveys.made import measured, on_each_database, survey_of
from surveys.sites import Database

RESPONSES, MADE_SINGLY, HELD_BY_BARE_WRITER = 100_000, 1_000, 5_000
PROMISED_A_SECOND, PROMISED_MB = 5_000, 200
BEGAN = datetime(2021, 11, 16, 9, tzinfo=UTC)
CODES = tuple(f"option-{letter}" for letter in "abcde")
WORDS = ("street", "light", "police", "bus", "night", "walk", "park", "youth", "officer", "trust")
SHARE_ANSWERED = 0.9


def main() -> None:
    """Measure on each kind of database; fails where a promise is not kept."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    if not on_each_database(report):
        sys.exit("A promise of the export is not kept.")


def report(database: Database) -> bool:
    """Print what one database showed; return whether the promises are kept."""
    found = measured(__file__, database, FOLKMOOT_AT="2022-02-01")
    a_second = RESPONSES / found["seconds"]
    kept = a_second >= PROMISED_A_SECOND and found["grown_mb"] <= PROMISED_MB
    print(
        f"{database.name}: {RESPONSES:,} responses, {found['answers']:,} answers, "
        f"{found['columns']} columns, {found['bytes'] / 1e6:,.0f} MB in {found['seconds']:.1f} s: "
        f"{a_second:,.0f} a second ({a_second / PROMISED_A_SECOND:.2f} of what is promised); "
        f"{found['seconds'] / found['bare_seconds']:.1f} times a bare writer of the same cells; "
        f"memory {found['grown_mb']:.0f} MB above idle (promised: under {PROMISED_MB})"
        f"{'' if kept else '  NOT KEPT'}"
    )
    return kept


def measure() -> None:
    """Write what was measured, as JSON."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from folkmoot.responses.exporting.csv_file import csv_pieces
    from folkmoot.responses.exporting.layout import layout
    from folkmoot.responses.exporting.rows import rows
    from folkmoot.responses.exporting.selection import Selection
    from folkmoot.responses.models import Answer

    call_command("migrate", verbosity=0)
    survey = survey_of(_steps(), BEGAN, 60)
    _respond(survey)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    laid_out, selection = layout(survey, Selection()), Selection()
    first = _first(survey)
    few = selection.responses(survey).filter(pk__lt=first + MADE_SINGLY)
    # What is loaded once, whatever is exported, is loaded before memory is looked at.
    for _ in csv_pieces(laid_out.columns, rows(laid_out, few)):
        pass
    # Linux forgets the high-water mark when a 5 is written here.
    Path("/proc/self/clear_refs").write_text("5")
    idle = _megabytes("VmRSS")
    began = time.perf_counter()
    size = 0
    for piece in csv_pieces(laid_out.columns, rows(laid_out, selection.responses(survey))):
        size += len(piece.encode())
    seconds = time.perf_counter() - began
    grown = _megabytes("VmHWM") - idle
    some = selection.responses(survey).filter(pk__lt=first + HELD_BY_BARE_WRITER)
    bare = _bare_seconds("".join(csv_pieces(laid_out.columns, rows(laid_out, some))))
    answers = Answer.objects.count()
    found = {"seconds": seconds, "bare_seconds": bare, "bytes": size, "answers": answers}
    found |= {"columns": len(laid_out.columns), "grown_mb": grown}
    json.dump(found, sys.stdout)


def _bare_seconds(sample: str) -> float:
    """Return how long a bare writer takes for as many rows, from cells that it holds in memory."""
    cells = list(csv.reader(io.StringIO(sample.removeprefix("\ufeff"), newline="")))[1:]
    began = time.perf_counter()
    for _ in range(RESPONSES // len(cells)):
        csv.writer(io.StringIO(newline="")).writerows(cells)
    return time.perf_counter() - began


def _megabytes(of: str) -> float:
    """Return what Linux says of the memory of this process: VmRSS is now, VmHWM the most since."""
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in status if line.startswith(of))) / 1024


def _first(survey: Any) -> int:
    first: int = survey.responses.order_by("pk").values_list("pk", flat=True)[0]
    return first


def _steps() -> list[list[Any]]:
    """Return 40 questions in four steps; six of them are asked by earlier answers."""
    options = [{"code": code, "label": code.capitalize()} for code in CODES]
    other = [*options, {"code": "other", "label": "Other", "asks_text": True}]
    steps: list[list[Any]] = []
    for step in range(4):
        rule = {"question": f"single-{step}-0", "test": "any-of", "value": "option-a, option-b"}
        shown = {"shown_if": [("rule", rule)]}
        steps.append(
            [
                *(_question("choice", f"single-{step}-{at}", options=options) for at in range(5)),
                _question("choice", f"other-{step}", options=other),
                _question("choice", f"several-{step}", options=other, several=True),
                _question("text", f"text-{step}", words_guide=150, may_be_quoted=True),
                _question("number", f"number-{step}", lowest=0, **shown),
                _question("short_text", f"short-{step}", **(shown if step > 1 else {})),
            ]
        )
    return steps


def _question(kind: str, key: str, **fields: Any) -> Any:
    several = {"several": False} if kind == "choice" else {}
    common = {"key": key, "title": f"Question {key}?", "hint": "", "required": False}
    return kind, common | several | fields


def _respond(survey: Any) -> None:
    """Add the responses: a thousand with answers drawn, and copies of them with other keys."""
    from django.db import connection, transaction

    from folkmoot.consultations.models import Respondent
    from folkmoot.responses.acts.rows import answer_rows, version_of
    from folkmoot.responses.models import Answer, Response
    from folkmoot.responses.questions import survey_form

    drawn, consultation, form = random.Random(5), survey.consultation, survey_form(survey)
    version = version_of(survey, form, BEGAN)
    with transaction.atomic():
        for number in range(MADE_SINGLY):
            at = BEGAN + timedelta(seconds=number)
            respondent = Respondent.objects.create(consultation=consultation, took_part_at=at)
            response = Response.objects.create(
                consultation=consultation,
                survey=survey,
                version=version,
                respondent=respondent,
                reference=f"FM-{number:09d}",
                submitted_at=at,
                consent="We use your answers.",
            )
            given = _given(drawn, form)
            asked = form.on_the_way(given).questions
            Answer.objects.bulk_create(answer_rows(response, asked, given, BEGAN.date())[0])
    for model, link in ((Response, "id"), (Answer, "response_id")):
        table = model._meta.db_table
        columns = [field.column for field in model._meta.concrete_fields]
        if model is Answer:
            columns.remove("id")
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT MIN({link}) FROM {table}")  # noqa: S608 our own names
            before = cursor.fetchone()[0] + MADE_SINGLY
            for copy in range(1, RESPONSES // MADE_SINGLY):
                ahead = copy * MADE_SINGLY
                changed = {link: f"{link} + {ahead}", "reference": f"'C{copy}-' || reference"}
                chosen = ", ".join(changed.get(name, f'"{name}"') for name in columns)
                named = ", ".join(f'"{name}"' for name in columns)
                cursor.execute(
                    f"INSERT INTO {table} ({named}) SELECT {chosen} FROM {table} "  # noqa: S608
                    f"WHERE {link} < {before}"
                )


def _given(drawn: random.Random, form: Any) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for question in form.questions:
        key = question.key
        if drawn.random() > SHARE_ANSWERED:
            continue
        kind = key.split("-")[0]
        if kind == "several":
            given[key] = drawn.sample(CODES, drawn.randint(1, 3))
        elif kind in ("single", "other"):
            given[key] = [drawn.choice(CODES)]
        elif kind == "number":
            given[key] = [str(drawn.randint(0, 99))]
        else:
            many = 40 if kind == "text" else 3
            given[key] = [" ".join(drawn.choices(WORDS, k=many)).capitalize() + "."]
    return given


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else main()
