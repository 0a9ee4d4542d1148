"""What each column of a file is to become: a use, written as one short text.

"ignore", "reference", "submitted", "channel", "organisation"; "question|KEY" for an answer (of a
grid, that of one row: its part); "option|KEY|CODE" for a column an option; "other|KEY|CODE" for
what was typed beside one; "rank|KEY|2" for what came second in a ranking.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from folkmoot.responses.questions import (
    ChoiceQuestion,
    FileQuestion,
    Option,
    Question,
    RankingQuestion,
    SurveyForm,
)

IGNORE = "ignore"
REFERENCE = "reference"
SUBMITTED = "submitted"
CHANNEL = "channel"
ORGANISATION = "organisation"
# What a column may be beside an answer, and the words for it. Each but the first once.
APART = {
    IGNORE: "Leave this column out",
    REFERENCE: "Number of the response there",
    SUBMITTED: "When it was submitted",
    CHANNEL: "Channel (web, paper, e-mail …)",
    ORGANISATION: "Name of the organisation",
}
TAKE = "take"
LEAVE = "leave"
SITE_TIME = "site"
UTC_TIME = "utc"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """How a file is read. `columns` go by a heading's key, to a use.

    `values` go by an answer ("KEY", or "KEY|CODE" for a column an option) and by a value as
    `values.value_key` writes it, to the code of an option; "" leaves the value out. `received_at`
    is the instant, as ISO 8601, of rows that say none. `keeps_other`: a value that is no option is
    what was typed under "other", where the question has that. The consents are the texts that
    respondents agreed to there; empty where they were the survey's, or not known.
    """

    columns: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    separator: str = ";"
    month_first: bool = False
    times: str = SITE_TIME
    channel: str = "web"
    unfinished: str = TAKE
    received_at: str = ""
    keeps_other: bool = True
    consent: str = ""
    monitoring_consent: str = ""

    def written(self) -> dict[str, Any]:
        """Return the mapping as JSON keeps it."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> ColumnMapping:
        """Return a mapping as JSON kept it; what is unknown today is left out."""
        return cls(**{name: kept[name] for name in cls.__slots__ if name in kept})


def headings_mark(headings: Iterable[str]) -> str:
    """Return a mark of a set of headings: the same whatever their order."""
    return hashlib.sha256("\n".join(sorted(headings)).encode()).hexdigest()


def nearest_mapping(
    headings: Iterable[str], mappings: Iterable[ColumnMapping]
) -> ColumnMapping | None:
    """Return the mapping that knows most of some headings, the first of several; None without.

    One that knows less than half of them is of another table, whose settings say nothing here.
    """
    sought = set(headings)
    most, found = 0, None
    for mapping in mappings:
        known = len(sought & mapping.columns.keys())
        if known > most and 2 * known >= len(sought):
            most, found = known, mapping
    return found


def parts_asked(form: SurveyForm) -> tuple[Question, ...]:
    """Return what a file can answer: everything but files and what asks nothing."""
    return tuple(part for part in form.parts if not isinstance(part, FileQuestion))


def options_of(part: Question) -> tuple[Option, ...]:
    """Return what a part offers; nothing where it is open."""
    return part.options if isinstance(part, ChoiceQuestion | RankingQuestion) else ()


def uses_of(part: Question) -> list[tuple[str, str]]:
    """Return the uses that a column may have for a part, each with words for it."""
    whole = "all choices in one cell" if _has_several(part) else "the answer"
    found = [(f"question|{part.key}", f"{part.title}: {whole}")]
    if _has_several(part):
        found += [
            (f"option|{part.key}|{option.code}", f"{part.title}: {option.label}")
            for option in options_of(part)
        ]
    if isinstance(part, RankingQuestion):
        found += [
            (f"rank|{part.key}|{rank}", f"{part.title}: what came in place {rank}")
            for rank in range(1, len(part.options) + 1)
        ]
    found += [
        (f"other|{part.key}|{option.code}", f"{part.title}: text beside “{option.label}”")
        for option in options_of(part)
        if option.asks_text
    ]
    return found


def uses(form: SurveyForm) -> list[tuple[Question, list[tuple[str, str]]]]:
    """Return everything that a column may be, by part."""
    return [(part, uses_of(part)) for part in parts_asked(form)]


def mapping_faults(form: SurveyForm, mapping: ColumnMapping) -> list[str]:
    """Return what keeps a mapping from being used, in sentences."""
    known = {use for _, found in uses(form) for use, _ in found} | set(APART)
    faults = [
        f"The column “{heading}” is to become something that the survey does not ask any more: "
        "choose again what it is."
        for heading, use in mapping.columns.items()
        if use not in known
    ]
    times = Counter(mapping.columns.values())
    for use, count in times.items():
        if count > 1 and use != IGNORE:
            columns = [heading for heading, each in mapping.columns.items() if each == use]
            faults.append(
                f"The columns “{columns[0]}” and “{columns[1]}” are both to become the same thing "
                f"({_words(form, use)}): leave one of them out."
            )
    if not any(use.partition("|")[0] in ("question", "option", "rank") for use in times):
        faults.append("No column is the answer to a question yet: choose at least one.")
    return faults


def _words(form: SurveyForm, use: str) -> str:
    every = {each: words for _, found in uses(form) for each, words in found} | APART
    return every.get(use, use)


def _has_several(part: Question) -> bool:
    return isinstance(part, RankingQuestion) or bool(getattr(part, "several", False))


def labels(options: Iterable[Option]) -> dict[str, str]:
    """Return the label of each option by its code."""
    return {option.code: option.label for option in options}
