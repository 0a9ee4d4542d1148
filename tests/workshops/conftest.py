"""What the tests of this room share."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from folkmoot.publishing import clock


@pytest.fixture
def stand_at(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the site stand at an instant; from there time passes, however long the tests ran."""

    def stand(at: datetime) -> None:
        settings.FOLKMOOT_AT = at.isoformat()
        monkeypatch.setattr(clock, "_STARTED", time.monotonic())

    return stand
