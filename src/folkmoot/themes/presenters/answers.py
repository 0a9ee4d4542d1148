"""Answers that were found, as the workbench lists them: words marked, themes, who found them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString

from folkmoot.core.tables import format_percent
from folkmoot.publishing.clock import local
from folkmoot.responses.access import may_read_responses
from folkmoot.responses.models import Answer
from folkmoot.themes.access import may_code_answers, may_resolve, may_see_agreement
from folkmoot.themes.models import AssignedTheme, Assignment, CodeFrame, Coding
from folkmoot.themes.searching.marking import fullest_part, marked
from folkmoot.themes.searching.terms import Terms
from folkmoot.themes.wording import shorten

if TYPE_CHECKING:
    from folkmoot.accounts.models import User

# A longer answer is folded: its beginning, or what was found in it, stands before the fold.
LONGEST = 700
NOTHING = Terms((), ())
MACHINE = "the machine"
SOMEBODY = "somebody whose account is gone"
BLIND = "One person has read it. What they found is shown once a second has."


@dataclass(frozen=True, slots=True)
class Said:
    """What stands of an answer, and who found it: a theme's name, or that there is none."""

    words: str
    by: str
    url: str = ""
    """The page of the theme; "" for what is no theme."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How an answer came, from whom and when, and what leads to it; each empty or absent."""

    facts: str = ""
    reference: str = ""
    reference_url: str = ""
    like_url: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer in the list. Nothing is said of how it was sent where a group was chosen."""

    key: int
    shown: SafeString
    """The answer, or the part of a long one before the fold, as HTML."""
    whole: SafeString
    """A long answer whole, as HTML; empty for others."""
    said: tuple[Said, ...]
    standing: str
    """Why nothing is said of it, or what is to be known beside it, in a sentence; or empty."""
    sent: Sent
    letter: str = ""
    letter_url: str = ""
    is_flagged: bool = False
    notes: tuple[str, ...] = ()
    likeness: str = ""
    code_url: str = ""
    resolve_url: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Answers with where each stands, what was found in it and by whom; by keys of answers."""

    answers: Mapping[int, Answer]
    stands: Mapping[int, Assignment]
    mentions: Mapping[int, Sequence[AssignedTheme]]
    codings: Mapping[int, Sequence[Coding]]


def rows_of(keys: Sequence[int], frame: CodeFrame | None) -> Rows:
    """Return answers with all that is listed of them. Four queries; one without a frame."""
    found = Answer.objects.filter(pk__in=keys).select_related("response__respondent")
    answers = {answer.pk: answer for answer in found.defer("response__consent", "other", "choices")}
    if frame is None:
        return Rows(answers, {}, {}, {})
    assignments = Assignment.objects.filter(frame=frame, answer__in=keys)
    stands = {each.answer_id: each for each in assignments.select_related("campaign")}
    answer_of = {each.pk: each.answer_id for each in stands.values()}
    mentions: dict[int, list[AssignedTheme]] = defaultdict(list)
    said = AssignedTheme.objects.filter(assignment__in=answer_of)
    for mention in said.select_related("theme__stands_in").order_by("assignment", "place", "pk"):
        mentions[answer_of[mention.assignment_id]].append(mention)
    codings: dict[int, list[Coding]] = defaultdict(list)
    read = Coding.objects.filter(assignment__in=answer_of).select_related("coder")
    for coding in read.order_by("pk"):
        codings[answer_of[coding.assignment_id]].append(coding)
    return Rows(answers, stands, mentions, codings)


def hits(
    keys: Sequence[int],
    frame: CodeFrame | None,
    user: User,
    *,
    sought: Terms = NOTHING,
    likeness: Mapping[int, float] | None = None,
    is_group: bool = False,
) -> list[Hit]:
    """Return answers as the list prints them, in their order.

    `is_group` says that a group of an equality question was chosen: then nothing that leads to a
    person stands beside an answer.
    """
    rows = rows_of(keys, frame)
    return [
        _hit(rows, rows.answers[key], frame, user, sought, (likeness or {}).get(key), is_group)
        for key in keys
        if key in rows.answers
    ]


def is_blind(rows: Rows, key: int, user: User) -> bool:
    """Whether somebody may yet read an answer for the second time, blind to who read it first."""
    assignment = rows.stands.get(key)
    if assignment is None or not assignment.is_double or assignment.readings != 1:
        return False
    own = any(each.coder_id == user.pk for each in rows.codings.get(key, ()))
    return may_code_answers(user) and not own


