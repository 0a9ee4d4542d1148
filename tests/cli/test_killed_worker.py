"""A worker killed in the middle of its work: the next one does it, and there is one frame.

Two real workers, one after the other, on a copy of the demonstration.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import pytest
from tests import london

SECONDS = 180
QUESTION = "change-draft"
ASK = f"""
import django
django.setup()
from folkmoot.publishing.clock import now
from folkmoot.responses.models import Survey
from folkmoot.themes.acts.working import ask_for_work
ask_for_work(Survey.objects.get(code_frames__question="{QUESTION}"), "{QUESTION}", "suggest", now())
"""


@pytest.fixture
def database(london_file, tmp_path):
    return london.copied(london_file, tmp_path)


@pytest.fixture
def environment(london_file, database):
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "FOLKMOOT_VAR": str(london_file.parent),
        "FOLKMOOT_AT": "",
        "DJANGO_SETTINGS_MODULE": "folkmoot.config.settings",
    }


@pytest.fixture
def asked(environment, database):
    """A database whose analyst has asked for the themes of a question once more."""
    said = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    return database


@contextmanager
def worker(environment, log):
    command = [sys.executable, "-m", "folkmoot.cli.main", "worker"]
    with log.open("w") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    try:
        yield process
    finally:
        process.kill()
        process.wait(20)


def rows(file, query, *values):
    with closing(sqlite3.connect(file, timeout=20)) as database, database:
        return database.execute(query, values).fetchall()


def wait_for(file, log, is_so):
    """Wait until the work's state and step are as wanted; return its row."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        ((state, attempt, step),) = rows(file, "SELECT state, attempt, step FROM themes_work")
        if is_so(state, step):
            return state, attempt, step
        time.sleep(0.005)
    pytest.fail(f"It did not come to that in {SECONDS} s: {log.read_text()}")


def frames(file):
    """Return whether each frame of the question is current, and how many answers it has."""
    return rows(
        file,
        "SELECT is_current, count(*) FROM themes_codeframe "
        "JOIN themes_assignment ON frame_id = themes_codeframe.id "
        "WHERE question = ? GROUP BY themes_codeframe.id ORDER BY themes_codeframe.id",
        QUESTION,
    )


def test_what_a_killed_worker_was_at_is_done_by_the_next(environment, asked, tmp_path):
    log = tmp_path / "worker.log"
    ((_, answers),) = frames(asked)
    with worker(environment, log) as first:
        _, _, step = wait_for(
            asked, log, lambda state, step: state == "running" and step not in ("", "Begun")
        )
        first.kill()
        first.wait(20)
    ((state, attempt),) = rows(asked, "SELECT state, attempt FROM themes_work")
    assert (state, attempt) == ("running", 1), f"it was killed too late, after: {step}"
    assert frames(asked) == [(1, answers)]
    # As if a minute had passed without a sign of life, and the job had last run before.
    rows(asked, "UPDATE themes_work SET heard_at = '2022-04-01 00:00:00'")
    rows(asked, "DELETE FROM publishing_jobrun WHERE name LIKE 'themes:%'")
    with worker(environment, log):
        state, attempt, _ = wait_for(
            asked, log, lambda state, step: state not in ("waiting", "running")
        )
    assert (state, attempt) == ("done", 2)
    assert frames(asked) == [(0, answers), (1, answers)]
    acts = dict(
        rows(
            asked,
            "SELECT act, count(*) FROM accounts_auditrecord WHERE record_type = 'themes.Work' "
            "GROUP BY act",
        )
    )
    assert acts == {"work asked for": 1, "work taken up again": 1}
    tasks = rows(
        asked,
        "SELECT status, count(*) FROM django_tasks_database_dbtaskresult "
        "WHERE task_path = 'folkmoot.themes.tasks.do_work' GROUP BY status ORDER BY status",
    )
    assert ("FAILED", 1) in tasks
