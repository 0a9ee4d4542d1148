"""Closed and equality questions, counted and protected, as they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from folkmoot.consultations.models import Respondent
from folkmoot.core.disclosure import SMALLEST_BASE, SMALLEST_SHOWN, WITHHELD, protect
from folkmoot.core.intervals import Interval, wilson
from folkmoot.core.tables import format_count, format_percent
from folkmoot.core.weighting import WeightedShare
from folkmoot.responses.models import Channel
from folkmoot.responses.questions import ChoiceQuestion, MonitoringQuestion
from folkmoot.themes import querysets

PROTECTED_NOTE = (
    f"{WITHHELD} withheld: fewer than {SMALLEST_SHOWN} people, or a figure that would give such "
    "a number away."
)
UNWEIGHTED_NOTE = (
    f"{WITHHELD} in weighted figures: withheld as well, as they would give a small number away."
)
TOO_FEW_NOTE = "Not weighted: too few of those who answered this question can be weighted."
SEVERAL_NOTE = "People could choose more than one answer, so the shares can add up to over 100%."


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One option or group: what is printed, and the share (0 to 1) its bar shows, if any.

    Intervals are those of 95%.
    """

    label: str
    count: str
    share: str = ""
    bar: float | None = None
    interval: Interval | None = None
    weighted: str = ""
    weighted_bar: float | None = None
    weighted_interval: Interval | None = None

    @property
    def bounds(self) -> str:
        """The interval as printed: "59% to 66%"."""
        return bounds(self.interval)

    @property
    def weighted_bounds(self) -> str:
        """The interval of the weighted share as printed."""
        return bounds(self.weighted_interval)


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
    headline: str = ""

    @property
    def has_shares(self) -> bool:
        """Whether its rows carry shares beside counts."""
        return any(row.share for row in self.rows)

    @property
    def has_weighted(self) -> bool:
        """Whether its rows carry weighted shares beside unweighted ones."""
        return any(row.weighted for row in self.rows)


def bounds(interval: Interval | None) -> str:
    """Return an interval of shares as printed: "59% to 66%"."""
    if interval is None:
        return ""
    return f"{format_percent(interval.lower)} to {format_percent(interval.upper)}"


def base_sentence(responses: int, answered: int) -> str:
    """Return the base of a question: "1,364 responses; 1,210 answered this question"."""
    came = "1 response" if responses == 1 else f"{format_count(responses)} responses"
    return f"{came}; {format_count(answered)} answered this question"


def closed(
    question: ChoiceQuestion,
    chosen: Counter[tuple[str, ...]],
    responses: int,
    weighted: Mapping[str, WeightedShare | None] | None = None,
) -> CountedQuestion:
    """Return a closed question from how many chose which set of options.

    `weighted` has its weighted shares, None where one is withheld; it is empty where too few of
    those who answered can be weighted, and None where nothing on the page is weighted.
    """
    answered = chosen.total()
    base = base_sentence(responses, answered)
    if 0 < answered < SMALLEST_SHOWN:
        note = f"Withheld: fewer than {SMALLEST_SHOWN} people answered."
        base = f"{format_count(responses)} responses"
        return CountedQuestion(question.key, question.title, base, (), (note,))
    if not answered:
        return CountedQuestion(question.key, question.title, base, (), ("Nobody answered.",))
    rows = _rows(_pairs(question), by_option(chosen), answered, shares=True)
    notes = [SEVERAL_NOTE] * question.several + [*_notes(rows)]
    if weighted:
        rows = _with_weighted(rows, [weighted.get(option.code) for option in question.options])
        if any(row.weighted == WITHHELD != row.count for row in rows):
            notes.append(UNWEIGHTED_NOTE)
    elif weighted is not None:
        notes.append(TOO_FEW_NOTE)
    return CountedQuestion(
        question.key, question.title, base, rows, tuple(notes), headline=_headline(rows)
    )


def by_option(chosen: Counter[tuple[str, ...]]) -> Counter[str]:
    """Return how many chose each option, from how many chose which options together."""
    counts: Counter[str] = Counter()
    for codes, answers in chosen.items():
        for code in set(codes):
            counts[code] += answers
    return counts


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


def are_kinds_shown(came: querysets.Intake) -> bool:
    """Return whether the page says how many individuals and organisations responded."""
    return came.responses >= SMALLEST_SHOWN and None not in protect(
        [came.kinds[code] for code in Respondent.Kind.values if came.kinds[code]]
    )


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
            wilson(count / base, base) if shares else None,
        )
        for (_, label), count in zip(options, shown, strict=True)
    )


def _with_weighted(
    rows: Sequence[ShareRow], weighted: Sequence[WeightedShare | None]
) -> tuple[ShareRow, ...]:
    """Return rows with their weighted shares; where the count is withheld, so are these."""
    return tuple(
        replace(row, weighted=WITHHELD)
        if share is None or row.bar is None
        else replace(
            row,
            weighted=format_percent(share.share),
            weighted_bar=share.share,
            weighted_interval=share.interval,
        )
        for row, share in zip(rows, weighted, strict=True)
    )


def _headline(rows: Sequence[ShareRow]) -> str:
    """Say what was chosen most; nothing where two are level, or nothing may be shown."""
    shown = sorted((row for row in rows if row.bar), key=lambda row: -(row.bar or 0))
    if not shown or (len(shown) > 1 and shown[0].count == shown[1].count):
        return ""
    most = shown[0]
    weighted = f", {most.weighted} after weighting" if most.weighted_bar is not None else ""
    return f"Chosen most: {most.label}, {most.share} of those who answered{weighted}."


def _pairs(question: ChoiceQuestion) -> list[tuple[str, str]]:
    return [(option.code, option.label) for option in question.options]


def _notes(rows: Sequence[ShareRow]) -> tuple[str, ...]:
    return (PROTECTED_NOTE,) if any(row.count == WITHHELD for row in rows) else ()
