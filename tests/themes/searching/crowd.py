"""63 answers of every sort: three readers, letters, doubles, disputes, withdrawals, latecomers."""

from __future__ import annotations

from dataclasses import dataclass

from tests import factories
from tests.themes.frames import TEXTS, discovery

from folkmoot.consultations.models import Respondent
from folkmoot.responses.models import Answer, Response, Standing
from folkmoot.themes.acts.coding import Found, code_answer, resolve
from folkmoot.themes.acts.double import draw_double
from folkmoot.themes.acts.editing import merge_themes
from folkmoot.themes.acts.suggesting import keep_suggestion
from folkmoot.themes.models import Coding

AT = factories.AFTER
ROUNDS = 3
LATE = ("Herons by the sluice.", "Patrol the sluice.", "Nothing to add.")


@dataclass(frozen=True)
class Plain:
    """One answer with all that it can be filtered by, looked up in the plainest way."""

    key: int
    text: str
    channel: str
    kind: str
    group: str
    status: str
    themes: frozenset[tuple[int, str]]
    either: frozenset[object]
    campaign: int | None
    coders: frozenset[int]
    readings: int
    is_double: bool
    is_disputed: bool
    is_flagged: bool
    by: str


def make_crowd():
    """Return a code frame of answers of every sort, and the three who read them."""
    survey = factories.make_survey(
        questions=[
            factories.text("change", "What would you change?"),
            factories.text("more", "What more?"),
            factories.monitoring("age-band", "How old are you?"),
        ]
    )
    for number, text in enumerate(TEXTS * ROUNDS):
        _respond(survey, number, text)
    answers = list(Answer.objects.filter(question="change").order_by("pk"))
    frame = keep_suggestion(survey, "change", answers, discovery(answers), AT)
    people = [factories.make_user(first_name=name) for name in ("Ada", "Ben", "Cleo")]
    draw_double(frame, 0.4, people[0], AT)
    _read(frame, people)
    frame.refresh_from_db()
    first, second, _ = frame.themes.order_by("number")
    merge_themes(second, first, frame.version, people[0], AT)
    for place in (2, 9, 16, 40):
        Response.objects.filter(answers=answers[place]).update(standing=Standing.WITHDRAWN)
    for number, text in enumerate(LATE, len(answers)):
        _respond(survey, number, text)
    frame.refresh_from_db()
    return frame, people


def _respond(survey, number, text):
    kind = Respondent.Kind.ORGANISATION if number % 5 == 0 else Respondent.Kind.INDIVIDUAL
    factories.make_response(
        survey,
        {"change": text, "more": "Patrol."},
        monitored={"age-band": "one" if number % 3 else "other"} if number % 7 else {},
        channel="paper" if number % 4 == 0 else "web",
        respondent=factories.make_respondent(survey.consultation, kind=kind),
    )


def _read(frame, people):
    themes = list(frame.themes.order_by("number"))
    for number, answer in enumerate(frame.assignments.exclude(status="empty").order_by("pk")):
        if number % 3 == 0:
            continue
        readers = people[:2] if answer.is_double and number % 2 else [people[number % 3]]
        for place, reader in enumerate(readers):
            alike = number % 4 < 2
            found = Found(
                themes=(themes[(number + (not alike and place)) % 3].pk,),
                is_flagged=number % 6 == 1,
            )
            if number % 8 == 5:
                found = Found(status="none" if place or alike else "cannot-tell")
            code_answer(answer, reader, found, AT)
        answer.refresh_from_db()
        if answer.in_dispute and number % 3 == 1:
            resolve(answer, people[2], Found(status="none"), AT)


def plain_answers(frame):
    """Return every answer to the question that counts, in the order they came."""
    stands = {each.answer_id: each for each in frame.assignments.all()}
    found = []
    for answer in Answer.objects.filter(question=frame.question).order_by("pk"):
        if answer.response.standing != Standing.STANDS:
            continue
        said = answer.response.monitoring_answers.first()
        found.append(_plain(answer, stands.get(answer.pk), said.choice if said else ""))
    return found


def _plain(answer, stands, group):
    codings = list(stands.codings.all()) if stands else []
    readings = [each for each in codings if each.round != Coding.Round.RESOLVED]
    mentions = list(stands.mentions.filter(stands=True)) if stands else []
    either = set()
    if len(readings) == 2:
        for each in readings:
            either |= {mention.theme.root_id for mention in each.mentions.all()} or {each.status}
    return Plain(
        key=answer.pk,
        text=answer.text,
        channel=answer.response.channel,
        kind=answer.response.respondent.kind,
        group=group,
        status=stands.status if stands else "outside",
        themes=frozenset(
            (each.theme.root_id, "machine" if each.coding_id is None else "person")
            for each in mentions
        ),
        either=frozenset(either),
        campaign=stands.campaign_id if stands else None,
        coders=frozenset(each.coder_id for each in readings),
        readings=len(readings),
        is_double=bool(stands and stands.is_double),
        is_disputed=bool(stands and stands.in_dispute),
        is_flagged=any(each.is_flagged for each in codings),
        by=stands.by if stands else "",
    )
