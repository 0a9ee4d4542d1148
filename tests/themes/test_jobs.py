"""The machine learns as people go on reading: of drafts, once for each further hundred."""

from __future__ import annotations

import pytest
from tests import factories
from tests.themes.reading import READ, make_taught, send_many

from folkmoot.publishing.schedule import jobs
from folkmoot.themes import acts
from folkmoot.themes.acts.running import run_work
from folkmoot.themes.acts.working import ask_for_work, cancel_work
from folkmoot.themes.jobs import learn_where_due
from folkmoot.themes.models import Assignment, Work

AT = factories.AFTER


def read_more(frame, many):
    """Let so many more answers count as read."""
    Assignment.objects.bulk_create(
        Assignment(frame=frame, answer=answer, status="none", readings=1)
        for answer in send_many(frame.survey, ["Lamps"] * many)
    )


def test_the_worker_has_both_jobs():
    names = {job.name for job in jobs()}
    assert {"themes: take up lost work", "themes: learn from what was read"} <= names


def test_enough_read_is_learnt_from_once():
    frame = make_taught()
    assert learn_where_due(AT) == 1
    work = Work.objects.get()
    assert (work.kind, work.asked_by, work.options) == ("learn", None, {"read": READ})
    run_work(work.pk, 1)
    frame.refresh_from_db()
    assert frame.learnt_from == READ
    assert learn_where_due(AT) == 0


def test_too_little_read_waits():
    make_taught(read=99)
    assert learn_where_due(AT) == 0


@pytest.mark.parametrize(("more", "asked"), [(99, 0), (100, 1)])
def test_after_a_further_hundred_it_learns_again(more, asked):
    frame = make_taught()
    learn_where_due(AT)
    run_work(Work.objects.get().pk, 1)
    read_more(frame, more)
    assert learn_where_due(AT) == asked


def test_what_a_person_cancelled_does_not_begin_again_by_itself():
    make_taught()
    learn_where_due(AT)
    cancel_work(Work.objects.get(), factories.make_user(), AT)
    assert learn_where_due(AT) == 0


def test_confirmed_themes_change_by_themselves_no_more():
    frame = make_taught()
    acts.confirm_frame(frame, factories.make_user(), AT)
    assert learn_where_due(AT) == 0


def test_while_other_work_is_under_way_it_waits_for_the_next_round():
    frame = make_taught()
    other = ask_for_work(frame.survey, "change", Work.Kind.PLACE, AT)
    assert learn_where_due(AT) == 0
    cancel_work(other, factories.make_user(), AT)
    assert learn_where_due(AT) == 1
