"""A new suggestion of the machine overwrites nothing that people found."""

from __future__ import annotations

import pytest
from tests import factories
from tests.themes.frames import make_frame

from folkmoot.responses.models import Response
from folkmoot.themes import acts
from folkmoot.themes.acts import editing
from folkmoot.themes.acts.coding import Found, code_answer, resolve
from folkmoot.themes.models import AssignedTheme, Coding

AT = factories.AFTER


@pytest.fixture
def analyst():
    return factories.make_user()


def again(frame):
    return make_frame(frame.survey, replace_confirmed=True)


def found(frame):
    """What people found, by answer, round and coder, in words."""
    said = {}
    for each in Coding.objects.filter(assignment__frame=frame):
        labels = each.mentions.order_by("place").values_list("theme__label", flat=True)
        key = (each.assignment.answer_id, each.round, each.coder_id)
        said[key] = (each.status, list(labels), each.note, each.quote_start, each.is_flagged)
    return said


def test_every_coding_is_carried_over(frame, analyst):
    themes = list(frame.themes.order_by("number"))
    answers = list(frame.assignments.exclude(status="empty").select_related("answer")[:6])
    other = factories.make_user()
    for place, answer in enumerate(answers):
        code_answer(
            answer,
            analyst,
            Found(
                themes=(themes[place % 3].pk, themes[2].pk),
                note="Odd",
                quotation=answer.answer.text.split()[-1],
            ),
            AT,
        )
    code_answer(answers[0], other, Found(status="none", is_flagged=True), AT)
    resolve(answers[0], factories.make_user(), Found(themes=(themes[1].pk,)), AT)
    before = found(frame)
    later = again(frame)
    assert found(later) == before == found(frame)
    stands = later.assignments.get(answer=answers[0].answer)
    assert (stands.by, stands.readings) == ("resolved", 2)


def test_a_theme_that_the_machine_no_longer_finds_remains_where_people_found_it(frame, analyst):
    made = editing.add_theme(frame, "Something that nobody else says", 1, analyst, AT)
    answer = frame.assignments.exclude(status="empty").first()
    code_answer(answer, analyst, Found(themes=(made.pk,)), AT)
    later = again(frame)
    kept = later.themes.get(label=made.label)
    stands = AssignedTheme.objects.get(assignment__frame=later, theme=kept)
    assert stands.assignment.answer_id == answer.answer_id


def test_names_and_rules_that_people_gave_stay_with_a_theme_that_remains(frame, analyst):
    first, second = frame.themes.order_by("number")[:2]
    written = {"label": "See officers", "includes": "Foot patrols"}
    editing.describe_theme(first, written, 1, analyst, AT, parent=second)
    editing.accept_themes(frame, [first, second], analyst, AT)
    kept = again(frame).themes.get(label="See officers")
    assert (kept.includes, kept.is_accepted, kept.parent.label) == (
        "Foot patrols",
        True,
        second.label,
    )


def test_a_name_that_nobody_accepted_and_nobody_coded_with_is_the_machines(frame, analyst):
    theme = frame.themes.first()
    machine = theme.machine_label
    acts.rename_theme(theme, "A passing thought", analyst, AT)
    later = again(frame)
    assert not later.themes.filter(label="A passing thought").exists()
    assert later.themes.filter(label=machine).exists()


def test_an_answer_that_counts_no_longer_takes_its_coding_along_to_nowhere(frame, analyst):
    answer = frame.assignments.exclude(status="empty").first()
    code_answer(answer, analyst, Found(status="none"), AT)
    Response.objects.filter(answers=answer.answer).update(standing="withdrawn")
    later = again(frame)
    assert not found(later)
    assert found(frame)


def test_which_answers_two_people_read_is_carried_over(frame, analyst):
    from folkmoot.themes.acts.double import draw_double

    draw_double(frame, 0.2, analyst, AT)
    drawn = set(frame.assignments.filter(is_double=True).values_list("answer", flat=True))
    later = again(frame)
    kept = later.assignments.filter(is_double=True).values_list("answer", flat=True)
    assert (set(kept), later.double_share) == (drawn, 0.2)
