"""Themes named, described, moved, merged, split, added; a frame confirmed; two who edit at once."""

from __future__ import annotations

import pytest
from tests import factories
from tests.themes.frames import make_frame

from folkmoot.accounts.models import AuditRecord
from folkmoot.themes import acts
from folkmoot.themes.acts import editing
from folkmoot.themes.acts.versions import StaleError
from folkmoot.themes.models import AssignedTheme, CodeFrame, Theme


@pytest.fixture
def analyst():
    return factories.make_user()


def version_of(frame):
    return CodeFrame.objects.get(pk=frame.pk).version


def first_two(frame):
    return list(frame.themes.order_by("number")[:2])


def test_a_persons_name_stands_beside_the_machines(frame):
    theme, by = frame.themes.first(), factories.make_user()
    machine, slug = theme.label, theme.slug
    acts.rename_theme(theme, "  See officers\non foot ", by, factories.AFTER)
    theme.refresh_from_db()
    assert (theme.label, theme.machine_label, theme.slug) == (
        "See officers on foot",
        machine,
        slug,
    )
    line = AuditRecord.objects.get(act="theme renamed")
    assert line.by == by
    assert line.before == {"label": machine}
    assert line.after == {"label": "See officers on foot"}


@pytest.mark.parametrize(
    ("label", "sentence"), [("   ", "needs a name"), ("x" * 161, "has 161 characters")]
)
def test_a_name_that_cannot_be_kept_is_refused(frame, label, sentence):
    theme = frame.themes.first()
    with pytest.raises(acts.ThemesError, match=sentence):
        acts.rename_theme(theme, label, factories.make_user(), factories.AFTER)
    theme.refresh_from_db()
    assert theme.label == theme.machine_label


def test_confirming_is_recorded_with_who_and_when(frame):
    by = factories.make_user()
    acts.confirm_frame(frame, by, factories.AFTER)
    frame.refresh_from_db()
    assert (frame.confirmed_by, frame.confirmed_at, frame.is_draft) == (by, factories.AFTER, False)
    line = AuditRecord.objects.get(act="themes confirmed")
    assert (line.by, line.at) == (by, factories.AFTER)


def test_themes_replaced_since_they_were_opened_are_not_confirmed(frame):
    make_frame(frame.survey)
    with pytest.raises(acts.ThemesError, match="have been replaced"):
        acts.confirm_frame(frame, factories.make_user(), factories.AFTER)


def test_confirmed_themes_are_not_confirmed_twice(frame):
    acts.confirm_frame(frame, factories.make_user(), factories.AFTER)
    with pytest.raises(acts.ThemesError, match="confirmed already"):
        acts.confirm_frame(frame, factories.make_user(), factories.AFTER)


def test_confirming_accepts_every_theme_that_stands(frame, analyst):
    acts.confirm_frame(frame, analyst, factories.AFTER)
    assert not frame.themes.filter(is_accepted=False).exists()


def test_accepting_says_how_many_were_not_accepted_before(frame, analyst):
    first, second = first_two(frame)
    assert editing.accept_themes(frame, [first], analyst, factories.AFTER) == 1
    assert editing.accept_themes(frame, [first, second], analyst, factories.AFTER) == 1
    assert editing.accept_themes(frame, [first, second], analyst, factories.AFTER) == 0
    assert version_of(frame) == 3


def test_rules_and_place_are_one_version_with_what_changed(frame, analyst):
    first, second = first_two(frame)
    written = {"label": first.label, "includes": " Foot patrols. ", "excludes": "Cars."}
    editing.describe_theme(first, written, 1, analyst, factories.AFTER, parent=second)
    first.refresh_from_db()
    assert (first.includes, first.excludes, first.parent) == ("Foot patrols.", "Cars.", second)
    last = frame.versions.first()
    assert (last.number, last.by, last.at) == (2, analyst, factories.AFTER)
    assert "what belongs in it, what does not, place, now under" in last.what


def test_saving_what_stands_already_is_no_version(frame, analyst):
    first, _ = first_two(frame)
    editing.describe_theme(first, {"label": first.label}, 1, analyst, factories.AFTER, parent=None)
    assert version_of(frame) == 1


def test_two_who_edit_one_theme_are_told_what_the_other_did(frame, analyst):
    first, _ = first_two(frame)
    seen = version_of(frame)
    other = factories.make_user(first_name="Ada", last_name="Obi")
    editing.describe_theme(first, {"label": "See them walk"}, seen, other, factories.AFTER)
    with pytest.raises(StaleError, match=r"named “See them walk” \(Ada Obi\)"):
        editing.describe_theme(first, {"label": "Patrols"}, seen, analyst, factories.AFTER)
    first.refresh_from_db()
    assert first.label == "See them walk"
    editing.describe_theme(first, {"label": "Patrols"}, version_of(frame), analyst, factories.AFTER)
    first.refresh_from_db()
    assert first.label == "Patrols"


