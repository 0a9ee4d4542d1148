"""Answers with themes kept by hand, so that every figure of a page can be worked out on paper."""

from __future__ import annotations

from tests import factories

from folkmoot.responses.models import Answer
from folkmoot.texts.campaigns import Campaign
from folkmoot.texts.discovery import Assignment, Discovery, Status, Theme
from folkmoot.themes.acts.suggesting import keep_suggestion

NOTHING = "No comment"


def make_counted(survey, labels, question="change"):
    """Return a frame of a question's answers: each mentions the themes whose labels are in it.

    Answers that begin with "Letter 1" are copies of the first letter, and so on.
    """
    answers = list(Answer.objects.filter(response__survey=survey, question=question).order_by("pk"))
    placed = [_placed(row, answer.text, labels) for row, answer in enumerate(answers)]
    found = Discovery(
        answers=len(placed),
        empty=0,
        cannot_tell=sum(each.status is Status.CANNOT_TELL for each in placed),
        campaigns=tuple(_letters(placed)),
        themes=tuple(_theme(number, label, placed) for number, label in enumerate(labels, 1)),
        assignments=tuple(placed),
    )
    return keep_suggestion(survey, question, answers, found, factories.AFTER)


def _placed(row, text, labels):
    themes = [number for number, label in enumerate(labels, 1) if label in text]
    letter = int(text.split()[1].rstrip(":")) if text.startswith("Letter") else None
    first, second, *_ = (*themes, None, None)
    status = Status.ASSIGNED if themes else Status.CANNOT_TELL
    return Assignment(row, status, first, 0.9 if themes else None, second, letter)


def _letters(placed):
    for letter in sorted({each.campaign_id for each in placed if each.campaign_id}):
        rows = tuple(each.row for each in placed if each.campaign_id == letter)
        yield Campaign(rows, rows[0], 1.0)


def _theme(number, label, placed):
    rows = tuple(each.row for each in placed if each.theme_id == number)
    return Theme(number, label, (label.lower(),), len(rows), len(rows) / len(placed), rows[:3], 0.7)
