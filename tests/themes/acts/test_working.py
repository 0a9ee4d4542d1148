"""Long work: one at a time on a question, cancelled whole, never done twice, taken up when lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult
from tests import factories
from tests.themes.reading import make_taught

from folkmoot.accounts.models import AuditRecord
from folkmoot.themes import acts, tasks
from folkmoot.themes.acts.running import run_work
from folkmoot.themes.acts.working import (
    LOST,
    MOST_ATTEMPTS,
    Attempt,
    StoppedError,
    ask_for_work,
    cancel_work,
    heard_now,
    take_up_lost,
)
from folkmoot.themes.models import CodeFrame, Work

AT = factories.AFTER
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def analyst():
    return factories.make_user("themes.confirm_themes")


def ask(survey, by=None, kind=Work.Kind.SUGGEST, **options):
    return ask_for_work(survey, "change", kind, AT, by, options=options)


def given_to_workers():
    """Return the work and the attempt of each task that waits."""
    waiting = DBTaskResult.objects.filter(
        task_path=tasks.do_work.module_path, status="READY"
    ).order_by("enqueued_at")
    return [tuple(each.args_kwargs["args"]) for each in waiting]


def lose(work):
    """Let nothing have been heard of the worker for too long."""
    Work.objects.filter(pk=work.pk).update(heard_at=heard_now() - LOST - timedelta(seconds=1))


def test_work_that_is_asked_for_waits_for_a_worker(survey, analyst):
    work = ask(survey, analyst)
    assert (work.state, work.attempt, work.asked_by, work.asked_at) == ("waiting", 1, analyst, AT)
    assert given_to_workers() == [(work.pk, 1)]
    line = AuditRecord.objects.get(act="work asked for")
    assert (line.by, line.after["kind"]) == (analyst, "suggest")


def test_of_two_people_who_ask_at_once_one_is_told_so_and_one_frame_is_made(survey, analyst):
    work = ask(survey, analyst)
    with pytest.raises(acts.ThemesError, match="at work on this question already"):
        ask(survey, factories.make_user(), kind=Work.Kind.LEARN)
    assert given_to_workers() == [(work.pk, 1)]
    run_work(work.pk, 1)
    assert CodeFrame.objects.filter(survey=survey).count() == 1


def test_the_database_itself_keeps_a_second_work_out(survey):
    work = ask(survey)
    with pytest.raises(IntegrityError):
        Work.objects.create(
            survey=survey, question="change", kind="learn", asked_at=AT, heard_at=AT
        )
    assert work.is_open


def test_other_questions_and_ended_work_keep_nobody_waiting(survey, analyst):
    first = ask(survey)
    cancel_work(first, analyst, AT)
    second = ask(survey)
    other = ask_for_work(survey, "other", Work.Kind.SUGGEST, AT)
    assert given_to_workers() == [(first.pk, 1), (second.pk, 1), (other.pk, 1)]


def test_a_worker_does_it_and_its_end_is_kept(survey, analyst):
    work = ask(survey, analyst)
    run_work(work.pk, 1)
    work.refresh_from_db()
    assert (work.state, work.share) == ("done", 1)
    assert work.outcome.startswith("84 answers read;")
    assert work.ended_at is not None
    line = AuditRecord.objects.get(act="themes suggested")
    assert line.by == analyst


def test_what_is_refused_is_told_in_its_sentence(survey):
    work = ask(survey, kind=Work.Kind.LEARN)
    run_work(work.pk, 1)
    work.refresh_from_db()
    assert work.state == "failed"
    assert work.outcome.startswith("There are no themes yet")


def test_a_fault_of_the_site_is_told_and_raised(survey):
    work = ask(survey, kind=Work.Kind.DRAW)
    acts.suggest_themes(survey, "change", AT)
    with pytest.raises(KeyError):
        run_work(work.pk, 1)
    work.refresh_from_db()
    assert work.state == "failed"
    assert "A fault of the site ended it" in work.outcome


def test_cancelled_before_a_worker_came_nothing_is_done(survey, analyst):
    work = ask(survey, analyst)
    cancel_work(work, analyst, LATER)
    run_work(work.pk, 1)
    work.refresh_from_db()
    assert (work.state, work.ended_at) == ("cancelled", LATER)
    assert not CodeFrame.objects.exists()
    assert AuditRecord.objects.get(act="work cancelled").by == analyst


def test_what_has_ended_cannot_be_cancelled(survey, analyst):
    work = ask(survey)
    run_work(work.pk, 1)
    with pytest.raises(acts.ThemesError, match="not possible any more: 84 answers read"):
        cancel_work(work, analyst, LATER)
    work.refresh_from_db()
    assert work.state == "done"


def attempted(work):
    attempt = Attempt.begun(work.pk, work.attempt)
    assert attempt is not None
    return attempt


def test_cancelled_at_any_step_it_stops_there_and_leaves_nothing(survey, analyst):
    told = []
    acts.suggest_themes(survey, "change", AT, tell=lambda step, share: told.append(share))
    assert told == sorted(told)
    kept = CodeFrame.objects.get()
    for last in range(len(told)):
        work = ask(survey)
        attempt = attempted(work)
        heard = []

        def tell(step, share, last=last, heard=heard, work=work, attempt=attempt):
            heard.append(step)
            if len(heard) == last + 1:
                cancel_work(work, analyst, AT)
            attempt.tell(step, share)

        with pytest.raises(StoppedError):
            acts.suggest_themes(survey, "change", AT, tell=tell)
        assert len(heard) == last + 1
    assert CodeFrame.objects.get() == kept
    assert kept.assignments.count() == 84


def test_cancelled_while_it_is_written_nothing_is_kept(survey, analyst):
    work = ask(survey)
    attempt = attempted(work)

    def finish(outcome):
        Work.objects.filter(pk=work.pk).update(state=Work.State.CANCELLED)
        attempt.end(Work.State.DONE, outcome, AT)

    with pytest.raises(StoppedError):
        acts.suggest_themes(survey, "change", AT, finish=finish)
    assert not CodeFrame.objects.exists()
    assert not AuditRecord.objects.filter(act="themes suggested").exists()


def test_it_tells_where_it_is(survey):
    attempt = attempted(ask(survey))
    attempt.tell("Looking for campaigns", 0.25)
    work = Work.objects.get()
    assert (work.state, work.step, work.share) == ("running", "Looking for campaigns", 0.25)


def test_nobody_begins_the_same_attempt_twice(survey):
    work = ask(survey)
    attempted(work)
    assert Attempt.begun(work.pk, 1) is None
    run_work(work.pk, 1)
    assert not CodeFrame.objects.exists()


def test_work_whose_worker_lives_is_left_to_it(survey):
    attempted(ask(survey))
    assert take_up_lost(LATER) == 0
    assert Work.objects.get().attempt == 1


def test_lost_work_is_given_to_the_next_worker_and_one_frame_is_made(survey):
    work = ask(survey)
    lost = attempted(work)
    lose(work)
    assert take_up_lost(LATER) == 1
    assert take_up_lost(LATER) == 0
    assert given_to_workers() == [(work.pk, 1), (work.pk, 2)]
    run_work(work.pk, 2)
    # The worker that was taken for lost lives after all, and comes to its end.
    with pytest.raises(StoppedError):
        acts.suggest_themes(
            survey, "change", AT, finish=lambda told: lost.end(Work.State.DONE, told, AT)
        )
    with pytest.raises(StoppedError):
        lost.beat()
    work.refresh_from_db()
    assert (work.state, work.attempt) == ("done", 2)
    assert CodeFrame.objects.count() == 1
    assert AuditRecord.objects.get(act="work taken up again").after == {"attempt": 2}


def test_the_task_of_a_lost_worker_is_over(survey):
    work = ask(survey)
    attempted(work)
    DBTaskResult.objects.filter(task_path=tasks.do_work.module_path).update(status="RUNNING")
    lose(work)
    take_up_lost(LATER)
    states = DBTaskResult.objects.filter(task_path=tasks.do_work.module_path)
    assert sorted(states.values_list("status", flat=True)) == ["FAILED", "READY"]


def test_a_sign_of_life_keeps_it_from_being_taken_for_lost(survey):
    work = ask(survey)
    attempt = attempted(work)
    lose(work)
    attempt.beat()
    assert take_up_lost(LATER) == 0


def test_what_was_lost_too_often_is_interrupted_and_can_be_asked_for_again(survey, analyst):
    work = ask(survey)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert Attempt.begun(work.pk, attempt)
        lose(work)
        take_up_lost(LATER)
    work.refresh_from_db()
    assert (work.state, work.ended_at) == ("interrupted", LATER)
    assert "stopped 3 times" in work.outcome
    assert len(given_to_workers()) == MOST_ATTEMPTS
    assert ask(survey, analyst).state == "waiting"


@pytest.mark.parametrize("kind", Work.Kind.values)
def test_each_kind_of_work_is_done_by_a_worker(kind):
    frame = make_taught()
    factories.make_response(frame.survey, {"change": "Mend the street lamps of the canal path."})
    work = ask_for_work(frame.survey, "change", kind, AT, options={"share": 0.1})
    run_work(work.pk, 1)
    work.refresh_from_db()
    assert (work.state, work.share) == ("done", 1), work.outcome
    assert CodeFrame.objects.filter(survey=frame.survey, is_current=True).count() == 1