def test_two_who_edit_different_themes_are_both_kept(frame, analyst):
    first, second = first_two(frame)
    editing.describe_theme(first, {"label": "One"}, 1, analyst, factories.AFTER)
    editing.describe_theme(second, {"label": "Two"}, 1, factories.make_user(), factories.AFTER)
    assert set(frame.themes.values_list("label", flat=True)) >= {"One", "Two"}
    assert version_of(frame) == 3


def test_a_merged_theme_points_at_the_one_in_its_place(frame, analyst):
    first, second = first_two(frame)
    rows = set(AssignedTheme.objects.filter(theme=second).values_list("pk", flat=True))
    editing.merge_themes(second, first, 1, analyst, factories.AFTER)
    second.refresh_from_db()
    assert second.stands_in == first
    assert set(AssignedTheme.objects.filter(theme=second).values_list("pk", flat=True)) == rows


def test_a_chain_of_mergers_leads_to_its_end_at_once(frame, analyst):
    first, second, third = frame.themes.order_by("number")[:3]
    editing.merge_themes(third, second, 1, analyst, factories.AFTER)
    editing.merge_themes(second, first, 2, analyst, factories.AFTER)
    third.refresh_from_db()
    assert third.stands_in == first


def test_those_below_a_merged_theme_go_where_it_goes(frame, analyst):
    first, second, third = frame.themes.order_by("number")[:3]
    editing.describe_theme(third, {}, 1, analyst, factories.AFTER, parent=second)
    editing.merge_themes(second, first, 2, analyst, factories.AFTER)
    third.refresh_from_db()
    assert third.parent == first


def test_a_theme_merged_into_one_below_it_leaves_that_on_its_own(frame, analyst):
    first, second, _ = frame.themes.order_by("number")[:3]
    editing.describe_theme(second, {}, 1, analyst, factories.AFTER, parent=first)
    editing.merge_themes(first, second, 2, analyst, factories.AFTER)
    second.refresh_from_db()
    assert second.parent is None


def test_a_merged_theme_cannot_be_edited_or_merged_into(frame, analyst):
    first, second, third = frame.themes.order_by("number")[:3]
    editing.merge_themes(second, first, 1, analyst, factories.AFTER)
    with pytest.raises(acts.ThemesError, match="was merged into"):
        editing.describe_theme(second, {"label": "X"}, 2, analyst, factories.AFTER)
    with pytest.raises(acts.ThemesError, match="was merged into"):
        editing.merge_themes(third, second, 2, analyst, factories.AFTER)


def test_a_theme_is_not_merged_into_itself(frame, analyst):
    first, _ = first_two(frame)
    with pytest.raises(acts.ThemesError, match="Choose another theme"):
        editing.merge_themes(first, first, 1, analyst, factories.AFTER)


def test_there_are_two_levels_and_no_more(frame, analyst):
    first, second, third = frame.themes.order_by("number")[:3]
    editing.describe_theme(second, {}, 1, analyst, factories.AFTER, parent=first)
    with pytest.raises(acts.ThemesError, match="there are two levels"):
        editing.describe_theme(third, {}, 2, analyst, factories.AFTER, parent=second)
    with pytest.raises(acts.ThemesError, match="Other themes stand under"):
        editing.describe_theme(first, {}, 2, analyst, factories.AFTER, parent=third)


def test_a_split_moves_the_chosen_answers_and_no_others(frame, analyst):
    first, _ = first_two(frame)
    rows = list(first.mentions.order_by("pk"))
    chosen = [each.assignment_id for each in rows[:3]]
    made = editing.split_theme(first, "Something else", chosen, 1, analyst, factories.AFTER)
    assert set(made.mentions.values_list("assignment", flat=True)) == set(chosen)
    assert first.mentions.count() == len(rows) - 3
    assert (made.is_accepted, made.machine_label) == (True, "")
    assert AuditRecord.objects.get(act="theme split").after == {
        "into": "Something else",
        "answers": 3,
    }


def test_a_split_of_answers_that_are_not_in_the_theme_is_refused(frame, analyst):
    first, second = first_two(frame)
    own = first.mentions.values("assignment")
    stranger = second.mentions.exclude(assignment__in=own).first().assignment_id
    with pytest.raises(acts.ThemesError, match="None of the chosen answers"):
        editing.split_theme(first, "Other", [stranger], 1, analyst, factories.AFTER)
    assert not Theme.objects.filter(label="Other").exists()


def test_a_new_theme_takes_no_address_that_is_in_use(frame, analyst):
    first, _ = first_two(frame)
    made = editing.add_theme(frame, first.label, 1, analyst, factories.AFTER)
    assert made.slug != first.slug
    assert made.number == frame.themes.count()


def test_a_replaced_frame_is_not_edited(frame, analyst):
    first, _ = first_two(frame)
    make_frame(frame.survey)
    with pytest.raises(acts.ThemesError, match="have been replaced"):
        editing.describe_theme(first, {"label": "X"}, 1, analyst, factories.AFTER)
