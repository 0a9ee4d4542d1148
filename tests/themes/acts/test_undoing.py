"""Every version of a code frame can be taken back exactly, and takes nothing else with it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import factories

from folkmoot.decisions.acts import take_decision
from folkmoot.themes import acts
from folkmoot.themes.acts import editing
from folkmoot.themes.acts.undoing import undo_version
from folkmoot.themes.acts.versions import snapshot
from folkmoot.themes.models import AssignedTheme, CodeFrame, Theme

AT = factories.AFTER


@pytest.fixture
def analyst():
    return factories.make_user()


def undo(frame, analyst, number=None):
    frame.refresh_from_db()
    return undo_version(frame.versions.get(number=number or frame.version), analyst, AT)


def whole(frame):
    """Themes that stand and where every mention leads."""
    roots = {theme.pk: theme.root_id for theme in Theme.objects.filter(frame=frame)}
    mentions = AssignedTheme.objects.filter(assignment__frame=frame)
    standing = {key: kept for key, kept in snapshot(frame).items() if not kept["stands_in_id"]}
    return standing, {(pk, roots[theme]) for pk, theme in mentions.values_list("pk", "theme")}


def test_a_name_is_taken_back(frame, analyst):
    theme = frame.themes.first()
    before = theme.label
    acts.rename_theme(theme, "See officers on foot", analyst, AT)
    undone = undo(frame, analyst)
    theme.refresh_from_db()
    assert theme.label == before
    assert (undone.number, undone.undoes) == (3, 2)


def test_a_merger_is_taken_back(frame, analyst):
    first, second = frame.themes.order_by("number")[:2]
    before = whole(frame)
    editing.merge_themes(second, first, 1, analyst, AT)
    assert whole(frame) != before
    undo(frame, analyst)
    assert whole(frame) == before


def test_a_split_is_taken_back_and_its_theme_stays_for_those_who_refer_to_it(frame, analyst):
    first = frame.themes.order_by("number").first()
    before = whole(frame)
    chosen = list(first.mentions.values_list("assignment", flat=True)[:4])
    made = editing.split_theme(first, "Something else", chosen, 1, analyst, AT)
    decision = take_decision(
        frame.survey.consultation,
        title="Yes",
        outcome="accepted",
        reason="You asked.",
        themes=[made],
        decided_by="The commissioner",
        decided_on=date(2022, 3, 24),
        at=AT,
    )
    undo(frame, analyst)
    assert whole(frame) == before
    made.refresh_from_db()
    assert made.stands_in == first
    assert list(decision.themes.all()) == [made]


def test_an_undoing_is_undone(frame, analyst):
    first = frame.themes.order_by("number").first()
    chosen = list(first.mentions.values_list("assignment", flat=True)[:4])
    editing.split_theme(first, "Something else", chosen, 1, analyst, AT)
    after = whole(frame)
    undo(frame, analyst)
    undo(frame, analyst)
    assert whole(frame) == after


def test_what_was_changed_again_since_is_not_taken_back(frame, analyst):
    theme = frame.themes.first()
    acts.rename_theme(theme, "Once", analyst, AT)
    acts.rename_theme(theme, "Twice", analyst, AT)
    with pytest.raises(acts.ThemesError, match="undo that one first"):
        undo(frame, analyst, 2)
    theme.refresh_from_db()
    assert theme.label == "Twice"


def test_what_others_changed_since_stays(frame, analyst):
    first, second = frame.themes.order_by("number")[:2]
    before = first.label
    acts.rename_theme(first, "Once", analyst, AT)
    acts.rename_theme(second, "Another", factories.make_user(), AT)
    undo(frame, analyst, 2)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.label, second.label) == (before, "Another")


def test_nothing_is_undone_twice(frame, analyst):
    acts.rename_theme(frame.themes.first(), "Once", analyst, AT)
    undo(frame, analyst, 2)
    with pytest.raises(acts.ThemesError, match="was undone already"):
        undo(frame, analyst, 2)


def test_the_suggestion_itself_is_not_undone(frame, analyst):
    with pytest.raises(acts.ThemesError, match="nothing to undo"):
        undo(frame, analyst, 1)


def test_an_added_theme_that_nobody_used_is_gone(frame, analyst):
    before = whole(frame)
    made = editing.add_theme(frame, "New", 1, analyst, AT)
    undo(frame, analyst)
    assert whole(frame) == before
    assert not Theme.objects.filter(pk=made.pk).exists()


def test_a_merger_into_what_would_go_is_in_the_way(frame, analyst):
    first, second = frame.themes.order_by("number")[:2]
    chosen = list(first.mentions.values_list("assignment", flat=True)[:4])
    made = editing.split_theme(first, "Something else", chosen, 1, analyst, AT)
    editing.merge_themes(second, made, 2, analyst, AT)
    with pytest.raises(acts.ThemesError, match="undo those first"):
        undo(frame, analyst, 2)


EDITS = st.lists(
    st.tuples(st.sampled_from("rmsp"), st.integers(0, 5), st.integers(0, 5)), max_size=6
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(EDITS)
def test_any_edits_undone_from_the_last_on_leave_what_was_there(frame, analyst, edits):
    before = whole(frame)
    frame.refresh_from_db()
    began = frame.version
    for kind, at, to in edits:
        themes = list(Theme.objects.filter(frame=frame, stands_in=None).order_by("number"))
        theme, other = themes[at % len(themes)], themes[to % len(themes)]
        seen = CodeFrame.objects.get(pk=frame.pk).version
        try:
            if kind == "r":
                editing.describe_theme(theme, {"label": f"Name {seen}"}, seen, analyst, AT)
            elif kind == "m":
                editing.merge_themes(theme, other, seen, analyst, AT)
            elif kind == "s":
                chosen = list(theme.mentions.values_list("assignment", flat=True)[:to])
                editing.split_theme(theme, f"Split {seen}", chosen, seen, analyst, AT)
            else:
                editing.describe_theme(theme, {}, seen, analyst, AT, parent=other)
        except acts.ThemesError:
            continue
    frame.refresh_from_db()
    for number in range(frame.version, began, -1):
        undo(frame, analyst, number)
    assert whole(frame) == before
