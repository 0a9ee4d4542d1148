"""Closed and equality questions, counted and protected, as they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.consultations.models import Respondent
from folkmoot.core.disclosure import SMALLEST_BASE, SMALLEST_SHOWN, WITHHELD, protect
from folkmoot.core.tables import format_count, format_percent
from folkmoot.responses.models import Channel
from folkmoot.responses.questions import ChoiceQuestion, MonitoringQuestion
from folkmoot.themes import querysets

PROTECTED_NOTE = (
    f"{WITHHELD} withheld: fewer than {SMALLEST_SHOWN} people, or a figure that would give such "
    "a number away."
)
SEVERAL_NOTE = "People could choose more than one answer, so the shares can add up to over 100%."


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One option or group: what is printed, and the share (0 to 1) its bar shows, if any."""

    label: str
    count: str
    share: str = ""
    bar: float | None = None


@dataclass(frozen=True, slots=True)
class CountedQuestion:
    """A closed or an equality question; no rows where all of it is withheld."""

    key: str
    title: str
    base: str
    rows: tuple[ShareRow, ...]
    notes: tuple[str, ...]
    row_header: str = "Answer"
    count_header: str = "People"

    @property
    def has_shares(self) -> bool:
        """Whether its rows carry shares beside counts."""
        return any(row.share for row in self.rows)


def base_sentence(responses: int, answered: int) -> str:
    """Return the base of a question: "1,364 responses; 1,210 answered this question"."""
    came = "1 response" if responses == 1 else f"{format_count(responses)} responses"
    return f"{came}; {format_count(answered)} answered this question"


def closed(
    question: ChoiceQuestion, chosen: Counter[tuple[str, ...]], responses: int
) -> CountedQuestion:
    """Return a closed question from how many chose which set of options."""
    answered = chosen.total()
    base = base_sentence(responses, answered)
    if 0 < answered < SMALLEST_SHOWN:
        note = f"Withheld: fewer than {SMALLEST_SHOWN} people answered."
        base = f"{format_count(responses)} responses"
        return CountedQuestion(question.key, question.title, base, (), (note,))
    if not answered:
        return CountedQuestion(question.key, question.title, base, (), ("Nobody answered.",))
    counts: Counter[str] = Counter()
    for codes, answers in chosen.items():
        for code in set(codes):
            counts[code] += answers
    rows = _rows(_pairs(question), counts, answered, shares=True)
    notes = (*((SEVERAL_NOTE,) if question.several else ()), *_notes(rows))
    return CountedQuestion(question.key, question.title, base, rows, notes)


def monitored(question: MonitoringQuestion, counts: Counter[str]) -> CountedQuestion:
    """Return an equality question, withheld whole where fewer than 25 answered it."""
    answered = counts.total()
    if answered < SMALLEST_BASE:
        note = f"Withheld: fewer than {SMALLEST_BASE} people answered."
        return CountedQuestion(question.key, question.title, "", (), (note,))
    rows = _rows(_pairs(question), counts, answered, shares=False)
    base = f"{format_count(answered)} answered this question"
    return CountedQuestion(question.key, question.title, base, rows, _notes(rows))


def channels(came: querysets.Intake) -> tuple[CountedQuestion, ...]:
    """Return who responded and by which channel; nothing of very few responses."""
    if came.responses < SMALLEST_SHOWN:
        return ()
    base = f"{format_count(came.responses)} responses"
    counted = []
    for key, title, header, choices, counts in (
        ("kind", "Individuals and organisations", "Who", Respondent.Kind.choices, came.kinds),
        ("channel", "How responses came", "Channel", Channel.choices, came.channels),
    ):
        options = [(code, str(label)) for code, label in choices if counts[code]]
        rows = _rows(options, counts, came.responses, shares=False)
        counted.append(CountedQuestion(key, title, base, rows, _notes(rows), header, "Responses"))
    return tuple(counted)


def _rows(
    options: Sequence[tuple[str, str]], counts: Counter[str], base: int, *, shares: bool
) -> tuple[ShareRow, ...]:
    shown = protect([counts[code] for code, _ in options])
    return tuple(
        ShareRow(label, WITHHELD, WITHHELD if shares else "")
        if count is None
        else ShareRow(
            label,
            format_count(count),
            format_percent(count / base) if shares else "",
            count / base if shares else None,
        )
        for (_, label), count in zip(options, shown, strict=True)
    )


def _pairs(question: ChoiceQuestion) -> list[tuple[str, str]]:
    return [(option.code, option.label) for option in question.options]


def _notes(rows: Sequence[ShareRow]) -> tuple[str, ...]:
    return (PROTECTED_NOTE,) if any(row.count == WITHHELD for row in rows) else ()
