"""When a count that pages show has changed."""

from __future__ import annotations

import os
import time

import pytest
from django.conf import settings as site_settings
from tests import factories

from folkmoot.publishing import keeping, purging

pytestmark = pytest.mark.django_db


@pytest.fixture
def aged():
    """Return a function that makes the present edition so many seconds old."""

    def made_old(seconds: float) -> int:
        purging.begin_edition()
        then = time.time_ns() - int(seconds * 10**9)
        os.utime(site_settings.VAR / purging.EDITION, ns=(then, then))
        return purging.edition()

    return made_old


def test_a_count_begins_an_edition_once_it_is_committed(aged, django_capture_on_commit_callbacks):
    before = aged(purging.SECONDS_BETWEEN_COUNTS + 1)
    with django_capture_on_commit_callbacks(execute=True):
        purging.count_changed()
        assert purging.edition() == before
    assert purging.edition() > before


def test_a_flood_of_counts_begins_one_edition(aged, django_capture_on_commit_callbacks):
    aged(purging.SECONDS_BETWEEN_COUNTS + 1)
    with django_capture_on_commit_callbacks(execute=True):
        purging.count_changed()
    begun = purging.edition()
    for _ in range(50):
        with django_capture_on_commit_callbacks(execute=True):
            purging.count_changed()
    assert purging.edition() == begun


@pytest.fixture
def purged(monkeypatch):
    """How often all that was kept was forgotten."""
    seen = []
    monkeypatch.setattr(keeping, "forget", lambda: seen.append(1))
    return seen


def test_a_draft_forgets_nothing_and_its_publication_all(purged):
    page = factories.make_home()
    user = factories.make_user()
    page.title = "A draft that nobody sees"
    purged.clear()
    revision = page.save_revision(user=user)
    assert purged == []
    revision.publish()
    assert purged


def test_a_respondent_forgets_nothing_by_itself(purged):
    consultation = factories.make_consultation()
    purged.clear()
    factories.make_respondent(consultation)
    assert purged == []


def test_a_page_is_never_kept_longer_than_a_count_may_be_old():
    assert purging.SECONDS_BETWEEN_COUNTS < site_settings.PUBLIC_CACHE_SECONDS <= 60