def said_of(rows: Rows, key: int, user: User) -> list[Said]:
    """Return what stands of an answer and who found it; names only for who may see agreement."""
    assignment = rows.stands[key]
    if is_blind(rows, key, user):
        return []
    readings = rows.codings.get(key, ())
    names = {each.pk: _name(each, user) for each in readings}
    themes: dict[int, AssignedTheme] = {}
    by: dict[int, list[str]] = defaultdict(list)
    for mention in rows.mentions.get(key, ()):
        root = mention.theme.root
        who = MACHINE if mention.coding_id is None else names.get(mention.coding_id, SOMEBODY)
        by[root.pk].append(who)
        if mention.stands:
            themes.setdefault(root.pk, mention)
    if assignment.status == Assignment.Status.ASSIGNED:
        return [
            Said(
                mention.theme.root.label,
                _list(by[pk]),
                reverse("themes:theme", args=[pk]),
            )
            for pk, mention in themes.items()
        ]
    alike = [names[each.pk] for each in readings if each.status == assignment.status]
    return [Said(assignment.get_status_display(), _list(alike) or MACHINE)]


def _hit(
    rows: Rows,
    answer: Answer,
    frame: CodeFrame | None,
    user: User,
    sought: Terms,
    likeness: float | None,
    is_group: bool,
) -> Hit:
    assignment = rows.stands.get(answer.pk)
    shown, whole = _text(answer.text, sought)
    near = "" if likeness is None else format_percent(likeness)
    sent = Sent() if is_group else _sent(answer, user)
    if assignment is None:
        standing = "Came after the machine read." if frame else "Not read yet."
        return Hit(answer.pk, shown, whole, (), standing, sent, likeness=near)
    blind = is_blind(rows, answer.pk, user)
    readings = rows.codings.get(answer.pk, ())
    flagged = [] if blind else [each for each in readings if each.is_flagged]
    letter = assignment.campaign
    code = may_code_answers(user) and not is_group and _may_read_it(assignment, readings, user)
    return Hit(
        key=answer.pk,
        shown=shown,
        whole=whole,
        said=tuple(said_of(rows, answer.pk, user)),
        standing=BLIND if blind else _standing(assignment, rows, user),
        sent=sent,
        letter=f"Letter {letter.number}" if letter else "",
        letter_url=reverse("themes:campaign", args=[letter.pk]) if letter else "",
        is_flagged=bool(flagged),
        notes=tuple(f"{_name(each, user)}: {each.note}" for each in flagged if each.note)
        if may_see_agreement(user)
        else (),
        likeness=near,
        code_url=f"{_code(frame)}?answer={assignment.pk}" if frame and code else "",
        resolve_url=reverse("themes:resolve", args=[assignment.pk])
        if assignment.in_dispute and may_resolve(user) and not is_group
        else "",
    )


def _standing(assignment: Assignment, rows: Rows, user: User) -> str:
    if not assignment.in_dispute:
        return ""
    if not may_see_agreement(user):
        return "Two people differ: it stands as the machine suggests until that is resolved."
    labels: dict[int | None, list[str]] = defaultdict(list)
    for mention in rows.mentions.get(assignment.answer_id, ()):
        labels[mention.coding_id].append(mention.theme.root.label)
    told = [
        f"{_name(each, user)}: {_list(labels[each.pk]) or each.get_status_display()}"
        for each in rows.codings.get(assignment.answer_id, ())
    ]
    return f"Two people differ. {'. '.join(told)}."


def _may_read_it(assignment: Assignment, readings: Sequence[Coding], user: User) -> bool:
    """Whether the coding screen would take a reading of it by somebody."""
    if assignment.status == Assignment.Status.EMPTY or assignment.by == Assignment.By.RESOLVED:
        return False
    own = any(each.coder_id == user.pk for each in readings)
    return own or assignment.readings < 2


def _sent(answer: Answer, user: User) -> Sent:
    """Return how an answer came, as far as somebody may know it."""
    response = answer.response
    kind = response.respondent.get_kind_display() if response.respondent else "Not written down"
    address = reverse("themes:answers", args=[response.survey_id, answer.question])
    may_read = may_read_responses(user)
    return Sent(
        f"{response.get_channel_display()} · {kind} · {local(response.submitted_at):%-d %B %Y}",
        response.reference if may_read else "",
        reverse("responses:inspect", args=[response.pk]) if may_read else "",
        f"{address}?like={answer.pk}" if answer.text else "",
    )


def _text(text: str, sought: Terms) -> tuple[SafeString, SafeString]:
    """Return what stands before the fold of an answer, and the whole of a long one."""
    if len(text) <= LONGEST:
        return marked(text, sought), SafeString("")
    is_sought = sought != NOTHING
    part = fullest_part(text, sought, LONGEST) if is_sought else shorten(text, LONGEST)
    return marked(part, sought), marked(text, sought)


def _name(coding: Coding, user: User) -> str:
    if coding.coder_id == user.pk:
        return "you"
    if not may_see_agreement(user):
        return "a person"
    return str(coding.coder) if coding.coder else SOMEBODY


def _list(names: Sequence[str]) -> str:
    """Return names once each in words: "Ada Obi, Ben Cole and the machine"."""
    each = sorted(dict.fromkeys(names), key=lambda name: name == MACHINE)
    return " and ".join(filter(None, (", ".join(each[:-1]), each[-1]))) if each else ""


def _code(frame: CodeFrame) -> str:
    return reverse("themes:code", args=[frame.survey_id, frame.question])
