"""The clock after publication, and themes that people said."""

from __future__ import annotations

from datetime import date

import pytest
from tests import factories
from tests.themes.voices import spoken

from folkmoot.decisions import acts
from folkmoot.decisions.models import DecisionsPage
from folkmoot.themes.acts import suggest_themes
from folkmoot.themes.models import ResultsPage


@pytest.fixture(autouse=True)
def _after_publication(settings, db):
    settings.FOLKMOOT_AT = factories.AFTER.isoformat()


@pytest.fixture
def consultation():
    """A consultation with themes, a public results page and a page for decisions."""
    survey = factories.make_survey(questions=[factories.text("change")])
    for said in spoken():
        factories.make_response(survey, {"change": said})
    suggest_themes(survey, "change", factories.AFTER)
    found = survey.consultation
    found.add_child(
        instance=ResultsPage(title="What you told us", slug="what-you-told-us", activity=survey)
    )
    found.add_child(instance=DecisionsPage(title="What we did", slug="what-we-did"))
    return found


def themes_of(consultation):
    """The themes of its one question, largest first."""
    from folkmoot.themes.models import Theme

    return list(Theme.objects.filter(frame__survey__path__startswith=consultation.path))


@pytest.fixture
def decide(consultation):
    """Take a decision on the first theme, with whatever a test changes of it."""

    def take(**changed):
        given = {
            "title": "Put officers on foot",
            "outcome": "in-part",
            "reason": "You asked to see officers, and the plan now says when.",
            "themes": themes_of(consultation)[:1],
            "decided_by": "The commissioner",
            "decided_on": date(2022, 3, 24),
            "at": factories.AFTER,
        } | changed
        return acts.take_decision(given.pop("consultation", consultation), **given)

    return take
