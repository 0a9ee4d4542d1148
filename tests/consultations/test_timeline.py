"""State, promises and timeline in words, by the clock. London is an hour ahead in summer."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from folkmoot.consultations.models import (
    ClosingChange,
    Consultation,
    Stage,
    State,
    TimelineEvent,
)
from folkmoot.consultations.timeline import (
    Status,
    closing_move,
    days_late,
    last_day,
    promise,
    promise_sentence,
    state_sentence,
    status,
    status_word,
    timeline,
    when,
)
from folkmoot.publishing.clock import instant

pytestmark = pytest.mark.django_db  # a page looks up its content type when made

CLOSES = "2022-01-21 23:59"


def consultation(**fields: object) -> Consultation:
    fields = {
        "title": "Draft plan",
        "opens_at": instant("2021-11-16 09:00"),
        "closes_at": instant(CLOSES),
    } | fields
    return Consultation(**fields)


@pytest.mark.parametrize(
    ("at", "state", "sentence"),
    [
        ("2021-11-01 12:00", State.COMING, "Opens on Tuesday 16 November at 09:00."),
        ("2021-11-16 08:59", State.COMING, "Opens on Tuesday 16 November at 09:00."),
        (
            "2021-11-16 09:00",
            State.OPEN,
            "Open for 66 more days. Closes Friday 21 January 2022 at 23:59.",
        ),
        (
            "2022-01-09 00:00",
            State.OPEN,
            "Open for 12 more days. Closes Friday 21 January at 23:59.",
        ),
        (
            "2022-01-09 23:59",
            State.OPEN,
            "Open for 12 more days. Closes Friday 21 January at 23:59.",
        ),
        (
            "2022-01-20 12:00",
            State.OPEN,
            "Open for 1 more day. Closes tomorrow, Friday 21 January, at 23:59.",
        ),
        ("2022-01-21 00:00", State.OPEN, "Closes today at 23:59."),
        ("2022-01-21 23:58:59", State.OPEN, "Closes today at 23:59."),
        ("2022-01-21 23:59", State.CLOSED, "Closed on 21 January 2022. Being analysed."),
    ],
)
def test_state_sentence_follows_the_clock(at: str, state: State, sentence: str) -> None:
    asked = consultation()
    assert asked.state(instant(at)) is state
    assert state_sentence(asked, instant(at)) == sentence


def test_closing_in_summer_is_told_in_the_time_of_the_body() -> None:
    asked = consultation(closes_at=datetime(2022, 6, 10, 22, 59, tzinfo=UTC))
    at = datetime(2022, 6, 9, 23, 30, tzinfo=UTC)  # 00:30 on the 10th in London
    assert state_sentence(asked, at) == "Closes today at 23:59."


def test_days_left_are_days_of_the_calendar_when_the_clocks_go_forward() -> None:
    asked = consultation(closes_at=instant("2022-03-28 12:00"))
    # The night of 27 March 2022 has 23 hours.
    assert state_sentence(asked, instant("2022-03-26 13:00")) == (
        "Open for 2 more days. Closes Monday 28 March at 12:00."
    )


def test_closing_at_midnight_belongs_to_the_day_that_ends() -> None:
    asked = consultation(closes_at=instant("2022-01-22 00:00"))
    assert last_day(asked.closes_at) == date(2022, 1, 21)
    assert state_sentence(asked, instant("2022-01-21 10:00")) == "Closes today at midnight."
    assert state_sentence(asked, instant("2022-01-19 10:00")) == (
        "Open for 2 more days. Closes Friday 21 January at midnight."
    )
    assert state_sentence(asked, instant("2022-01-22 00:00")).startswith(
        "Closed on 21 January 2022."
    )


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2022-03-29 00:00", "Being analysed; an answer is promised by 31 March 2022, in 2 days."),
        ("2022-03-30 23:59", "Being analysed; an answer is promised by 31 March 2022, in 1 day."),
        ("2022-03-31 23:59", "Being analysed; an answer is promised by today, 31 March 2022."),
        (
            "2022-04-01 00:00",
            "Being analysed; an answer was promised by 31 March 2022 and is overdue by 1 day.",
        ),
    ],
)
def test_closed_consultation_says_by_when_it_is_answered(at: str, sentence: str) -> None:
    asked = consultation(answer_promised_on=date(2022, 3, 31))
    assert state_sentence(asked, instant(at)) == f"Closed on 21 January 2022. {sentence}"


def test_closed_consultation_without_a_promise_says_that_there_is_none() -> None:
    asked, at = consultation(), instant("2022-03-31")
    assert state_sentence(asked, at) == "Closed on 21 January 2022. Being analysed."
    assert promise_sentence(asked, at) == (
        "The responses are being analysed. No day has been promised for the answer."
    )


@pytest.mark.parametrize(
    ("outcome_at", "at", "late"),
    [
        (None, "2022-01-21 23:58", 0),
        (None, "2022-03-31 23:59", 0),
        (None, "2022-04-01 00:00", 1),
        ("2022-04-05 09:00", "2022-04-03 09:00", 3),
        ("2022-04-05 09:00", "2022-05-20 09:00", 5),
        ("2022-03-24 09:00", "2022-05-20 09:00", 0),
    ],
)
def test_answer_is_late_by_days_of_the_calendar(outcome_at: str | None, at: str, late: int) -> None:
    asked = consultation(
        answer_promised_on=date(2022, 3, 31),
        outcome_at=instant(outcome_at) if outcome_at else None,
    )
    assert days_late(asked, instant(at)) == late


@pytest.mark.parametrize(
    ("before", "after", "on", "moved"),
    [
        (
            "2022-01-14 23:59",
            "2022-01-21 23:59",
            "2022-01-10 10:00",
            "from 14 January to 21 January 2022 on 10 January",
        ),
        (
            "2021-12-20 23:59",
            "2022-01-21 23:59",
            "2021-12-01 10:00",
            "from 20 December 2021 to 21 January 2022 on 1 December 2021",
        ),
        # Midnight ends the day before.
        (
            "2022-01-15 00:00",
            "2022-01-22 00:00",
            "2022-01-10 10:00",
            "from 14 January to 21 January 2022 on 10 January",
        ),
        (
            "2022-01-21 12:00",
            "2022-01-21 23:59",
            "2022-01-20 10:00",
            "from 12:00 to 23:59 on 21 January 2022, on 20 January",
        ),
    ],
)
def test_move_of_the_closing_is_told_with_its_reason(
    before: str, after: str, on: str, moved: str
) -> None:
    change = ClosingChange(
        before=instant(before), after=instant(after), at=instant(on), reason="The post was late"
    )
    assert closing_move(change) == f"Closing moved {moved}: The post was late."


def test_answered_consultation_says_whether_the_promise_was_kept() -> None:
    asked = consultation(
        answer_promised_on=date(2022, 3, 31), outcome_at=instant("2022-03-24 09:00")
    )
    assert asked.state(instant("2022-03-24 08:59")) is State.CLOSED
    assert state_sentence(asked, instant("2022-03-24 09:00")) == (
        "Closed on 21 January 2022. The answer was published on 24 March 2022. "
        "Promised by 31 March 2022. Kept, one week early."
    )


@pytest.mark.parametrize(
    ("kept_on", "today", "became"),
    [
        (None, date(2022, 7, 31), ""),
        (None, date(2022, 8, 1), ". Overdue by 1 day"),
        (None, date(2022, 8, 5), ". Overdue by 5 days"),
        (date(2022, 7, 31), date(2023, 1, 1), ". Kept"),
        (date(2022, 7, 30), date(2023, 1, 1), ". Kept, one day early"),
        (date(2022, 7, 23), date(2023, 1, 1), ". Kept, eight days early"),
        (date(2022, 7, 24), date(2023, 1, 1), ". Kept, one week early"),
        (date(2022, 7, 19), date(2023, 1, 1), ". Kept, 12 days early"),
        (date(2022, 7, 9), date(2023, 1, 1), ". Kept, three weeks early"),
        (date(2022, 5, 1), date(2023, 1, 1), ". Kept, two months early"),
        (date(2022, 8, 5), date(2023, 1, 1), ". Late by 5 days"),
    ],
)
def test_promise_says_what_became_of_it(kept_on: date | None, today: date, became: str) -> None:
    assert promise(date(2022, 7, 31), kept_on, today) == f"Promised by 31 July 2022{became}"


def event(**fields: object) -> TimelineEvent:
    return TimelineEvent(**{"stage": "Evidence gathering", "title": "Workshop"} | fields)


WORKSHOP = {
    "starts_at": instant("2021-12-02 18:00"),
    "ends_at": instant("2021-12-02 19:30"),
}
MONTH = {"starts_at": instant("2021-06-15"), "precision": TimelineEvent.Precision.MONTH}


@pytest.mark.parametrize(
    ("fields", "at", "stands", "word"),
    [
        (WORKSHOP, "2021-12-02 17:59", Status.COMING, "Coming up"),
        (WORKSHOP, "2021-12-02 18:00", Status.NOW, "Happening now"),
        (WORKSHOP, "2021-12-02 19:30", Status.HAPPENED, "Happened"),
        (
            {"starts_at": instant("2021-11-16 09:00")},
            "2021-11-16 08:59",
            Status.COMING,
            "Coming up",
        ),
        (
            {"starts_at": instant("2021-11-16 09:00")},
            "2021-11-16 09:00",
            Status.HAPPENED,
            "Happened",
        ),
        (MONTH, "2021-05-31 23:59", Status.COMING, "Coming up"),
        (MONTH, "2021-06-01 00:00", Status.NOW, "This month"),
        (MONTH, "2021-06-30 23:59", Status.NOW, "This month"),
        (MONTH, "2021-07-01 00:00", Status.HAPPENED, "Happened"),
        ({"precision": TimelineEvent.Precision.UNKNOWN}, "2030-01-01", Status.COMING, "Coming up"),
    ],
)
def test_event_stands_by_the_clock(
    fields: dict[str, object], at: str, stands: Status, word: str
) -> None:
    shown = event(**fields)
    assert status(shown, instant(at)) is stands
    assert status_word(shown, instant(at)) == word


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (WORKSHOP, "2 December 2021, 18:00 to 19:30"),
        ({"starts_at": instant("2021-11-16 09:00")}, "16 November 2021"),
        (
            {"starts_at": instant("2021-11-16 09:00"), "ends_at": instant(CLOSES)},
            "16 November 2021 to 21 January 2022",
        ),
        (MONTH, "June 2021"),
        (MONTH | {"ends_at": instant("2021-08-15")}, "June 2021 to August 2021"),
        ({"precision": TimelineEvent.Precision.UNKNOWN}, "Date to be confirmed"),
        # 18:30 in London in summer is 17:30 in UTC.
        (
            {
                "starts_at": datetime(2022, 6, 1, 17, 30, tzinfo=UTC),
                "ends_at": datetime(2022, 6, 1, 19, tzinfo=UTC),
            },
            "1 June 2022, 18:30 to 20:00",
        ),
    ],
)
def test_event_says_when_as_precisely_as_is_known(fields: dict[str, object], words: str) -> None:
    assert when(event(**fields)) == words


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2022-03-20", "Promised by 31 March 2022"),
        ("2022-04-05", "Promised by 31 March 2022. Overdue by 5 days"),
        ("2022-04-11", "Promised by 31 March 2022. Late by 10 days"),
    ],
)
def test_promised_event_is_judged_by_the_day_it_happened(at: str, said: str) -> None:
    late = event(starts_at=instant("2022-04-10 09:00"), promised_on=date(2022, 3, 31))
    (stage,) = timeline([], [late], instant(at))
    assert stage["events"][0]["promise"] == said


def test_timeline_keeps_the_order_of_stages_and_events() -> None:
    stages = [
        Stage(title="Published", starts_on=date(2022, 3, 1)),
        Stage(title="Empty"),
        Stage(title="Evidence gathering", starts_on=date(2021, 6, 1), ends_on=date(2022, 1, 21)),
        Stage(title="After", ends_on=date(2025, 3, 31)),
        Stage(title="One month", starts_on=date(2021, 5, 1), ends_on=date(2021, 5, 31)),
    ]
    names = ["Evidence gathering", "Gone", "Published", "Evidence gathering", "After", "One month"]
    events = [event(title=title, stage=name) for title, name in zip("abcdef", names, strict=True)]
    for each in events:
        each.precision = TimelineEvent.Precision.UNKNOWN
    shown = timeline(stages, events, instant("2022-01-01"))
    assert [
        (stage["title"], stage["period"], [line["title"] for line in stage["events"]])
        for stage in shown
    ] == [
        ("Published", "from March 2022", ["c"]),
        ("Evidence gathering", "June 2021 to January 2022", ["a", "d"]),
        ("After", "until March 2025", ["e"]),
        ("One month", "May 2021", ["f"]),
        ("Gone", "", ["b"]),
    ]


@pytest.mark.parametrize(
    ("kind", "starts_at", "words"),
    [
        (TimelineEvent.LinkKind.READ, "2022-01-02", "Read the notes"),
        (TimelineEvent.LinkKind.WATCH, "2022-01-02", "Watch the notes"),
        (TimelineEvent.LinkKind.REGISTER, "2022-01-02", "Register for the notes"),
        (TimelineEvent.LinkKind.TAKE_PART, "2022-01-02", "Take part in the notes"),
        # Nobody can take part in what is over.
        (TimelineEvent.LinkKind.WATCH, "2021-12-01", "Watch the notes"),
        (TimelineEvent.LinkKind.REGISTER, "2021-12-01", "Read about the notes"),
        (TimelineEvent.LinkKind.TAKE_PART, "2021-12-01", "Read about the notes"),
    ],
)
def test_link_of_an_event_says_what_one_does_there(kind: str, starts_at: str, words: str) -> None:
    linked = event(
        link_kind=kind,
        link_text="the notes",
        link_url="https://example.org/",
        starts_at=instant(starts_at),
    )
    (stage,) = timeline([], [linked], instant("2022-01-01"))
    assert (stage["events"][0]["link_text"], stage["events"][0]["url"]) == (
        words,
        "https://example.org/",
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (TimelineEvent.LinkKind.READ, "Read the workshop"),
        (TimelineEvent.LinkKind.REGISTER, "Read about the workshop"),
        (TimelineEvent.LinkKind.TAKE_PART, "Read about the workshop"),
    ],
)
def test_link_of_what_is_over_invites_nobody(kind: str, words: str) -> None:
    over = event(link_kind=kind, link_text="the workshop", link_url="https://example.org/")
    over.starts_at, over.ends_at = WORKSHOP["starts_at"], WORKSHOP["ends_at"]
    (before,) = timeline([], [over], instant("2021-12-02 19:29"))
    (after,) = timeline([], [over], instant("2021-12-02 19:30"))
    assert before["events"][0]["link_text"] == over.link_words
    assert after["events"][0]["link_text"] == words
