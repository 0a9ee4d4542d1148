from __future__ import annotations

import re
from pathlib import Path

import pytest

from folkmoot.core.routing import AnyOf
from folkmoot.responses.models import Survey
from folkmoot.responses.questions import (
    PREFER_NOT_TO_SAY,
    RESERVED,
    MonitoringQuestion,
    Option,
    faults,
    survey_form,
)
from folkmoot.responses.questions.bank import CHOICES, TOPICS, bank_questions

AREAS = (Option("camden", "Camden"), Option("hackney", "Hackney"))
ALL = [key for key, _ in CHOICES]
REFERENCE = Path(__file__).parents[3] / "docs/reference/question-bank.md"


def by_key(*topics, **fields):
    found = bank_questions(topics, areas=AREAS, **fields)
    return {question.key: question for question in found}


def test_the_bank_has_what_the_equality_duty_and_a_policing_plan_ask_about():
    assert set(ALL) == {
        "age",
        "sex",
        "disability",
        "ethnic-group",
        "religion",
        "sexual-orientation",
        "gender-identity",
        "area",
        "victim-of-crime",
    }


def test_every_question_is_optional_and_may_be_declined():
    for question in by_key(*ALL).values():
        assert isinstance(question, MonitoringQuestion)
        assert question.required is False
        assert question.why
        assert question.options[-1].code == PREFER_NOT_TO_SAY


def test_codes_can_be_told_apart_and_no_key_is_the_forms_own():
    questions = by_key(*ALL)
    assert not set(questions) & set(RESERVED)
    for question in questions.values():
        codes = [option.code for option in question.options]
        assert len(set(codes)) == len(codes), question.key
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes)


def test_disability_is_asked_in_the_two_questions_of_the_standard():
    condition, restriction = by_key("disability").values()
    assert condition.title == (
        "Do you have any physical or mental health conditions or illnesses lasting or expected to "
        "last 12 months or more?"
    )
    assert restriction.shown_if == AnyOf(condition.key, frozenset({"yes"}))
    assert [option.label for option in restriction.options[:3]] == [
        "Yes, a lot",
        "Yes, a little",
        "Not at all",
    ]


def test_ethnic_group_has_the_nineteen_of_the_census_and_five_to_write_in():
    question = by_key("ethnic-group")["ethnic-group"]
    assert len(question.options) == 19 + 1
    assert sum(option.asks_text for option in question.options) == 5


def test_the_area_is_asked_among_those_that_the_officer_lists():
    question = by_key("area", areas_are="district")["area"]
    assert question.title == "What is the first part of your postcode?"
    assert [option.code for option in question.options] == [
        "camden",
        "hackney",
        "elsewhere",
        PREFER_NOT_TO_SAY,
    ]
    assert question.options[2].asks_text


def test_questions_come_in_the_order_of_the_bank_whatever_the_ticks():
    assert list(by_key("victim-of-crime", "age", "no-such-topic")) == ["age", "victim-of-crime"]


def test_a_long_list_of_areas_is_one_to_open():
    many = tuple(Option(f"area-{place}", f"Area {place}") for place in range(33))
    (question,) = bank_questions(["area"], areas=many)
    assert question.as_list
    assert not by_key("area")["area"].as_list


def test_the_question_about_crime_shows_where_to_find_help():
    sensitive = {key for key, question in by_key(*ALL).items() if question.sensitive}
    assert sensitive == {"victim-of-crime"}


@pytest.mark.django_db
def test_a_monitoring_page_is_one_step_of_a_survey():
    survey = Survey(title="Survey", consent="Yes")
    page = {"title": "About you", "questions": ["disability", "area"], "areas": "Camden\nHackney"}
    survey.steps = [("monitoring_page", page)]
    form = survey_form(survey)
    (step,) = form.steps
    assert step.monitors
    assert [question.key for question in step.questions] == [
        "long-lasting-condition",
        "activity-restriction",
        "area",
    ]
    assert faults(form) == []
    asked = form.on_the_way({"long-lasting-condition": ["yes"]}).questions
    assert len(asked) == 3
    assert len(form.on_the_way({"long-lasting-condition": ["no"]}).questions) == 2


@pytest.mark.django_db
def test_a_topic_of_the_bank_may_stand_in_any_step():
    survey = Survey(title="Survey", consent="Yes")
    questions = [("bank", {"topic": "disability"}), ("bank", {"topic": "age"})]
    survey.steps = [("step", {"title": "One", "introduction": "", "questions": questions})]
    assert [question.key for question in survey_form(survey).questions] == [
        "long-lasting-condition",
        "activity-restriction",
        "age",
    ]


@pytest.mark.parametrize(
    "question", [each for topic in TOPICS for each in topic.questions], ids=lambda each: each.key
)
def test_the_reference_has_every_question_with_its_options_and_source(question):
    told = REFERENCE.read_text()
    _, _, rest = told.partition(f"## `{question.key}`\n")
    part = rest.partition("\n## ")[0]
    assert part, f"docs/reference/question-bank.md has no part on {question.key}"
    assert question.title in part
    assert question.source in part
    assert question.address in part
    for option in question.options:
        assert f"| `{option.code}` | {option.label} |" in part
    if question.note:
        assert question.note in part


def test_the_reference_has_no_question_more_than_the_bank():
    told = set(re.findall(r"^## `([a-z-]+)`$", REFERENCE.read_text(), re.MULTILINE))
    assert told == {each.key for topic in TOPICS for each in topic.questions}
