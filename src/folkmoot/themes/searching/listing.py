"""The answers that a filter leaves: counted, page by page, and ranked by meaning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from folkmoot.core.disclosure import SMALLEST_BASE
from folkmoot.responses.acts.counting import answers_counted
from folkmoot.responses.finding import answers_with
from folkmoot.responses.models import Answer, MonitoringAnswer, Standing
from folkmoot.themes.acts.placing import new_answers
from folkmoot.themes.agreement import INSTEAD, compared
from folkmoot.themes.models import AssignedTheme, Assignment, CodeFrame, Coding
from folkmoot.themes.progress import GONE
from folkmoot.themes.searching import meaning
from folkmoot.themes.searching.filters import Filter, Finder, Found, Letter
from folkmoot.themes.searching.states import State, counted, in_state, not_counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from folkmoot.accounts.models import User
    from folkmoot.responses.models import Survey

A_PAGE = 25
# With a group of an equality question chosen, no fewer answers are listed than this.
SMALLEST_GROUP = SMALLEST_BASE


@dataclass(frozen=True, slots=True)
class Asked:
    """Which answers of which question somebody wants to see."""

    survey: Survey
    question: str
    frame: CodeFrame | None
    filter: Filter
    user: User
    at: datetime


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of answers: their keys in order, and the marks of the pages before and after.

    `likeness` is by key, in a search by meaning only. `refused` says why nothing is listed.
    """

    count: int
    keys: tuple[int, ...] = ()
    likeness: Mapping[int, float] | None = None
    after: str = ""
    before: str = ""
    refused: str = ""
    of: int | None = None
    """Among how many the nearest were looked for."""


def listed(asked: Asked, after: str = "", before: str = "") -> Listed:
    """Return the page of answers that marks of an address name; the first without either.

    As many queries whatever there is. In the order they came, or the nearest first.
    """
    left = Left(asked)
    if asked.filter.is_by_meaning:
        return _nearest(asked, left, after)
    count = left.count()
    if left.is_too_few(count):
        return Listed(0, refused=TOO_FEW)
    return _page(left, count, after, before)


def all_listed(asked: Asked) -> Iterator[tuple[int, float | None]]:
    """Yield every answer that is listed, page after page, with its likeness where it has one."""
    left = Left(asked)
    if asked.filter.is_by_meaning:
        for key, likeness in _ranked(asked, left)[0]:
            yield key, likeness
        return
    for key in left.rows.order_by(left.key).values_list(left.key, flat=True).iterator():
        yield key, None


TOO_FEW = (
    f"Fewer than {SMALLEST_GROUP} answers are left. With a group chosen so few are neither listed "
    "nor counted, as they could lead to people: take out a filter."
)


class Left:
    """The answers that a filter leaves: rows of a table, and the name of its field for the answer.

    Where a filter asks for the code frame they are rows of assignments, whose index alone answers
    most filters; otherwise answers.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.rows: QuerySet[Any]
        if asked.filter.needs_frame and asked.frame is not None:
            self.key, self.response = "answer_id", "answer__response"
            self.rows = _in_frame(asked, asked.frame)
        else:
            self.key, self.response = "pk", "response"
            self.rows = _answers(asked)
        self.rows = self._as_sent(self.rows)

    def count(self) -> int:
        """Return how many there are."""
        if self.asked.filter.is_empty:
            return answers_to(self.asked.survey, self.asked.question)
        return self.rows.order_by().count()

    def is_too_few(self, count: int) -> bool:
        """Whether so few must not be told of."""
        return "group" in self.asked.filter.asked and count < SMALLEST_GROUP

    def _as_sent(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those with the words sought, by channel, sender and group."""
        asked = self.asked.filter.asked
        if channel := asked.get("channel"):
            rows = rows.filter(**{f"{self.response}__channel": channel})
        if kind := asked.get("kind"):
            rows = rows.filter(**{f"{self.response}__respondent__kind": kind})
        if group := asked.get("group"):
            question, _, option = group.partition(":")
            said = MonitoringAnswer.objects.filter(
                response=OuterRef(f"{self.response}_id"), question=question, choice=option
            )
            rows = rows.filter(Exists(said))
        sought = self.asked.filter.terms
        if "q" in asked and not self.asked.filter.is_by_meaning:
            with_words = answers_with(sought.words, sought.phrases).values("pk")
            # A sum is no field of an index: SQLite gathers the answers with the words once, and
            # does not ask its index of words again for every answer.
            rows = rows.alias(answer_key=F(self.key) + 0).filter(answer_key__in=with_words)
        return rows


def answers_to(survey: Survey, question: str) -> int:
    """Return how many answers to a question count."""
    return answers_counted([survey.pk])[survey.pk, question]


def _answers(asked: Asked) -> QuerySet[Answer]:
    if asked.filter.asked.get("found") == Found.OUTSIDE and asked.frame is not None:
        return new_answers(asked.frame, asked.at).order_by()
    return Answer.objects.filter(
        response__survey=asked.survey,
        response__standing=Standing.STANDS,
        question=asked.question,
    )


