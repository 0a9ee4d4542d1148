"""The clock while the consultation is open, and static files as they lie in the source."""

from __future__ import annotations

import time

import pytest

from folkmoot.publishing import clock

WHILE_OPEN = "2021-12-01 12:00"


@pytest.fixture(autouse=True)
def _while_open(settings, monkeypatch):
    settings.FOLKMOOT_AT = WHILE_OPEN
    # The clock goes on from there; however long a run takes, each test begins at that instant.
    monkeypatch.setattr(clock, "_STARTED", time.monotonic())
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
