"""Two tabs that submit one draft at the same instant, on connections of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from tests.factories import OPENS
from tests.responses.asking import three_steps

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import Respondent
from folkmoot.responses.acts import DraftGoneError, begin_draft, save_step, submit_response
from folkmoot.responses.forms import Checked
from folkmoot.responses.models import Draft, Response, Survey

AT = OPENS + timedelta(days=3)
TABS = 6


@pytest.fixture
def survey(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Survey]:
    """A survey in a database of the test's own, committed, that several connections see.

    SQLite's test database lies in memory, where locks are not those of a file; and no test may
    empty the audit record. So the tabs are given a copy, opened as the site opens its own.
    """
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield elsewhere(three_steps)


@contextmanager
def own_database(folder: Path) -> Iterator[None]:
    ordinary = connections.settings["default"]
    if connection.vendor == "sqlite":
        file = folder / "tabs.sqlite3"
        connection.ensure_connection()
        with closing(sqlite3.connect(file)) as copy:
            connection.connection.backup(copy)
        connections.settings["default"] = {**ordinary, "NAME": str(file)}
    else:
        connection.close()
        connection.creation.clone_test_db("tabs", verbosity=0, autoclobber=True)
        connections.settings["default"] = connection.creation.get_test_db_clone_settings("tabs")
    try:
        yield
    finally:
        connections.settings["default"] = ordinary
        if connection.vendor != "sqlite":
            connection.creation.destroy_test_db(verbosity=0, suffix="tabs")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts at the same instant, each on its own connection; an error is its own result."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            return act()
        except DraftGoneError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def elsewhere(ask: Callable[[], Any]) -> Any:
    return at_once(ask)[0]


def begun(survey: Survey) -> Draft:
    draft = begin_draft(survey, "key", AT)
    return save_step(draft, Checked(answers={"agree": ["agree"]}), AT)


def test_one_response_comes_of_tabs_that_submit_at_once(survey):
    draft = elsewhere(lambda: begun(survey))
    responses = at_once(*[lambda: submit_response(survey, draft, AT).reference] * TABS)
    assert len(set(responses)) == 1
    counted = elsewhere(
        lambda: (
            Response.objects.count(),
            Respondent.objects.count(),
            AuditRecord.objects.filter(act="response submitted").count(),
            Draft.objects.count(),
        )
    )
    assert counted == (1, 1, 1, 0)


def test_one_draft_is_begun_by_tabs_that_begin_at_once(survey):
    drafts = at_once(*[lambda: begin_draft(survey, "key", AT).pk] * TABS)
    assert len(set(drafts)) == 1
    assert elsewhere(Draft.objects.count) == 1


def test_steps_saved_at_once_are_all_kept(survey):
    draft = elsewhere(lambda: begin_draft(survey, "key", AT))
    names = [f"question-{number}" for number in range(TABS)]
    at_once(
        *[lambda name=name: save_step(draft, Checked(answers={name: ["x"]}), AT) for name in names]
    )
    assert sorted(elsewhere(lambda: Draft.objects.get().answers)) == names


def test_a_step_saved_while_another_tab_submits_is_in_the_response_or_refused(survey):
    draft = elsewhere(lambda: begun(survey))
    change = Checked(answers={"change": ["More lights."]})
    submitted, saved = at_once(
        lambda: submit_response(survey, draft, AT).pk, lambda: save_step(draft, change, AT)
    )
    texts = elsewhere(
        lambda: list(
            Response.objects.get(pk=submitted)
            .answers.filter(question="change")
            .values_list("text", flat=True)
        )
    )
    was_refused = isinstance(saved, DraftGoneError)
    assert texts == ([] if was_refused else ["More lights."])
