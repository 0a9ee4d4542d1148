"""Personal details are found where they were planted, and ordinary sentences are left alone."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from folkmoot.texts import Kind, find_personal_details, redact

# Invented, or set aside for fiction (Ofcom's drama numbers) and for tests (card networks').
CASES: dict[Kind, tuple[str, ...]] = {
    Kind.EMAIL: (
        "sarah.jones@example.co.uk",
        "k_o'shea@example.org",
        "TEAM+police@mail.example.com",
        "jo [at] example [dot] org",
        "a.b-c@example.ac.uk",
    ),
    Kind.PHONE: (
        "07700 900123",
        "07700900456",
        "020 7946 0958",
        "(020) 7946 0321",
        "+44 7700 900 789",
        "0161 496 0123",
        "+44 (0)20 7946 0000",
        "07700-900-321",
    ),
    Kind.POSTCODE: ("SE15 4TQ", "sw1a 2aa", "E1 6AN", "N17 9JD", "CR0 1PB", "W1A1AA", "EC1A 1BB"),
    Kind.NHS_NUMBER: ("943 476 5919", "9434765919", "943-476-5919"),
    Kind.NATIONAL_INSURANCE: ("AB 12 34 56 C", "QQ123456C", "jg103759a"),
    Kind.CARD_NUMBER: ("4111 1111 1111 1111", "5500000000000004", "3400-0000-0000-009"),
    Kind.VEHICLE: ("AB12 CDE", "lk19xyz", "Y123 ABC", "BD51SMR"),
    Kind.ADDRESS: (
        "14 Elm Grove",
        "221B Baker Street",
        "Flat 3, Oak House",
        "22 Queen's Road",
        "7 St John's Hill",
        "10 acacia avenue",
        "Flat 12, 9 Deptford High Street",
    ),
    Kind.LINK: ("https://example.org/me?id=7", "www.example.com/jo", "example.co.uk/people/jo"),
    Kind.NAME: (
        "Sarah Jones",
        "Mr Adeyemi",
        "PC Shah",
        "Sergeant O'Brien",
        "Mohammed Al Fayed",
        "Dr. K. Nowak",
        "Priya",
        "Ms Ng-Williams",
        "Cllr Osei",
    ),
}
AROUND = (
    "I would like you to know about {} before you decide anything.",
    "Ask {} because nobody else will tell you",
    "We reported it ({}) and heard nothing.",
    "It was {}, and it happened more than once last year.",
)
INTRODUCED = (
    ("My name is {} and I live in Peckham.", ("Wiremu Tane", "Xochitl", "oluchi eze")),
    ("Yours sincerely, {}", ("Ngozi Abara", "Teodor Vlaicu")),
    ("My son {} was searched twice.", ("Kacper", "Zubair")),
    ("An officer called {} helped us.", ("Kofi Mensah",)),
    ("please keep the counter open. Thanks, {}", ("Olumide",)),
)
BORN = ("I was born on 12/03/1985.", "DOB: 3 March 1970", "My date of birth is 1990-02-01, thanks")

CLEAN = (
    "I want to see more police officers on foot in the evening near the station.",
    "There were 1,364 responses in 2019 and 12% said no; only 3 in 10 felt safe.",
    "Please ring 101 or 999, and make the 24 hour line free of charge.",
    "Will the Mayor publish the figures in May or June? We may never know.",
    "A 20 mph limit on residential roads and 3 bus lanes would help.",
    "Victoria Station and King's Cross feel unsafe, so does St James's Park.",
    "The Metropolitan Police Service must rebuild trust with Black Londoners.",
    "Hope and patience are needed, and grace, but joy is rare on the 149 bus.",
    "Between 2014 and 2019 the budget fell by £600 million, 10 years of cuts.",
    "The meeting on 28/05/2020 was cancelled at 10 minutes notice.",
    "Officer training in de-escalation should be yearly.",
    "Stop 2nd hand phones being sold on M1 1st exits",
)


@pytest.mark.parametrize("kind", CASES, ids=lambda kind: kind.name)
def test_each_planted_detail_is_hidden_whole(kind: Kind) -> None:
    for planted in CASES[kind]:
        for around in AROUND:
            text = around.format(planted)
            kinds = {span.kind for span in find_personal_details(text)}
            assert kind in kinds, text
            assert redact(text) == around.format(f"[{kind.value} removed]")


def test_recall_of_details_scattered_through_answers() -> None:
    chance = random.Random(11)
    found = planted = 0
    for _ in range(400):
        kinds = chance.sample(sorted(CASES, key=lambda kind: kind.name), 3)
        details = [chance.choice(CASES[kind]) for kind in kinds]
        text = " ".join(
            f"{chance.choice(CLEAN)} {chance.choice(AROUND).format(detail)}" for detail in details
        )
        hidden = redact(text)
        planted += len(details)
        found += sum(detail not in hidden for detail in details)
    assert found / planted >= 0.98


@pytest.mark.parametrize(("sentence", "names"), INTRODUCED)
def test_names_in_no_list_are_known_by_what_stands_before_them(
    sentence: str, names: tuple[str, ...]
) -> None:
    for name in names:
        assert redact(sentence.format(name)) == sentence.format("[name removed]")


@pytest.mark.parametrize("sentence", BORN)
def test_dates_of_birth_are_hidden(sentence: str) -> None:
    (span,) = find_personal_details(sentence)
    assert span.kind is Kind.DATE_OF_BIRTH
    assert any(mark.isdigit() for mark in sentence[span.start : span.end])
    assert not any(mark.isdigit() for mark in redact(sentence))


@pytest.mark.parametrize("sentence", CLEAN)
def test_ordinary_sentences_are_left_alone(sentence: str) -> None:
    assert redact(sentence) == sentence


def test_places_named_after_people_are_no_people() -> None:
    text = "George Street, Victoria Station and Warren County need more buses"
    assert redact(text) == text


def test_most_of_what_is_hidden_in_a_town_s_remarks_is_a_name(shared_data: Path) -> None:
    # 896 remarks that hold next to no names: what is hidden there is hidden wrongly.
    path = shared_data / "responses" / "american-assembly.bowling-green_comments.csv"
    remarks = pl.read_csv(path, infer_schema=False)["comment-body"].to_list()
    hidden = [span for remark in remarks for span in find_personal_details(remark)]
    assert len(hidden) <= 0.02 * len(remarks)


# A run of each would take hours where a pattern tried every way to divide it.
RUNS = (
    "a", "1 ", "a.", "+4", "0", "1-", "AB", "a@", "@a", "a-", "x@x.", "1/1/", "A1 ", "the son ",
    "Mr ", "name: ", "A, ", "flat 1 ", "12 Elm ", "GB29", "www.", "dob ", "born on the ",
    "crime ref ", "account no ", "(0", "O'", "Ł ", "  ", "live at ",
)  # fmt: skip


@pytest.mark.parametrize("run", RUNS)
def test_one_thing_over_and_over_is_read_in_one_pass(run: str) -> None:
    text = run * (200_000 // len(run))
    spans = find_personal_details(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_megabyte_of_details_is_hidden() -> None:
    text = "John lives at 12 The Road, write to a@ or 07 " * 22_500
    assert len(text) > 1_000_000
    assert redact(text).count("[name removed]") == 22_500


def test_what_two_kinds_find_is_hidden_whole_and_once() -> None:
    # The last ten digits pass the check of an NHS number.
    text = "Call +44 (0)7700 900 337 after six."
    assert redact(text) == "Call [phone number removed] after six."


@given(st.text(max_size=200))
def test_spans_are_in_order_and_apart(text: str) -> None:
    spans = find_personal_details(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
