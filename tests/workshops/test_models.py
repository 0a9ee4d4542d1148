"""What the editor refuses, in one sentence, and what the database refuses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.factories import CLOSES, OPENS, make_consultation, make_user
from tests.workshops.making import BEFORE, ENDS, LINK, STARTS, make_link, make_workshop, registered

from folkmoot.accounts.models import AuditRecord
from folkmoot.workshops.models import Session, Workshop

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("at", "session"),
    [
        (BEFORE, Session.COMING),
        (STARTS - timedelta(microseconds=1), Session.COMING),
        (STARTS, Session.NOW),
        (ENDS - timedelta(microseconds=1), Session.NOW),
        (ENDS, Session.OVER),
    ],
)
def test_a_session_is_coming_on_and_over_by_the_clock(at, session):
    workshop = make_workshop()
    assert workshop.session(at) is session
    workshop.called_off_because = "Ill."
    assert workshop.session(at) is Session.CALLED_OFF


def test_the_page_says_how_long_it_stays_as_it_is():
    workshop = make_workshop()
    assert workshop.seconds_unchanged(STARTS - timedelta(seconds=90)) == 90
    assert workshop.seconds_unchanged(STARTS) == 5400
    assert workshop.seconds_unchanged(ENDS) is None


@pytest.mark.parametrize("fields", [{"ends_at": STARTS}, {"capacity": 0}])
def test_the_database_refuses_a_session_that_ends_before_it_starts_or_has_no_room(fields):
    workshop = make_workshop()
    with pytest.raises(IntegrityError), transaction.atomic():
        Workshop.objects.filter(pk=workshop.pk).update(**fields)


def errors_of(consultation, instance=None, **fields):
    typed = {
        "title": "Workshop",
        "slug": "a-workshop",
        "summary": "",
        "asks": "Talk in small groups.",
        "starts_at": "2021-12-02 18:00",
        "ends_at": "2021-12-02 19:30",
        "outside_because": "",
        "held": "online",
        "address": "",
        "access_notes": "null",
        "consent": '{"entityMap": {}, "blocks": [{"key": "a", "text": "We use it.", '
        '"type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}]}',
        "said": "null",
        "capacity": "20",
        "joins_from_minutes": "30",
        "erase_after_days": "90",
        "called_off_because": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    } | fields
    handler = Workshop.get_edit_handler()
    form = handler.get_form_class()(
        typed,
        instance=instance or Workshop(),
        parent_page=consultation,
        for_user=make_user(is_superuser=True),
    )
    return {name: list(messages) for name, messages in form.errors.items()}


def test_a_session_that_fits_is_accepted():
    assert errors_of(make_consultation()) == {}


@pytest.mark.parametrize(
    ("fields", "at", "sentence"),
    [
        ({"ends_at": "2021-12-02 18:00"}, "ends_at", "ends before it starts"),
        ({"ends_at": "2021-12-01 19:30"}, "ends_at", "ends before it starts"),
        ({"capacity": "0"}, "capacity", "at least one person"),
        ({"held": "place"}, "address", "needs its address"),
        ({"held": "place", "address": "  \n "}, "address", "needs its address"),
        (
            {"starts_at": "2021-11-15 18:00", "ends_at": "2021-11-15 19:00"},
            "outside_because",
            "open from 16 November 2021 at 09:00 to 21 January 2022 at 23:59",
        ),
        (
            {"starts_at": "2022-01-21 23:00", "ends_at": "2022-01-22 00:30"},
            "outside_because",
            "choose times within",
        ),
        # The hour that the clocks of London leave out, and the one that they show twice.
        (
            {
                "starts_at": "2022-03-27 01:30",
                "ends_at": "2022-03-27 03:00",
                "outside_because": "x",
            },
            "starts_at",
            "",
        ),
        (
            {
                "starts_at": "2022-10-30 00:30",
                "ends_at": "2022-10-30 01:30",
                "outside_because": "x",
            },
            "ends_at",
            "",
        ),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(fields, at, sentence):
    errors = errors_of(make_consultation(), **fields)
    assert list(errors) == [at]
    assert len(errors[at]) == 1
    assert sentence in errors[at][0]


def test_a_session_outside_the_window_is_accepted_with_its_reason():
    fields = {"starts_at": "2022-02-01 18:00", "ends_at": "2022-02-01 19:00"}
    reason = "For people who could not come before."
    assert errors_of(make_consultation(), **fields, outside_because=reason) == {}


def test_a_session_over_midnight_within_the_window_is_accepted():
    fields = {"starts_at": "2021-12-02 23:00", "ends_at": "2021-12-03 00:30"}
    assert errors_of(make_consultation(), **fields) == {}


def test_a_session_may_begin_with_the_window_and_end_with_it():
    assert (OPENS.hour, CLOSES.minute) == (9, 59)
    fields = {"starts_at": "2021-11-16 09:00", "ends_at": "2022-01-21 23:59"}
    assert errors_of(make_consultation(), **fields) == {}


def test_less_room_than_places_taken_is_refused():
    workshop = make_workshop()
    for name in ("Ada", "Ben"):
        registered(workshop, name)
    errors = errors_of(workshop.consultation, workshop, slug=workshop.slug, capacity="1")
    assert errors == {
        "capacity": ["2 places are taken: write 2 or more, or give places back first."]
    }


def test_the_joining_link_is_in_no_revision_and_no_audit_record_of_the_page():
    workshop = make_workshop()
    make_link(workshop)
    by = make_user(is_superuser=True)
    workshop.save_revision(user=by).publish(user=by)
    assert LINK not in str(workshop.latest_revision.content)
    assert not any(LINK in f"{each.before}{each.after}" for each in AuditRecord.objects.all())
    assert not any("join" in each.field_name for each in Workshop.search_fields)
