"""A consultation that people answered, and the clock after its results were published."""

from __future__ import annotations

import pytest
from tests import factories
from tests.themes.frames import make_frame
from tests.themes.voices import spoken


@pytest.fixture(autouse=True)
def _after_publication(settings, db):
    settings.FOLKMOOT_AT = factories.AFTER.isoformat()


@pytest.fixture
def survey():
    """A survey with a closed, a free-text and an equality question, answered by 84 people."""
    asked = factories.make_survey(
        questions=[
            factories.choice("agree", "Do you agree with the draft?"),
            factories.text("change", "What would you change in the draft?"),
            factories.monitoring("age-band", "How old are you?"),
        ]
    )
    for place, said in enumerate(spoken()):
        factories.make_response(
            asked,
            {"agree": ["agree" if place % 3 else "disagree"], "change": said},
            monitored={"age-band": "one" if place % 2 else "other"},
        )
    return asked


@pytest.fixture
def frame():
    """A code frame of 20 answers, kept by hand: see `tests.themes.frames`."""
    return make_frame()
