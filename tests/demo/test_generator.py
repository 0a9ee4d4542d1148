"""The generated responses: how many, how varied, and the same every time."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from folkmoot.demo.generator import Generated, generate
from folkmoot.demo.pack import LONDON, read_yaml
from folkmoot.publishing.clock import instant, local
from folkmoot.texts import find_campaigns, find_personal_details, redact

OPENS = instant("2021-11-16 09:00")
CLOSES = instant("2022-01-21 23:59")
QUESTIONS = ("matters-most", "change-draft", "victims-helped")


@pytest.fixture(scope="module")
def responses() -> list[Generated]:
    return generate(OPENS, CLOSES)


def said(response: Generated, question: str) -> str:
    answer = response.answers.get(question, "")
    assert isinstance(answer, str)
    return answer


def test_1364_answer_the_survey_and_1366_take_part(responses: list[Generated]) -> None:
    assert sum(response.in_survey for response in responses) == 1364
    assert len(responses) == 1366
    assert sorted(each.channel for each in responses if not each.in_survey) == ["email", "letter"]


def test_another_process_writes_the_same_bytes(responses: list[Generated]) -> None:
    program = (
        "import hashlib;"
        "from django.conf import settings;"
        "settings.configure(TIME_ZONE='Europe/London', USE_TZ=True, FOLKMOOT_AT='');"
        "from folkmoot.demo.generator import generate;"
        "from folkmoot.publishing.clock import instant;"
        "rows = generate(instant('2021-11-16 09:00'), instant('2022-01-21 23:59'));"
        "print(hashlib.sha256(repr(rows).encode()).hexdigest())"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    here = hashlib.sha256(repr(responses).encode()).hexdigest()
    assert elsewhere.stdout.strip() == here


def test_every_response_came_while_the_survey_was_open(responses: list[Generated]) -> None:
    assert all(OPENS <= response.submitted_at < CLOSES for response in responses)
    times = [response.submitted_at for response in responses]
    assert times == sorted(times)
    assert len(set(times)) == len(times), "two responses at one instant cannot be told apart"


def test_most_come_on_the_first_and_the_last_day(responses: list[Generated]) -> None:
    days = Counter(local(response.submitted_at).date() for response in responses)
    assert {day for day, _ in days.most_common(2)} == {date(2021, 11, 16), date(2022, 1, 21)}
    assert days[date(2021, 12, 25)] < 10


def test_campaigns_are_found_as_planted_and_nothing_else_is(responses: list[Generated]) -> None:
    for question in QUESTIONS:
        answered = [each for each in responses if question in each.answers]
        campaigns = find_campaigns([said(each, question) for each in answered])
        found = [
            Counter(answered[row].letter for row in campaign.members) for campaign in campaigns
        ]
        planted = Counter(each.letter for each in answered if each.letter)
        assert len(found) == len(planted), f"{question}: {found}"
        for letter, copies in planted.items():
            largest = max(found, key=lambda members: members[letter])
            assert largest[letter] >= 0.9 * copies
            assert largest.total() <= 1.02 * copies, "somebody who wrote alone is in the campaign"
    assert Counter(each.letter for each in responses if each.letter) == {
        "roads-letter": 120,
        "youth-letter": 60,
    }


def test_people_change_the_letters_that_they_send(responses: list[Generated]) -> None:
    copies = [said(each, "matters-most") for each in responses if each.letter == "roads-letter"]
    wordings = {" ".join(copy.split()) for copy in copies}
    assert 30 < len(wordings) < 120
    assert len({len(copy.split()) for copy in copies}) > 15, "none was cut, none was added to"


def test_answers_differ_in_length_and_subject(responses: list[Generated]) -> None:
    answers = [
        said(each, "matters-most")
        for each in responses
        if "matters-most" in each.answers and not each.letter
    ]
    lengths = sorted(len(answer.split()) for answer in answers)
    assert lengths[0] <= 2
    assert lengths[len(lengths) // 10] <= 16
    assert lengths[-1] >= 100
    assert len(set(answers)) > 0.95 * len(answers)
    topics = Counter(
        each.topics["matters-most"][0]
        for each in responses
        if any(each.topics.get("matters-most", ()))
    )
    assert len(topics) == 15
    assert topics.most_common()[-1][1] >= 20


def test_some_say_nothing_and_no_slot_is_left_open(responses: list[Generated]) -> None:
    everything = [said(each, question) for each in responses for question in QUESTIONS]
    assert any(answer.lower() in {"n/a", "none", "no comment"} for answer in everything)
    assert not [answer for answer in everything if re.search(r"[{}|\[\]]", answer)]


def test_personal_details_are_planted_and_redaction_finds_them(
    responses: list[Generated],
) -> None:
    planted = [response for response in responses if response.planted]
    assert 40 <= len(planted) <= 80
    missed = [
        detail
        for response in planted
        for question in QUESTIONS
        for detail in response.planted
        if detail in redact(said(response, question))
    ]
    assert missed == []
    untouched = [each for each in responses if not each.planted and each.in_survey]
    wrongly = [
        said(each, question)
        for each in untouched
        for question in QUESTIONS
        if find_personal_details(said(each, question))
    ]
    assert len(wrongly) < 0.03 * len(untouched)


def test_personal_details_belong_to_nobody(responses: list[Generated]) -> None:
    text = " ".join(said(each, question) for each in responses for question in QUESTIONS)
    for email in re.findall(r"\S+@\S+", text):
        assert email.rstrip(".").endswith("@example.org")
    for number in re.findall(r"\b0\d[\d ]{8,}\d\b", text):
        digits = number.replace(" ", "")
        assert digits.startswith(("07700900", "02079460")), f"{number} may be somebody's"


def test_respondents_are_not_london(responses: list[Generated]) -> None:
    """Census 2021, London: 53.8% white; 45.2% of households own. Older people are over-heard."""
    counts = {
        question: Counter(
            each.monitoring[question] for each in responses if question in each.monitoring
        )
        for question in ("age-band", "ethnic-group", "tenure", "sex", "disability")
    }
    for question, counted in counts.items():
        assert counted["prefer-not-to-say"] > 20, question
        assert counted.total() < 1340, f"nobody skipped {question}"
    shares = {
        question: {option: count / counted.total() for option, count in counted.items()}
        for question, counted in counts.items()
    }
    assert shares["ethnic-group"]["white"] > 0.65
    assert shares["tenure"]["own"] > 0.6
    assert shares["age-band"]["age-65-plus"] > 0.2


def test_organisations_are_marked_as_invented(responses: list[Generated]) -> None:
    named = [each.organisation for each in responses if each.organisation]
    assert len(named) == len(set(named)) == 25
    assert all(name.endswith("(invented)") for name in named)
    assert not any(each.monitoring for each in responses if each.organisation)


def test_every_tick_is_an_option_of_the_survey(responses: list[Generated]) -> None:
    questions = [
        question
        for step in read_yaml(LONDON / "survey.yaml")["steps"]
        for question in step["questions"]
    ]
    options = {
        question["key"]: {option["code"] for option in question["options"]}
        for question in questions
        if question["kind"] != "text"
    }
    chosen: dict[str, set[str]] = {key: set() for key in options}
    for response in responses:
        for key, answer in {**response.answers, **response.monitoring}.items():
            if key in options:
                chosen[key] |= {answer} if isinstance(answer, str) else set(answer)
    assert chosen == options, "an option that nobody ever chooses, or one that does not exist"
