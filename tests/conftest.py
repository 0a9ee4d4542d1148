"""What tests of every room share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


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
