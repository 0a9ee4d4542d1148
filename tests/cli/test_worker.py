"""The worker: jobs beside tasks, and a worker that died begins again."""

from __future__ import annotations

import os
import sys
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db.utils import OperationalError

from folkmoot.cli import server, worker
from folkmoot.publishing import schedule
from folkmoot.publishing.models import JobRun

AT = datetime(2022, 4, 1, 12, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_jobs_run_round_after_round_whatever_happens_until_stopped(monkeypatch, caplog):
    """A database that is away for a round, or a job that fails, ends nothing."""
    stopped = threading.Event()
    rounds = []
    run_due = schedule.run_due

    def counted(now, **lane):
        rounds.append(now())
        if len(rounds) == 1:
            raise OperationalError("the database is restarting")
        return run_due(now, **lane)

    def last(at):
        if len(rounds) == 3:
            stopped.set()
        raise LookupError("a job that fails")

    monkeypatch.setattr(schedule, "_JOBS", {})
    monkeypatch.setattr(schedule, "run_due", counted)
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_ROUNDS", 0)
    schedule.register_job("last", timedelta(minutes=1), last)
    thread = threading.Thread(target=worker.run_jobs, args=(stopped, *worker.LANES[1]))
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    assert len(rounds) == 3
    assert "A round of jobs ended early." in caplog.text


@pytest.mark.django_db(transaction=True)
def test_no_job_of_the_night_holds_up_what_is_due_at_once(monkeypatch):
    prompt_ran, night_ended = threading.Event(), threading.Event()

    def wait_for_prompt(at):
        # Comes to its end only if the other job runs meanwhile.
        if prompt_ran.wait(30):
            night_ended.set()

    monkeypatch.setattr(schedule, "_JOBS", {})
    schedule.register_job("night", timedelta(days=1), wait_for_prompt)
    schedule.register_job("prompt", timedelta(seconds=30), lambda at: prompt_ran.set())
    with worker.jobs_beside():
        assert night_ended.wait(30)


@pytest.mark.django_db
def test_jobs_are_listed_with_how_they_went(monkeypatch, capsys):
    monkeypatch.setattr(schedule, "_JOBS", {})
    monkeypatch.setenv("COLUMNS", "160")
    for name, every in (("never ran", 30), ("went well", 3600), ("failed", 86_400 * 2)):
        schedule.register_job(name, timedelta(seconds=every), lambda at: None)
    JobRun.objects.create(name="went well", last_run=AT)
    JobRun.objects.create(name="failed", last_run=AT, fault="LookupError")
    worker.show_jobs()
    lines = {
        line.split("│")[1].strip(): line
        for line in capsys.readouterr().out.splitlines()
        if "│" in line
    }
    assert "30 seconds" in lines["never ran"]
    assert "not yet" in lines["never ran"]
    assert "hour" in lines["went well"]
    assert "1 April 2022, 13:00:00" in lines["went well"]
    assert "2 days" in lines["failed"]
    assert "failed: LookupError" in lines["failed"]


def test_worker_that_died_begins_again_and_ends_with_the_server(tmp_path, monkeypatch, capfd):
    runs = tmp_path / "runs"
    script = (
        "import os, pathlib, sys, time\n"
        f"runs = pathlib.Path({str(runs)!r})\n"
        "runs.write_text((runs.read_text() if runs.exists() else '') + f'{os.getpid()}\\n')\n"
        "if len(runs.read_text().split()) == 1:\n"
        "    sys.exit(3)\n"
        "time.sleep(600)\n"
    )
    monkeypatch.setattr(server, "WORKER", [sys.executable, "-c", script])
    monkeypatch.setattr(server, "SECONDS_TO_END_TOGETHER", 0)
    monkeypatch.setattr(server, "SECONDS_TO_BEGIN_AGAIN", 0)
    waiting = threading.Event()
    with server.worker_beside():
        for _ in range(300):
            if runs.exists() and len(runs.read_text().split()) == 2:
                break
            waiting.wait(0.1)
    first, second = runs.read_text().split()
    assert first != second
    with pytest.raises(ProcessLookupError):
        # Signal 0 asks whether a process is there.
        os.kill(int(second), 0)
    assert "the background worker ended with code 3" in capfd.readouterr().err
