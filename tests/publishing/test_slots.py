from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from tests.factories import make_home

from folkmoot.publishing import slots

AT = datetime(2022, 1, 1, tzinfo=UTC)
TAG = "publishing/components/tag.html"


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(slots, "_PANELS", defaultdict(list))


def printed(subject="a plan", **context) -> str:
    template = Template('{% slot "plan-progress" subject %}')
    return template.render(Context({"subject": subject, "at": AT, **context}))


def test_panel_is_printed_with_what_its_room_says_of_the_subject():
    slots.register_panel("plan-progress", TAG, lambda plan, at: {"text": f"{plan}, {at:%Y}"})
    assert ">a plan, 2022<" in printed()


def test_panels_stand_in_their_order_whatever_room_came_first():
    for order, text in ((30, "third"), (10, "first"), (20, "second")):
        slots.register_panel(
            "plan-progress", TAG, lambda *_, text=text: {"text": text}, order=order
        )
    html = printed()
    assert html.index("first") < html.index("second") < html.index("third")


def test_panel_with_nothing_to_say_leaves_no_trace():
    slots.register_panel("plan-progress", TAG, lambda plan, at: None)
    assert printed() == ""


def test_slot_of_a_room_that_is_switched_off_is_empty():
    slots.register_panel("another-slot", TAG, lambda plan, at: {"text": "elsewhere"})
    assert printed() == ""


def test_panel_registered_twice_is_printed_once():
    def present(plan, at):
        return {"text": "once"}

    slots.register_panel("plan-progress", TAG, present)
    slots.register_panel("plan-progress", TAG, present)
    assert printed().count("once") == 1


@pytest.mark.django_db
def test_soonest_change_of_all_panels_is_told_to_the_cache(rf):
    for seconds in (300, 40, None):
        slots.register_panel(
            "plan-progress",
            TAG,
            lambda *_, seconds=seconds: {"text": "x", "seconds_unchanged": seconds},
        )
    request = rf.get("/")
    printed(request=request)
    assert request.seconds_unchanged == 40


@pytest.mark.django_db
def test_front_page_shows_its_panels_and_stands_without_them(client):
    home = make_home()
    assert b"Bicycle thefts fall" not in client.get("/").content
    slots.register_panel(
        "home-panels", TAG, lambda page, at: {"text": f"Bicycle thefts fall {page.pk}"}
    )
    client.cookies["folkmoot-draft"] = "x"  # not from the cache
    assert f"Bicycle thefts fall {home.pk}".encode() in client.get("/").content
