"""What tests of every room share."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from pytest_django.plugin import blocking_manager_key
from tests import london
from wagtail.models import Site

from folkmoot.publishing import keeping

LONDON_OPEN = "2021-12-01"
MADE = pytest.StashKey[str]()
PLAIN_STATIC_FILES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest
) -> None:
    """Remember what migrations made. A connection would forget it: a browser brings others."""
    with django_db_blocker.unblock():
        request.config.stash[MADE] = connection.creation.serialize_db_to_string()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, object, object]:
    """Put back what migrations made (groups, the root page) after a test that really commits.

    Such a test empties the database, and another of its process may come after it. After the last
    of all there is no database left.
    """
    result = yield
    mark = item.get_closest_marker("django_db")
    if nextitem is not None and mark is not None and mark.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            # The test's own end made content types again, under other numbers.
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
            connection.creation.deserialize_db_from_string(item.config.stash[MADE])
            _count_on()
            ContentType.objects.clear_cache()
            Site.clear_site_root_paths_cache()
    return result


def _count_on() -> None:
    """Let PostgreSQL number what comes next after what was put back with its numbers."""
    statements = connection.ops.sequence_reset_sql(no_style(), apps.get_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture(autouse=True)
def _own_site(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what one test was shown, and this checkout's own site, out of the next test."""
    settings.VAR = tmp_path_factory.getbasetemp()
    settings.STATIC_ROOT = settings.VAR / "static"
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    settings.MEDIA_ROOT = settings.VAR / "media"
    settings.STORAGES = settings.STORAGES | PLAIN_STATIC_FILES
    cache.clear()
    keeping.forget()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The published files, beside the repository or where FOLKMOOT_SHARED_DATA says.

    They are not part of the project, so tests that read them are skipped where they are not.
    """
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    folder = Path(os.environ.get("FOLKMOOT_SHARED_DATA") or beside)
    if not folder.is_dir():
        pytest.skip(
            "NOT TESTED ON REAL FIGURES: the published files are absent; "
            "name their folder in FOLKMOOT_SHARED_DATA"
        )
    return folder


@pytest.fixture(scope="session")
def london_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Database file of the demonstration as it stands now; copy it before writing to it."""
    return london.loaded_file(london.shared_folder(tmp_path_factory.getbasetemp()), "")


@pytest.fixture(scope="session")
def london_open_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Database file of the demonstration as on 1 December 2021, while the consultation is open."""
    return london.loaded_file(london.shared_folder(tmp_path_factory.getbasetemp()), LONDON_OPEN)


@pytest.fixture
def london_site(
    london_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,
    settings: Any,
) -> Iterator[None]:
    """The demonstration as it stands now, in place of the test database."""
    settings.STORAGES = settings.STORAGES | PLAIN_STATIC_FILES
    settings.MEDIA_ROOT = london_file.parent / "media"
    copy = london.copied(london_file, tmp_path_factory.getbasetemp())
    with django_db_blocker.unblock(), london.standing_in(copy):
        yield


@pytest.fixture
def london_open_site(
    london_open_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: Any,
    settings: Any,
) -> Iterator[None]:
    """The demonstration as on 1 December 2021, in place of the test database."""
    settings.FOLKMOOT_AT = LONDON_OPEN
    settings.STORAGES = settings.STORAGES | PLAIN_STATIC_FILES
    settings.MEDIA_ROOT = london_open_file.parent / "media"
    copy = london.copied(london_open_file, tmp_path_factory.getbasetemp())
    with django_db_blocker.unblock(), london.standing_in(copy):
        yield
