"""Jobs: run when due, by one worker at a time, and again after a failure."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests import factories

from folkmoot.accounts.models import AuditRecord
from folkmoot.cli.worker import LANES
from folkmoot.publishing import acts, schedule
from folkmoot.publishing.models import JobRun, StandardPage
from folkmoot.publishing.purging import edition

AT = datetime(2022, 4, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(monkeypatch):
    """Return `register_job`, with no job registered yet."""
    monkeypatch.setattr(schedule, "_JOBS", {})
    return schedule.register_job


def run(at):
    return schedule.run_due(lambda: at)


def test_job_runs_at_once_and_then_when_it_is_due(register):
    instants = []
    register("count", 5 * MINUTE, instants.append)
    for at in (AT, AT + 4 * MINUTE, AT + 5 * MINUTE, AT + 6 * MINUTE):
        run(at)
    assert instants == [AT, AT + 5 * MINUTE]


def test_jobs_due_most_often_come_first(register):
    for name, every in (("a", 60), ("b", 1), ("c", 10)):
        register(name, every * MINUTE, lambda at: None)
    assert run(AT) == ["b", "c", "a"]


def test_every_job_is_in_one_lane_of_the_worker(register):
    for name, every in (("a", 60), ("b", 0.5), ("c", 1), ("d", 1440), ("e", 59)):
        register(name, every * MINUTE, lambda at: None)
    lanes = [schedule.run_due(lambda: AT, shortest=one, below=other) for one, other in LANES]
    assert lanes == [["b"], ["c", "e"], ["a", "d"]]


def test_failed_job_is_logged_shown_and_tried_again_in_the_next_round(register, caplog):
    def fail(at):
        if at == AT:
            raise LookupError("no")

    register("fails once", 60 * MINUTE, fail)
    register("other", 90 * MINUTE, lambda at: None)
    assert run(AT) == ["fails once", "other"]
    assert "The job “fails once” failed" in caplog.text
    failed, other = schedule.standings()
    assert (failed.last_run, failed.fault) == (None, "LookupError")
    assert (other.last_run, other.fault) == (AT, "")
    assert run(AT + MINUTE) == ["fails once"]
    assert schedule.standings()[0].fault == ""


def test_job_that_another_worker_runs_is_left_to_it(register):
    register("long", MINUTE, lambda at: None)
    run(AT)
    JobRun.objects.update(locked_at=AT + 5 * MINUTE)
    assert run(AT + 6 * MINUTE) == []
    # A worker that was killed left its lock.
    assert run(AT + 5 * MINUTE + schedule.LOCK + MINUTE) == ["long"]


def test_job_run_meanwhile_by_another_worker_is_not_run_twice(register):
    ran = []

    def run_elsewhere(at):
        # Between this worker's look at the list and its turn, another one ran "second".
        JobRun.objects.update_or_create(name="second", defaults={"last_run": at})

    register("first", MINUTE, run_elsewhere)
    register("second", 5 * MINUTE, ran.append)
    assert run(AT) == ["first"]
    assert ran == []


def test_demonstration_begun_again_at_an_earlier_instant_runs_its_jobs(register):
    register("daily", timedelta(days=1), lambda at: None)
    run(AT + timedelta(hours=20))
    assert run(AT) == ["daily"]


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_the_same_time_one_runs_a_job(register):
    ran = []
    ready = threading.Barrier(2)
    JobRun.objects.create(name="once")
    register("once", MINUTE, ran.append)

    def work():
        ready.wait()
        run(AT)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert ran == [AT]


def test_round_with_nothing_due_is_one_query(register, django_assert_num_queries):
    for number in range(5):
        register(f"job {number}", MINUTE, lambda at: None)
    run(AT)
    with django_assert_num_queries(1):
        assert run(AT) == []


@pytest.fixture
def scheduled():
    """A page whose publication is approved for AT."""
    page = StandardPage(title="Answer", slug="answer", live=False)
    factories.make_home().add_child(instance=page)
    page.go_live_at = datetime(2099, 1, 1, tzinfo=UTC)
    page.save_revision().publish()
    page.revisions.update(approved_go_live_at=AT)
    revision = page.revisions.get()
    revision.content["go_live_at"] = AT.isoformat()
    revision.save()
    return page


def test_page_goes_live_at_its_instant_and_not_before(
    scheduled, django_capture_on_commit_callbacks
):
    assert acts.publish_due(AT - timedelta(seconds=1)) == 0
    scheduled.refresh_from_db()
    assert not scheduled.live
    before = edition()
    with django_capture_on_commit_callbacks(execute=True):
        assert acts.publish_due(AT) == 1
    scheduled.refresh_from_db()
    assert scheduled.live
    assert edition() > before
    assert AuditRecord.objects.filter(act="page published on schedule").count() == 1
    assert acts.publish_due(AT + MINUTE) == 0


def test_page_is_taken_away_when_it_expires():
    page = StandardPage(title="Notice", slug="notice", expire_at=AT)
    factories.make_home().add_child(instance=page)
    assert acts.publish_due(AT - MINUTE) == 0
    assert acts.publish_due(AT) == 1
    page.refresh_from_db()
    assert not page.live
    assert AuditRecord.objects.filter(act="page unpublished on schedule").count() == 1


def test_one_page_that_cannot_be_published_holds_up_no_other(scheduled, caplog):
    broken = StandardPage(title="Broken", slug="broken", live=False)
    factories.make_home().add_child(instance=broken)
    revision = broken.save_revision()
    revision.content["slug"] = "answer"  # taken, which Wagtail refuses
    revision.approved_go_live_at = AT - MINUTE
    revision.save()
    with pytest.raises(acts.PublicationError, match="1 of 2 scheduled changes failed"):
        acts.publish_due(AT)
    scheduled.refresh_from_db()
    assert scheduled.live
    assert "Broken" in caplog.text


def test_site_registers_the_jobs_that_it_needs():
    every = {job.name: job.every for job in schedule.jobs()}
    assert every["publish what is scheduled"] <= MINUTE
    assert every["send e-mails that wait"] <= MINUTE
    assert {"write digests to followers", "clear finished tasks"} <= set(every)
