"""The clock while the consultation is open, and static files as they lie in the source."""

from __future__ import annotations

import pytest
from django.core.cache import cache

WHILE_OPEN = "2021-12-01 12:00"


@pytest.fixture(autouse=True)
def _while_open(settings):
    settings.FOLKMOOT_AT = WHILE_OPEN
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    cache.clear()
