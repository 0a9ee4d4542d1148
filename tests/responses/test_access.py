from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from tests import factories
from tests.factories import CLOSES, OPENS

from folkmoot.responses import access
from folkmoot.responses.models import Draft

pytestmark = pytest.mark.django_db
MOMENT = timedelta(microseconds=1)


@pytest.fixture
def survey():
    return factories.make_survey(grace=timedelta(minutes=30))


@pytest.mark.parametrize(
    ("at", "may"),
    [
        (OPENS - MOMENT, False),
        (OPENS, True),
        (CLOSES - MOMENT, True),
        (CLOSES, False),
        (CLOSES + timedelta(minutes=1), False),
    ],
)
def test_anybody_may_begin_from_opening_until_the_instant_of_closing(survey, at, may):
    assert access.may_begin(survey, at) is may


def test_nobody_may_begin_a_survey_that_is_not_published(survey):
    survey.live = False
    assert access.may_begin(survey, OPENS) is False


@pytest.mark.parametrize(
    ("begun_at", "at", "may"),
    [
        (OPENS, OPENS - MOMENT, False),
        (OPENS, CLOSES - MOMENT, True),
        (CLOSES - MOMENT, CLOSES, True),
        (CLOSES - MOMENT, CLOSES + timedelta(minutes=30) - MOMENT, True),
        (CLOSES - MOMENT, CLOSES + timedelta(minutes=30), False),
        (CLOSES, CLOSES + timedelta(minutes=1), False),
    ],
)
def test_a_draft_begun_before_closing_has_its_grace(survey, begun_at, at, may):
    draft = Draft(survey=survey, key="k", begun_at=begun_at, changed_at=begun_at)
    assert access.may_submit(survey, draft, at) is may


def test_a_draft_of_a_survey_taken_off_the_site_may_not_be_submitted(survey):
    draft = Draft(survey=survey, key="k", begun_at=OPENS, changed_at=OPENS)
    survey.live = False
    assert access.may_submit(survey, draft, OPENS) is False


ROLES = [
    ("anonymous", False, False),
    ("officer", False, False),
    ("reader", True, False),
    ("analyst", True, True),
    ("administrator", True, True),
    ("former analyst", False, False),
]


@pytest.mark.parametrize(("role", "responses", "monitoring"), ROLES)
def test_only_staff_who_were_given_it_read_responses(role, responses, monitoring):
    both = ("responses.view_response", "responses.view_monitoringanswer")
    user = {
        "anonymous": AnonymousUser,
        "officer": factories.make_user,
        "reader": lambda: factories.make_user("responses.view_response"),
        "analyst": lambda: factories.make_user(*both),
        "administrator": lambda: factories.make_user(is_superuser=True),
        "former analyst": lambda: factories.make_user(*both, is_active=False),
    }[role]()
    assert access.may_read_responses(user) is responses
    assert access.may_read_monitoring(user) is monitoring
