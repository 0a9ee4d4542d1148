"""A code frame kept by hand, for tests of what people do with one: no machine reads anything."""

from __future__ import annotations

from tests import factories

from folkmoot.responses.models import Answer
from folkmoot.texts.campaigns import Campaign
from folkmoot.texts.discovery import Assignment, Discovery, Status, Theme
from folkmoot.themes.acts.suggesting import keep_suggestion

LETTER = "Please keep the police station in our town open, with its front counter and its staff."
SAID = {
    1: (
        "More officers should patrol the high street.",
        "I never see officers patrol the market.",
        "Put officers on foot again.",
        "Officers should run a youth club.",
    ),
    2: (
        "Reopen the youth club at the library.",
        "Teenagers need a club after school.",
        "Young people have nothing to do here.",
        "Youth work costs less than prison.",
    ),
    3: (
        "Mend the lights on the canal path.",
        "The lamps by the station are out.",
        "It is pitch dark in the park.",
        "Better lights would help women walk home.",
    ),
}
COPIES = 6
NAMES = {
    1: ("Officers on foot", ("officers", "patrol")),
    2: ("A club for the young", ("youth", "club")),
    3: ("Lights in the dark", ("lights", "dark")),
}
TEXTS = [
    *(text for said in SAID.values() for text in said),
    *[LETTER] * COPIES,
    " - ",
    "No comment",
]
ANSWERS = 20


def make_frame(survey=None, **fields):
    """Return a frame of 20 answers: 12 on three themes, six of one letter, a blank and a shrug.

    The letter is in the first theme; the last answer on officers mentions the second as well.
    """
    if survey is None:
        survey = factories.make_survey(
            questions=[factories.text("change", "What would you change in the draft?")]
        )
        for text in TEXTS:
            factories.make_response(survey, {"change": text})
    answers = list(
        Answer.objects.filter(response__survey=survey, response__standing="stands").order_by("pk")
    )
    return keep_suggestion(survey, "change", answers, discovery(answers), factories.AFTER, **fields)


def discovery(answers):
    """Return what a machine might find in these answers."""
    placed = [_placed(row, answer.text) for row, answer in enumerate(answers)]
    letter = tuple(each.row for each in placed if each.campaign_id)
    statuses = [each.status for each in placed]
    return Discovery(
        answers=len(answers),
        empty=statuses.count(Status.EMPTY),
        cannot_tell=statuses.count(Status.CANNOT_TELL),
        campaigns=(Campaign(letter, letter[0], 1.0),) if letter else (),
        themes=tuple(_theme(number, placed) for number in NAMES),
        assignments=tuple(placed),
    )


def _placed(row, text):
    number = next((number for number, said in SAID.items() if text in said), 0)
    if text == LETTER:
        return Assignment(row, Status.ASSIGNED, 1, 0.9, None, 1)
    if not number:
        status = Status.EMPTY if text == " - " else Status.CANNOT_TELL
        return Assignment(row, status, None, None, None, None)
    place = SAID[number].index(text)
    second = 2 if (number, place) == (1, 3) else None
    return Assignment(row, Status.ASSIGNED, number, round(0.8 - place / 10, 1), second, None)


def _theme(number, placed):
    label, keywords = NAMES[number]
    rows = tuple(each.row for each in placed if each.theme_id == number)
    share = len(rows) / len(placed)
    return Theme(number, label, keywords, len(rows), share, rows[:3], 0.7)
