"""Where an answer stands: resolved before people who agree, and people before the machine."""

from __future__ import annotations

from folkmoot.themes.settling import Reading, in_dispute, standing_reading


def read(key, *themes, status="assigned", is_resolution=False):
    return Reading(key, is_resolution, status, frozenset(themes))


def test_unread_it_stands_as_by_machine():
    assert standing_reading([]) is None
    assert not in_dispute([])


def test_one_reading_stands():
    assert standing_reading([read(1, 5)]) == read(1, 5)


def test_two_who_agree_stand_in_whatever_order_they_found_the_themes():
    assert standing_reading([read(1, 5, 6), read(2, 6, 5)]) == read(1, 5, 6)


def test_while_two_differ_neither_stands():
    both = [read(1, 5), read(2, 5, 6)]
    assert standing_reading(both) is None
    assert in_dispute(both)


def test_none_of_these_and_cannot_tell_differ():
    both = [read(1, status="none"), read(2, status="cannot-tell")]
    assert in_dispute(both)


def test_a_resolution_stands_before_all():
    resolved = read(3, 7, is_resolution=True)
    readings = [read(1, 5), read(2, 6), resolved]
    assert standing_reading(readings) == resolved
    assert not in_dispute(readings)
