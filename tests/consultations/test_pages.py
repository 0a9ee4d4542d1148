"""The public page of a consultation: its four states by the clock, and the order of its blocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from tests.consultations.reading import get, headings, words
from tests.factories import (
    CLOSES,
    OPENS,
    make_assessment,
    make_consultation,
    make_document,
    make_home,
    make_measure,
    make_plan,
    make_recording,
    make_response,
    make_section,
    make_survey,
)

from folkmoot.consultations import presenters
from folkmoot.consultations.models import (
    ClosingChange,
    Consultation,
    PolicyTeamMember,
    Stage,
    TimelineEvent,
    Update,
)
from folkmoot.publishing.clock import instant

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _plain(settings: Any) -> None:
    settings.PUBLIC_CACHE_SECONDS = 0


def make_whole(**fields: Any) -> Consultation:
    """Return a consultation of whose page every block has something to say."""
    plan = make_plan()
    make_measure(plan)
    texts = {
        name: f"<p>The {name}.</p>"
        for name in (
            "outcome",
            "background",
            "challenge",
            "what_to_share",
            "approach",
            "what_happens_next",
            "contact",
            "formats_and_languages",
            "how_we_use_answers",
        )
    }
    consultation = make_consultation(
        plan, recording=make_recording(), show_support=True, **texts | fields
    )
    make_survey(consultation)
    web = {"kind": "web", "web_page": make_section(plan).page_ptr}
    make_document(consultation, [("draft", OPENS.date(), [web])])
    make_assessment(consultation, ["age"])
    Update.objects.create(
        consultation=consultation, on=OPENS.date(), title="It is open", text="<p>News.</p>"
    )
    Stage.objects.create(consultation=consultation, title="Evidence")
    TimelineEvent.objects.create(
        consultation=consultation, stage="Evidence", title="It begins", starts_at=OPENS
    )
    PolicyTeamMember.objects.create(consultation=consultation, name="A. Officer", role="Policy")
    return consultation


@pytest.mark.parametrize(
    ("at", "state", "sentence"),
    [
        ("2021-11-01", "Coming", "Opens on Tuesday 16 November at 09:00."),
        ("2022-01-09", "Open", "Open for 12 more days. Closes Friday 21 January at 23:59."),
        ("2022-01-21 20:00", "Open", "Closes today at 23:59."),
        ("2022-01-21 23:59", "Closed", "Closed on 21 January 2022. Being analysed"),
        ("2022-04-01", "Published", "The answer was published on 24 March 2022."),
    ],
)
def test_page_says_where_the_consultation_stands(
    client: Client, settings: Any, at: str, state: str, sentence: str
) -> None:
    settings.FOLKMOOT_AT = at
    consultation = make_consultation(summary="What should come first?")
    page = get(client, consultation.url)
    head = page.select_one(".page-head")
    assert words(page.h1) == consultation.title
    assert [words(tag) for tag in page.select(".page-head .tag")] == [
        state,
        "Stage: Policy published",
    ]
    assert sentence in words(head)
    assert "Open 16 Nov 2021 to 21 Jan 2022" in words(head)
    assert "Run by The commissioner's office" in words(head)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        # In winter London keeps the time of UTC; from 27 March 2022, 01:00, it is an hour ahead.
        (datetime(2022, 3, 26, 8, 59, 59, tzinfo=UTC), "Coming"),
        (datetime(2022, 3, 26, 9, tzinfo=UTC), "Open"),
        (datetime(2022, 3, 27, 22, 58, 59, tzinfo=UTC), "Open"),
        (datetime(2022, 3, 27, 22, 59, tzinfo=UTC), "Closed"),
        (datetime(2022, 3, 28, 7, 59, 59, tzinfo=UTC), "Closed"),
        (datetime(2022, 3, 28, 8, tzinfo=UTC), "Published"),
    ],
)
def test_state_turns_at_its_instant_in_the_time_of_the_body(at: datetime, state: str) -> None:
    consultation = make_consultation(
        opens_at=instant("2022-03-26 09:00"),
        closes_at=instant("2022-03-27 23:59"),
        outcome_at=instant("2022-03-28 09:00"),
    )
    shown = presenters.consultation_page(consultation, at)
    assert shown["state"] == state
    assert (shown["opens"], shown["closes"]) == ("26 Mar 2022", "27 Mar 2022")
    # The page is kept until the very instant that changes it, and never past it.
    turns = [consultation.opens_at, consultation.closes_at, consultation.outcome_at]
    ahead = [(turn - at).total_seconds() for turn in turns if turn > at]
    assert consultation.seconds_unchanged(at) <= min(ahead, default=86_400)
    if ahead and ahead[0] < 60:
        assert consultation.seconds_unchanged(at) == ahead[0]


PLACES = {
    "Coming": [
        *("Updates", "Background", "The challenge", "Priorities of the plan"),
        *("What you can share", "Take part", "A message from the deputy mayor", "Delve deeper"),
        *("Our approach", "What happens after", "Policy team", "Staying safe", "Who can help"),
        *("Timeline", "Follow this consultation", "Contact", "Formats and languages"),
        "How we use your data",
    ],
}
PLACES["Open"] = PLACES["Coming"]
PLACES["Closed"] = [
    "What happens next",
    *(
        {
            "What you can share": "What people could share",
            "Take part": "How people could take part",
        }.get(title, title)
        for title in PLACES["Coming"]
        if title != "What happens after"
    ),
]
PLACES["Published"] = [
    "What came of it",
    *PLACES["Closed"][1:10],
    "What happens now",
    *PLACES["Closed"][10:],
]


@pytest.mark.parametrize(
    ("at", "state"),
    [
        ("2021-11-01", "Coming"),
        ("2022-01-09", "Open"),
        ("2022-02-01", "Closed"),
        ("2022-04-01", "Published"),
    ],
)
def test_blocks_stand_in_their_order(client: Client, settings: Any, at: str, state: str) -> None:
    settings.FOLKMOOT_AT = at
    consultation = make_whole()
    Update.objects.create(
        consultation=consultation, on=date(2021, 10, 1), title="Soon", text="<p>News.</p>"
    )
    assert headings(get(client, consultation.url)) == PLACES[state]


def test_one_can_take_part_from_the_head_while_it_is_open(client: Client, settings: Any) -> None:
    consultation = make_whole()
    for at, is_offered in (("2021-11-01", False), ("2022-01-09", True), ("2022-02-01", False)):
        settings.FOLKMOOT_AT = at
        page = get(client, consultation.url)
        ways = {link["href"]: words(link) for link in page.select(".page-head .jumps a")}
        assert ("#have-your-say" in ways) is is_offered
        for target in ways:
            assert page.select_one(target), target
        assert page.select_one("#have-your-say #take-part")


def test_people_and_responses_are_counted_apart(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2022-02-01"
    consultation = make_consultation()
    survey = make_survey(consultation)
    first = make_response(survey)
    make_response(survey, respondent=first.respondent)
    make_response(survey)
    facts = words(get(client, consultation.url).select_one(".facts"))
    assert "People who took part 2" in facts
    assert "Survey responses 3" in facts


def make_change(consultation: Consultation, **fields: Any) -> ClosingChange:
    fields = {
        "at": instant("2022-01-10 10:00"),
        "before": CLOSES - timedelta(days=7),
        "after": CLOSES,
        "reason": "The letters came late",
    } | fields
    return ClosingChange.objects.create(consultation=consultation, **fields)


def test_every_move_of_the_closing_is_shown_from_its_day_on(client: Client, settings: Any) -> None:
    consultation = make_whole()
    make_change(consultation, before=CLOSES - timedelta(days=14), after=CLOSES - timedelta(days=7))
    make_change(consultation, at=instant("2022-01-13 10:00"), reason="Snow kept people at home.")
    moves = [
        "Closing moved from 7 January to 14 January 2022 on 10 January: The letters came late.",
        "Closing moved from 14 January to 21 January 2022 on 13 January: Snow kept people at home.",
    ]
    for at, shown in (("2022-01-09", []), ("2022-01-11", moves[:1]), ("2022-01-14", moves)):
        settings.FOLKMOOT_AT = at
        page = get(client, consultation.url)
        assert [words(move) for move in page.select(".page-head .moved")] == shown
    settings.FOLKMOOT_AT = "2022-04-01"
    page = get(client, consultation.url)
    assert not page.select(".page-head .moved")
    told = page.select('[aria-labelledby="timeline"] .moved')
    assert [words(move) for move in told] == moves


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("<p>We read <b>every</b> letter twice.</p>", "We read every letter twice."),
        ("", "The reason has not been published yet."),
    ],
)
def test_missed_promise_is_told_with_its_days_and_its_reason(
    client: Client, settings: Any, reason: str, told: str
) -> None:
    consultation = make_whole(
        answer_promised_on=date(2022, 3, 21), delay_reason=reason, outcome_at=None
    )
    settings.FOLKMOOT_AT = "2022-03-20"
    page = get(client, consultation.url)
    assert "An answer is promised by 21 March 2022, in 1 day." in words(page.main)
    assert told not in words(page.main)
    settings.FOLKMOOT_AT = "2022-04-01"
    page = get(client, consultation.url)
    promised = "was promised by 21 March 2022 and is overdue by 11 days."
    assert promised in words(page.select_one(".page-head"))
    next_steps = words(page.select_one('[aria-labelledby="what-happens-next"]'))
    assert promised in next_steps
    assert f"Why it is late {told}" in next_steps
    assert "The what_happens_next." in next_steps


def test_answer_that_came_late_says_so_for_good(client: Client, settings: Any) -> None:
    settings.FOLKMOOT_AT = "2023-04-01"
    consultation = make_whole(
        answer_promised_on=date(2022, 3, 21), delay_reason="<p>We read twice.</p>"
    )
    page = get(client, consultation.url)
    assert "Promised by 21 March 2022. Late by 3 days." in words(page.select_one(".page-head"))
    answer = words(page.select_one('[aria-labelledby="outcome"]'))
    assert answer.endswith("Why it was late We read twice.")


@pytest.mark.parametrize(
    ("at", "title", "shown"),
    [
        ("2022-01-09", "Have your say", "Open Open for 12 more days."),
        ("2022-04-01", "Consultations", "Published Closed on 21 January 2022."),
    ],
)
def test_front_page_shows_what_matters_now(
    client: Client, settings: Any, at: str, title: str, shown: str
) -> None:
    settings.FOLKMOOT_AT = at
    consultation = make_consultation()
    panel = get(client, make_home().url).select_one('[aria-labelledby="consultations"]')
    assert words(panel.h2) == title
    assert shown in words(panel)
    assert panel.a["href"] == consultation.url
