"""What the machine finds of themes that are near each other, and of two camps within one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests import factories
from tests.themes.frames import discovery, make_frame

from folkmoot.responses.models import Answer
from folkmoot.texts.results import ThemeGroup
from folkmoot.texts.sides import Side
from folkmoot.texts.stance import Stance
from folkmoot.themes.acts.editing import describe_theme
from folkmoot.themes.acts.suggesting import keep_suggestion
from folkmoot.themes.models import AssignedTheme

AT = factories.AFTER


def grouped(answers):
    """Return a machine's finding of three themes in two groups, one of them with two camps."""
    found = discovery(answers)
    one, two, three = found.themes
    sides = (Side(Stance.FOR, 5, (0,), "officer"), Side(Stance.AGAINST, 3, (1,), "officer"))
    quoted = "Speaks of officers and patrol: “More officers should patrol the high street.”"
    return replace(
        found,
        themes=(
            replace(one, group_id=1, sides=sides, description=quoted),
            replace(two, group_id=1, description="“Reopen the youth club.”"),
            replace(three, group_id=2, description="Kept apart and not read: Polish (4)."),
        ),
        groups=(
            ThemeGroup(1, "Officers on foot; A club for the young", (1, 2), 14),
            ThemeGroup(2, "Lamps and light", (3,), 4),
        ),
    )


@pytest.fixture
def of_groups():
    return suggested_again(make_frame())


def suggested_again(frame):
    answers = list(Answer.objects.filter(response__survey=frame.survey).order_by("pk"))
    return keep_suggestion(frame.survey, "change", answers, grouped(answers), AT)


def test_groups_are_themes_that_others_stand_under(of_groups):
    one, two, _, group = of_groups.themes.order_by("number")
    assert (one.parent, two.parent, group.parent) == (group, group, None)
    assert group.label == group.machine_label == "Officers on foot; A club for the young"
    assert not AssignedTheme.objects.filter(theme=group).exists()


def test_a_theme_that_is_near_no_other_stands_by_itself(of_groups):
    assert of_groups.themes.get(number=3).parent is None


def test_sides_are_kept_and_a_description_without_the_words_of_an_answer(of_groups):
    one, two, three = of_groups.themes.order_by("number")[:3]
    assert one.sides == [
        {"stance": "for", "count": 5, "label": "In favour, or asking for more (officer)"},
        {"stance": "against", "count": 3, "label": "Against, or asking for less (officer)"},
    ]
    assert one.description == "Speaks of officers and patrol."
    assert (two.description, two.sides) == ("", [])
    assert three.description == "Kept apart and not read: Polish (4)."


def test_where_people_put_a_theme_stands_before_the_groups_of_a_later_reading(of_groups):
    analyst = factories.make_user()
    one, two = of_groups.themes.order_by("number")[:2]
    describe_theme(one, {}, 1, analyst, AT, parent=None)
    describe_theme(two, {}, 2, analyst, AT, parent=one)
    of_groups.themes.update(is_accepted=True)
    later = suggested_again(of_groups)
    parents = {
        theme.label: theme.parent.label if theme.parent else ""
        for theme in later.themes.select_related("parent")
    }
    # The group that nothing stands under any more is gone.
    assert parents == {
        "Officers on foot": "",
        "A club for the young": "Officers on foot",
        "Lights in the dark": "",
    }
