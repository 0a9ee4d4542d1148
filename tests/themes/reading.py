"""Answers of which people have read some, for tests of what the machine learns from them."""

from __future__ import annotations

from tests import factories
from tests.themes.voices import LIGHTS, OFFICERS, PLACES, YOUTH

from folkmoot.responses.models import Answer, Response
from folkmoot.texts.discovery import Assignment, Discovery, Status, Theme
from folkmoot.themes.acts.settling import settle
from folkmoot.themes.acts.suggesting import keep_suggestion
from folkmoot.themes.models import AssignedTheme, Coding

SUBJECTS = (OFFICERS, YOUTH, LIGHTS)
LABELS = ("Officers on foot", "A club for the young", "Lights in the dark")
# Each opening with each reason at two places, of each subject: 144 answers.
SPOKEN = [
    (subject, f"{opening.format(PLACES[(first + second + turn) % len(PLACES)])}. {reason}")
    for turn in (0, 3)
    for first in range(4)
    for second in range(6)
    for subject, (openings, reasons) in enumerate(SUBJECTS)
    for opening, reason in ((openings[first], reasons[second]),)
]
READ = 105


def make_taught(*, read=READ, by=None):
    """Return a frame of 144 answers whose machine was wrong of every third, and a blank.

    A person has read the first `read` of them and found the one theme that each is on.
    """
    survey = factories.make_survey(
        questions=[factories.text("change", "What would you change in the draft?")]
    )
    answers = send_many(survey, [*(text for _, text in SPOKEN), " - "])
    frame = keep_suggestion(survey, "change", answers, _discovery(), factories.AFTER)
    read_on(frame, read, by=by or factories.make_user())
    return frame


def send_many(survey, texts):
    """Return the answers to a survey of as many responses, all of one respondent."""
    one = factories.make_response(survey)
    responses = Response.objects.bulk_create(
        Response(
            consultation=survey.consultation,
            survey=survey,
            respondent=one.respondent,
            reference=f"FM-{one.pk}-{number}",
            channel=one.channel,
            submitted_at=one.submitted_at,
            consent=one.consent,
        )
        for number in range(len(texts))
    )
    return Answer.objects.bulk_create(
        Answer(response=response, question="change", text=text)
        for response, text in zip(responses, texts, strict=True)
    )


def read_on(frame, many, *, by):
    """Let somebody find the right theme in the first answers that nobody has read."""
    themes = list(frame.themes.order_by("number"))
    subject_of = {text: subject for subject, text in SPOKEN}
    unread = frame.assignments.filter(readings=0).exclude(status="empty").order_by("pk")
    codings = Coding.objects.bulk_create(
        Coding(assignment=one, coder=by, round="first", status="assigned", at=factories.AFTER)
        for one in unread.select_related("answer")[:many]
    )
    AssignedTheme.objects.bulk_create(
        AssignedTheme(
            assignment=coding.assignment,
            coding=coding,
            theme=themes[subject_of[coding.assignment.answer.text]],
            stands=False,
        )
        for coding in codings
    )
    settle([coding.assignment_id for coding in codings])


def _discovery():
    placed = [
        Assignment(row, Status.ASSIGNED, (subject + (row % 3 == 0)) % 3 + 1, 0.5, None, None)
        for row, (subject, _) in enumerate(SPOKEN)
    ]
    placed.append(Assignment(len(placed), Status.EMPTY, None, None, None, None))
    themes = []
    for number, label in enumerate(LABELS, 1):
        rows = [each.row for each in placed if each.theme_id == number]
        share = len(rows) / len(SPOKEN)
        themes.append(Theme(number, label, (), len(rows), share, tuple(rows[-3:]), 0.5))
    return Discovery(
        answers=len(placed),
        empty=1,
        cannot_tell=0,
        campaigns=(),
        themes=tuple(themes),
        assignments=tuple(placed),
    )
