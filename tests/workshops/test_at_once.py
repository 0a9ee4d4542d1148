"""People who register, cancel and are promoted at the same instant, on connections of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from tests.responses.acts.test_two_tabs import own_database
from tests.workshops.making import BEFORE, letters, make_workshop, registered

from folkmoot.workshops.acts import cancel_place, remind_due, settle
from folkmoot.workshops.models import Registration, Workshop

PEOPLE = [f"Person{number}" for number in range(8)]
Standing = Registration.Standing


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts at the same instant, each on its own connection."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=60)
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def elsewhere(ask: Callable[[], Any]) -> Any:
    return at_once(ask)[0]


@pytest.fixture
def one_place(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Workshop]:
    """A workshop with room for one, committed in a database that several connections see."""
    with django_db_blocker.unblock(), own_database(tmp_path):
        yield elsewhere(lambda: make_workshop(capacity=1))


def placed(workshop: Workshop) -> list[str]:
    found = Registration.objects.filter(workshop=workshop, standing=Standing.PLACE)
    return elsewhere(lambda: sorted(found.values_list("name", flat=True)))


def waiting(workshop: Workshop) -> list[str]:
    found = Registration.objects.filter(workshop=workshop, standing=Standing.WAITING)
    return elsewhere(lambda: sorted(found.values_list("name", flat=True)))


def test_the_last_place_goes_to_one_of_those_who_register_at_once(one_place):
    results = at_once(*[lambda name=name: registered(one_place, name).standing for name in PEOPLE])
    assert sorted(results) == [Standing.PLACE] + [Standing.WAITING] * (len(PEOPLE) - 1)
    assert len(placed(one_place)) == 1
    assert len(waiting(one_place)) == len(PEOPLE) - 1


def test_the_last_place_goes_to_one_of_those_whose_browsers_post_at_once(one_place, settings):
    settings.FOLKMOOT_AT = BEFORE.isoformat()
    settings.ALLOWED_HOSTS = ["testserver"]
    address = elsewhere(lambda: f"{Workshop.objects.get(pk=one_place.pk).url}register/")

    def post(name: str) -> int:
        typed = {"name": name, "email": f"{name}@example.org", "consent": "yes"}
        return Client().post(address, typed).status_code

    assert at_once(*[lambda name=name: post(name) for name in PEOPLE]) == [303] * len(PEOPLE)
    assert len(placed(one_place)) == 1
    assert len(waiting(one_place)) == len(PEOPLE) - 1
    told = elsewhere(letters)
    assert (told.count("confirmed"), told.count("waiting")) == (1, len(PEOPLE) - 1)


def test_one_address_that_is_posted_several_times_at_once_gets_one_place(one_place):
    keys = at_once(*[lambda: registered(one_place, "Ada").pk] * len(PEOPLE))
    assert len(set(keys)) == 1
    assert placed(one_place) == ["Ada"]
    assert elsewhere(letters) == ["confirmed"]


def test_a_place_given_back_while_others_register_is_never_given_twice(one_place):
    ada = elsewhere(lambda: registered(one_place, "Ada"))
    elsewhere(lambda: registered(one_place, "Ben", BEFORE + timedelta(minutes=1)))
    later = BEFORE + timedelta(minutes=2)
    at_once(
        lambda: cancel_place(ada, later),
        *[lambda name=name: registered(one_place, name, later) for name in PEOPLE],
    )
    # Ben waited before anybody of the others came.
    assert placed(one_place) == ["Ben"]
    assert waiting(one_place) == sorted(PEOPLE)


def test_a_raised_capacity_that_is_settled_several_times_at_once_promotes_once(one_place):
    for minute, name in enumerate(PEOPLE):
        elsewhere(
            lambda name=name, minute=minute: registered(
                one_place, name, BEFORE + timedelta(minutes=minute)
            )
        )
    elsewhere(lambda: Workshop.objects.filter(pk=one_place.pk).update(capacity=3))
    later = BEFORE + timedelta(hours=1)
    at_once(*[lambda: settle(one_place, later)] * 4)
    assert placed(one_place) == PEOPLE[:3]
    assert elsewhere(letters).count("promoted") == 2


def test_workers_that_remind_at_once_remind_everybody_once(one_place):
    elsewhere(lambda: registered(one_place, "Ada"))
    eve = one_place.starts_at - timedelta(hours=5)
    assert sorted(at_once(*[lambda: remind_due(eve)] * 4)) == [0, 0, 0, 1]
    assert elsewhere(letters) == ["confirmed", "reminder"]
