"""Themes suggested by machine, and what a later reading leaves of the former."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.themes.voices import LETTER

from folkmoot.accounts.models import AuditRecord
from folkmoot.themes import acts
from folkmoot.themes.models import AssignedTheme, Assignment, CodeFrame


def test_every_answer_is_accounted_for(survey):
    frame = acts.suggest_themes(survey, "change", factories.AFTER)
    statuses = [each.status for each in frame.assignments.all()]
    assert frame.answers_read == len(statuses) == 84
    assert statuses.count(Assignment.Status.EMPTY) == frame.answers_empty == 1
    assert statuses.count(Assignment.Status.CANNOT_TELL) == 1
    placed = frame.assignments.filter(status=Assignment.Status.ASSIGNED)
    assert placed.count() == 82
    assert not placed.filter(mentions=None).exists()
    assert AssignedTheme.objects.filter(assignment__frame=frame, place=1).count() == 82


def test_a_theme_holds_answers_on_one_subject(survey):
    frame = acts.suggest_themes(survey, "change", factories.AFTER)
    subjects = ("youth|young|teen", "light|lamp|dark", "officer|patrol")
    of_one = 0
    for theme in frame.themes.all():
        answers = theme.mentions.filter(place=1, assignment__campaign=None)
        of_one += max(
            answers.filter(assignment__answer__text__iregex=words).count() for words in subjects
        )
    assert of_one >= 0.9 * 72
    assert 3 <= frame.themes.count() <= acts.FEWEST_AND_MOST[1]


def test_the_letter_is_one_campaign_with_its_copies(survey):
    frame = acts.suggest_themes(survey, "change", factories.AFTER)
    (campaign,) = frame.campaigns.all()
    assert campaign.exemplar.text == LETTER
    assert campaign.identical_share == 1
    assert campaign.assignments.count() == 10


def test_exemplars_are_kept_by_rank(survey):
    frame = acts.suggest_themes(survey, "change", factories.AFTER)
    for theme in frame.themes.all():
        ranks = theme.mentions.exclude(exemplar_rank=None).values_list("exemplar_rank", flat=True)
        assert sorted(ranks) == list(range(1, len(ranks) + 1))
        assert ranks


def test_the_same_answers_give_the_same_themes(survey):
    first = acts.suggest_themes(survey, "change", factories.AFTER)
    second = acts.suggest_themes(survey, "change", factories.AFTER)
    assert [
        (each.label, each.slug, each.keywords, each.cohesion) for each in first.themes.all()
    ] == [(each.label, each.slug, each.keywords, each.cohesion) for each in second.themes.all()]
    standing = ("answer_id", "status", "mentions__theme__number", "mentions__score", "priority")
    in_order = ("answer", "mentions__place")
    assert list(first.assignments.order_by(*in_order).values_list(*standing)) == list(
        second.assignments.order_by(*in_order).values_list(*standing)
    )


def test_a_former_frame_is_kept_and_no_longer_current(survey):
    first = acts.suggest_themes(survey, "change", factories.AFTER)
    second = acts.suggest_themes(survey, "change", factories.AFTER)
    first.refresh_from_db()
    assert not first.is_current
    assert second.is_current
    assert first.assignments.count() == 84


def test_a_confirmed_frame_is_replaced_only_when_told(survey):
    frame = acts.suggest_themes(survey, "change", factories.AFTER)
    acts.confirm_frame(frame, factories.make_user(), factories.AFTER)
    with pytest.raises(acts.ThemesError, match="A person has confirmed the themes of 'change'"):
        acts.suggest_themes(survey, "change", factories.AFTER)
    assert CodeFrame.objects.get(is_current=True) == frame
    later = acts.suggest_themes(survey, "change", factories.AFTER, replace_confirmed=True)
    assert CodeFrame.objects.get(is_current=True) == later
    # Decisions may point at the confirmed themes: their addresses are not given away.
    assert not {each.slug for each in frame.themes.all()} & {
        each.slug for each in later.themes.all()
    }


def test_a_response_after_closing_and_grace_is_not_read(survey):
    closes = survey.consultation.closes_at
    factories.make_response(survey, {"change": "In the grace"}, submitted_at=closes)
    factories.make_response(
        survey, {"change": "Too late"}, submitted_at=closes + survey.grace + timedelta(seconds=1)
    )
    frame = acts.suggest_themes(survey, "change", factories.AFTER)
    read = set(frame.assignments.values_list("answer__text", flat=True))
    assert "In the grace" in read
    assert "Too late" not in read


def test_an_unknown_question_is_refused_in_one_sentence(survey):
    with pytest.raises(acts.ThemesError, match="asks no free-text question 'agree'"):
        acts.suggest_themes(survey, "agree", factories.AFTER)
    assert not CodeFrame.objects.exists()


def test_a_question_nobody_answered_is_refused():
    survey = factories.make_survey()
    with pytest.raises(acts.ThemesError, match="Nobody has answered 'change'"):
        acts.suggest_themes(survey, "change", factories.AFTER)


def test_suggesting_is_recorded_with_its_counts(survey):
    by = factories.make_user()
    frame = acts.suggest_themes(survey, "change", factories.AFTER, by)
    line = AuditRecord.objects.get(act="themes suggested")
    assert line.by == by
    assert line.after["answers"] == 84
    assert line.after["themes"] == frame.themes.count()
