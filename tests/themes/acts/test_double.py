"""A share of the answers drawn for two readers: by lot, and the same lot again."""

from __future__ import annotations

import pytest
from tests import factories

from folkmoot.themes import acts
from folkmoot.themes.acts.coding import Found, code_answer
from folkmoot.themes.acts.double import draw_double

AT = factories.AFTER


@pytest.fixture
def analyst():
    return factories.make_user()


def drawn(frame):
    return set(frame.assignments.filter(is_double=True).values_list("pk", flat=True))


def test_the_share_is_drawn_of_answers_that_say_something(frame, analyst):
    assert draw_double(frame, 0.1, analyst, AT) == len(drawn(frame)) == 2
    assert not frame.assignments.filter(is_double=True, status="empty").exists()


def test_the_lot_is_the_same_again_and_a_larger_share_has_the_smaller_within_it(frame, analyst):
    draw_double(frame, 0.1, analyst, AT)
    first = drawn(frame)
    draw_double(frame, 0.5, analyst, AT)
    assert first < drawn(frame)
    draw_double(frame, 0.1, analyst, AT)
    assert drawn(frame) == first


def test_what_two_people_read_stays_drawn(frame, analyst):
    one = frame.assignments.exclude(status="empty").first()
    for by in (analyst, factories.make_user()):
        code_answer(one, by, Found(status="none"), AT)
    draw_double(frame, 0, analyst, AT)
    assert drawn(frame) == {one.pk}


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_that_is_none_is_refused(frame, analyst, share):
    with pytest.raises(acts.ThemesError, match="between 0% and 100%"):
        draw_double(frame, share, analyst, AT)
