"""Points raised join the register of responses; notes stay in the office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.factories import make_user
from tests.workshops.making import BEFORE, ENDS, STARTS, make_workshop

from folkmoot.accounts.models import AuditRecord
from folkmoot.consultations.models import Respondent
from folkmoot.responses.models import Answer, Channel, Response
from folkmoot.workshops import acts
from folkmoot.workshops.acts import NotedPoint, PointsRefusedError
from folkmoot.workshops.models import Point, SessionNotes

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_user("workshops.add_point")


def test_each_point_becomes_a_response_of_the_channel_workshop(officer):
    workshop = make_workshop()
    noted = [NotedPoint("More officers on foot.", 12, "Question 1"), NotedPoint("Lights!")]
    kept = acts.record_points(workshop, noted, ENDS, officer)
    responses = Response.objects.filter(consultation=workshop.consultation)
    assert {each.channel for each in responses} == {Channel.WORKSHOP}
    assert {each.reference for each in kept} == {each.reference for each in responses}
    said = {each.response.reference: each.text for each in Answer.objects.all()}
    assert said == {each.reference: each.text for each in kept}
    assert (kept[0].raised_by, kept[0].about) == (12, "Question 1")
    # A point is nobody's in particular: the people are those who came.
    assert not Respondent.objects.exists()


def test_points_wait_for_the_start_of_the_session(officer):
    workshop = make_workshop()
    early = STARTS - timedelta(microseconds=1)
    with pytest.raises(PointsRefusedError, match="once the session has started"):
        acts.record_points(workshop, [NotedPoint("Early")], early, officer)
    assert acts.record_points(workshop, [NotedPoint("In time")], STARTS, officer)


def test_no_point_at_all_and_one_without_words_are_refused_and_keep_nothing(officer):
    workshop = make_workshop()
    with pytest.raises(PointsRefusedError, match="at least one point"):
        acts.record_points(workshop, [], ENDS, officer)
    with pytest.raises(PointsRefusedError, match="Point 2"):
        acts.record_points(workshop, [NotedPoint("Fine"), NotedPoint("  ")], ENDS, officer)
    assert not Point.objects.exists()
    assert not Response.objects.exists()


def test_notes_are_kept_in_place_of_earlier_ones_and_not_in_the_audit_record(officer):
    workshop = make_workshop()
    acts.keep_notes(workshop, "Mrs Smith spoke first.", BEFORE, officer)
    acts.keep_notes(workshop, "Mrs Smith spoke last.", ENDS, officer)
    assert SessionNotes.objects.get().text == "Mrs Smith spoke last."
    found = AuditRecord.objects.filter(act="workshop notes kept")
    assert found.count() == 2
    assert not any("Smith" in str(each.after) for each in found)


def test_somebody_without_leave_keeps_nothing():
    workshop = make_workshop()
    reader = make_user("workshops.view_registration", "workshops.change_registration")
    with pytest.raises(PermissionDenied):
        acts.keep_notes(workshop, "Notes", ENDS, reader)
    with pytest.raises(PermissionDenied):
        acts.record_points(workshop, [NotedPoint("Point")], ENDS, reader)
    assert not SessionNotes.objects.exists()
    assert not Point.objects.exists()