def _in_frame(asked: Asked, frame: CodeFrame) -> QuerySet[Assignment]:
    """Return where answers stand of which the code frame says what is asked for."""
    wanted = asked.filter.asked
    rows = counted(frame)
    finder, found, theme = (wanted.get(name, "") for name in ("finder", "found", "theme"))
    if finder == Finder.EITHER:
        label = int(theme) if theme else INSTEAD.get(found)
        rows = rows.filter(pk__in=_found_by_either(frame, label))
        # What either found need not be what stands.
        found = "" if label == INSTEAD.get(found) else found
    elif theme:
        rows = rows.filter(pk__in=_mentions(int(theme), finder).values("assignment"))
    elif finder:
        is_machine = Q(by=Assignment.By.MACHINE)
        rows = rows.filter(is_machine if finder == Finder.MACHINE else ~is_machine)
    if found:
        rows = rows.filter(status=found)
    if state := wanted.get("state"):
        rows = _in_state(frame, rows, State(state), asked.user)
    if campaign := wanted.get("campaign"):
        rows = rows.filter(_letter(campaign))
    if coder := wanted.get("coder"):
        own = Coding.objects.filter(coder=None if coder == GONE else int(coder))
        read = own.exclude(round=Coding.Round.RESOLVED).filter(assignment=OuterRef("pk"))
        rows = rows.filter(Exists(read), readings__gte=1)
    return rows


def _letter(campaign: str) -> Q:
    if campaign in (Letter.IN, Letter.OUT):
        return Q(campaign__isnull=campaign == Letter.OUT)
    return Q(campaign=int(campaign))


def _mentions(theme: int, finder: str) -> QuerySet[AssignedTheme]:
    """Return the mentions of a theme, and of those merged into it, that stand."""
    family = Q(theme=theme) | Q(theme__stands_in=theme)
    mentions = AssignedTheme.objects.filter(family, stands=True)
    if finder:
        mentions = mentions.filter(coding__isnull=finder == Finder.MACHINE)
    return mentions


def _in_state(
    frame: CodeFrame, rows: QuerySet[Assignment], state: State, user: User
) -> QuerySet[Assignment]:
    if state is State.ALIKE:
        pairs = compared(frame).people
    elif state is State.AS_SUGGESTED:
        pairs = compared(frame).machine
    else:
        return in_state(rows, state, user)
    return rows.filter(pk__in=[each.assignment for each in pairs if each.is_alike])


def _found_by_either(frame: CodeFrame, label: int | None) -> list[int]:
    """Return the answers read by two people in which at least one found a theme, or anything."""
    return [
        each.assignment
        for each in compared(frame).people
        if label is None or label in each.first | each.second
    ]


def _page(left: Left, count: int, after: str, before: str) -> Listed:
    last, first = _number(after), _number(before)
    backwards = first is not None and last is None
    rows = left.rows
    if last is not None:
        rows = rows.filter(**{f"{left.key}__gt": last})
    elif first is not None:
        rows = rows.filter(**{f"{left.key}__lt": first})
    ordered = rows.order_by(f"-{left.key}" if backwards else left.key)
    keys = list(ordered.values_list(left.key, flat=True)[: A_PAGE + 1])
    more = len(keys) > A_PAGE
    keys = sorted(keys[:A_PAGE])
    has_after = bool(keys) and (backwards or more)
    has_before = bool(keys) and (last is not None or (backwards and more))
    return Listed(
        count,
        tuple(keys),
        after=str(keys[-1]) if has_after else "",
        before=str(keys[0]) if has_before else "",
    )


def _nearest(asked: Asked, left: Left, after: str) -> Listed:
    """Return a page of the nearest answers, `after` being the place of the last one shown."""
    try:
        ranked, of = _ranked(asked, left)
    except meaning.NotFindableError as error:
        return Listed(0, refused=str(error))
    if left.is_too_few(of):
        return Listed(0, refused=TOO_FEW)
    begins = min(_number(after) or 0, max(len(ranked) - 1, 0) // A_PAGE * A_PAGE)
    ends = begins + A_PAGE
    shown = ranked[begins:ends]
    return Listed(
        count=len(ranked),
        keys=tuple(key for key, _ in shown),
        likeness=dict(shown),
        after=str(ends) if ends < len(ranked) else "",
        before=str(max(begins - A_PAGE, 0)) if begins else "",
        of=of,
    )


def _ranked(asked: Asked, left: Left) -> tuple[list[tuple[int, float]], int]:
    """Return the nearest answers, nearest first, and among how many they were looked for."""
    survey, question = asked.survey, asked.question
    wanted = asked.filter.asked
    like = wanted.get("like")
    if like is None:
        sought = meaning.vector_of_sentence(wanted["q"])
    found = meaning.meanings(survey.pk, question)
    if like is not None:
        sought = meaning.vector_of_answer(found, like)
    own = [like] if like is not None else []
    if asked.filter.narrows:
        among = list(left.rows.order_by().values_list(left.key, flat=True))
        return found.nearest(sought, among=among, but=own), len(among)
    gone = list(not_counted(survey.pk, question).values_list("pk", flat=True))
    return found.nearest(sought, but=[*gone, *own]), answers_to(survey, question)


def _number(mark: str) -> int | None:
    return int(mark) if mark.isascii() and mark.isdigit() and len(mark) < 19 else None
