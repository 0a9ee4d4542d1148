"""What each column of a file probably is: proposed, for a person to confirm."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from folkmoot.responses.importing.dialects import Dialect, plain
from folkmoot.responses.importing.headings import Heading, divided, readings, unnumbered
from folkmoot.responses.importing.mapping import (
    CHANNEL,
    IGNORE,
    LEAVE,
    ORGANISATION,
    REFERENCE,
    SUBMITTED,
    TAKE,
    ColumnMapping,
    options_of,
    parts_asked,
)
from folkmoot.responses.importing.values import is_month_first, lookup, value_key
from folkmoot.responses.questions import (
    ChoiceQuestion,
    GridQuestion,
    Option,
    Question,
    RankingQuestion,
    SurveyForm,
)

ALIKE = 0.82
# From how many names on it can be told whether they are those who answer.
MANY_NAMES = 20
# LimeSurvey numbers the parts of a question so, in their order.
_SUBQUESTION = re.compile(r"(?:SQ|A|Y)?0*(\d{1,3})", re.IGNORECASE)
_OTHER = re.compile(r"\b(other|specify|please say|comment)\b", re.IGNORECASE)
# What stands for the answer itself where every part of a question has a column.
_ANSWER = frozenset(
    {
        "answer",
        "response",
        "text",
        "comment",
        "comments",
        "open ended response",
        "your answer",
        "your views",
        "please explain",
        "give us your views",
        "choice",
        "radio button",
        "checkboxes",
        "free text",
    }
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column is proposed to be, and why: words for whoever confirms it."""

    use: str
    why: str


NOT_WHO_ANSWERS = Proposal(IGNORE, "one name stands in most rows, so it is hardly who answers")


def propose(
    form: SurveyForm,
    dialect: Dialect,
    headings: Sequence[Heading],
    sample: Sequence[Sequence[str]],
    *,
    received_at: str = "",
    remembered: ColumnMapping | None = None,
) -> tuple[ColumnMapping, dict[str, Proposal]]:
    """Return how a file is probably read, and for every column why.

    `sample` are its first rows below the header. What was `remembered` of the last file of the
    kind goes before what is found by likeness.
    """
    finder = _Finder(form, dialect)
    before = remembered.columns if remembered else {}
    proposals: dict[str, Proposal] = {}
    taken: set[str] = set()
    order: list[tuple[int, Heading, Proposal]] = []
    for heading in headings:
        if heading.key in before:
            found = [(0, Proposal(before[heading.key], "as last time"))]
        else:
            cells = [row[heading.column] for row in sample if heading.column < len(row)]
            found = [
                (rank, NOT_WHO_ANSWERS)
                if proposal.use == ORGANISATION and _is_mostly_one(cells)
                else (rank, proposal)
                for rank, proposal in finder.proposals(heading)
            ]
        order += [(rank, heading, proposal) for rank, proposal in found]
    for _, heading, proposal in sorted(order, key=lambda each: (each[0], each[1].column)):
        if heading.key in proposals or (proposal.use in taken and proposal.use != IGNORE):
            continue
        proposals[heading.key] = proposal
        taken.add(proposal.use)
    for heading in headings:
        proposals.setdefault(heading.key, Proposal(IGNORE, "nothing in the survey is like it"))
    columns = {heading.key: proposals[heading.key].use for heading in headings}
    if remembered:
        return (
            ColumnMapping(
                **remembered.written() | {"columns": columns, "received_at": received_at}
            ),
            proposals,
        )
    return (
        ColumnMapping(
            columns=columns,
            separator=_separator(form, dialect, headings, columns, sample),
            month_first=_month_first(dialect, headings, columns, sample),
            unfinished=LEAVE if dialect.leaves_unfinished else TAKE,
            received_at=received_at,
        ),
        proposals,
    )


class _Finder:
    """The questions of a survey by every name that a column may have for them."""

    def __init__(self, form: SurveyForm, dialect: Dialect) -> None:
        self.dialect = dialect
        self.parts = parts_asked(form)
        self.grids = [each for each in form.questions if isinstance(each, GridQuestion)]
        self.by_key = {_key(part.key): part for part in self.parts}
        titled = [(plain(part.title), part) for part in self.parts]
        self.by_title = {title: part for title, part in reversed(titled) if title}
        self.by_number = {
            str(number): question
            for question, number in ((each, form.numbers.get(each.key)) for each in form.questions)
            if number
        }

    def proposals(self, heading: Heading) -> list[tuple[int, Proposal]]:
        """Return what a column may be, each with its rank: the lower the surer."""
        return [
            each
            for text in readings(self.dialect, heading.text)
            for each in self._of_text(text, plain(text))
        ]

    def _of_text(self, text: str, words: str) -> list[tuple[int, Proposal]]:
        found: list[tuple[int, Proposal]] = []
        own = self._own(words)
        if own and own.use in (REFERENCE, SUBMITTED):
            rank = self._rank(own.use, words)
            found.append((rank, own))
        if part := self.by_key.get(_key(text)):
            found.append((1, Proposal(f"question|{part.key}", "the key is the same")))
        if part := self.by_title.get(words) or self.by_title.get(plain(unnumbered(text))):
            found.append((2, Proposal(f"question|{part.key}", "the question is the same")))
        for main, piece in divided(text):
            found += self._of_part(main, piece)
        found += [
            (5, Proposal(f"question|{_row_key(grid, row)}", "a row of a grid is the same"))
            for grid in self.grids
            for row in grid.rows
            if plain(row.label) == words
        ]
        if own and own.use not in (REFERENCE, SUBMITTED):
            found.append((6, own))
        elif own is None and (alike := self._alike(text)):
            found.append((7, Proposal(f"question|{alike.key}", "the question is alike")))
        return found

    def _own(self, words: str) -> Proposal | None:
        """Return what a column is that the product adds to the questions."""
        name = self.dialect.name
        for headings, use in (
            (self.dialect.reference, REFERENCE),
            (self.dialect.submitted, SUBMITTED),
            (self.dialect.organisation, ORGANISATION),
            (("channel", "how it came"), CHANNEL),
            (self.dialect.ignored, IGNORE),
        ):
            if words in headings:
                return Proposal(use, f"{name} calls it so")
        if words.startswith(self.dialect.ignored_beginnings):
            return Proposal(IGNORE, f"{name} adds it to a question")
        return None

    def _rank(self, use: str, words: str) -> int:
        """Return how sure an own column is: the best of several names goes first, all as sure."""
        names = self.dialect.reference if use == REFERENCE else self.dialect.submitted
        return names.index(words) - len(names)

    def _of_part(self, main: str, piece: str) -> list[tuple[int, Proposal]]:
        """Return what a column is whose heading names a question and a part of it."""
        found: list[tuple[int, Proposal]] = []
        for grid in self.grids:
            if self._is_named(grid, main):
                row = _option(grid.rows, piece)
                if row:
                    found.append(
                        (3, Proposal(f"question|{_row_key(grid, row)}", "a row of the grid"))
                    )
        part = self._named(main)
        if part is None:
            return found
        options = options_of(part)
        has_several = isinstance(part, RankingQuestion) or getattr(part, "several", False)
        if isinstance(part, RankingQuestion) and piece.strip().isdigit():
            found.append((3, Proposal(f"rank|{part.key}|{int(piece)}", "a place in the ranking")))
        elif has_several and (option := _option(options, piece)):
            use = f"option|{part.key}|{option.code}"
            found.append((3, Proposal(use, "an option of the question")))
        elif beside := _beside(options, piece):
            use = f"other|{part.key}|{beside.code}"
            found.append((4, Proposal(use, "the text beside an option")))
        if plain(piece) in _ANSWER:
            found.append((3, Proposal(f"question|{part.key}", "the answer to the question")))
        elif not found:
            found.append((8, Proposal(f"question|{part.key}", "a part of the question")))
        return found

    def _is_named(self, question: Question, main: str) -> bool:
        names = {_key(question.key), _key(question.title), plain(question.title)}
        return bool(names & {_key(main), plain(main), plain(unnumbered(main))})

    def _named(self, main: str) -> Question | None:
        return (
            self.by_key.get(_key(main))
            or self.by_title.get(plain(main))
            or self.by_title.get(plain(unnumbered(main)))
        )

    def _alike(self, text: str) -> Question | None:
        words = plain(unnumbered(text))
        if len(words) < 6:
            return None
        found = difflib.get_close_matches(words[:400], list(self.by_title), n=1, cutoff=ALIKE)
        return self.by_title[found[0]] if found else None


def _is_mostly_one(cells: Iterable[str]) -> bool:
    """Whether one name stands in most rows, in enough rows to tell."""
    names = Counter(cell.strip().casefold() for cell in cells if cell.strip())
    return names.total() >= MANY_NAMES and max(names.values()) > names.total() / 2


def _key(text: str) -> str:
    """Return a key without what products do not take in one: "age-band" is LimeSurvey's AGEBAND."""
    return re.sub(r"[\s_-]", "", text.casefold())


def _row_key(grid: GridQuestion, row: Option) -> str:
    return next(
        part.key for part, each in zip(grid.parts, grid.rows, strict=True) if each.code == row.code
    )


def _option(options: Sequence[Option], piece: str) -> Option | None:
    """Return the option that a part of a heading names: by label, code, or place (SQ002)."""
    for option in options:
        if value_key(option.label) == value_key(piece) or _key(option.code) == _key(piece):
            return option
    found = _SUBQUESTION.fullmatch(piece.strip())
    if found and 1 <= int(found[1]) <= len(options):
        return options[int(found[1]) - 1]
    return None


def _beside(options: Iterable[Option], piece: str) -> Option | None:
    """Return the option beside which a column has what was typed."""
    offered = [option for option in options if option.asks_text]
    for option in offered:
        if plain(option.label) in plain(piece):
            return option
    return offered[0] if len(offered) == 1 and _OTHER.search(piece) else None


def _separator(
    form: SurveyForm,
    dialect: Dialect,
    headings: Sequence[Heading],
    columns: dict[str, str],
    sample: Sequence[Sequence[str]],
) -> str:
    """Return what divides choices in one cell: of what the product uses, what gives most options.

    Where the cells say nothing of it, what the product uses first.
    """
    several = {
        f"question|{part.key}": lookup(options_of(part))
        for part in parts_asked(form)
        if isinstance(part, RankingQuestion) or (isinstance(part, ChoiceQuestion) and part.several)
    }
    read: list[tuple[str, dict[str, str]]] = [
        (row[heading.column], several[columns[heading.key]])
        for heading in headings
        if columns[heading.key] in several
        for row in sample
        if heading.column < len(row)
    ]

    def known(separator: str) -> int:
        return sum(
            value_key(piece) in codes
            for cell, codes in read
            if value_key(cell) not in codes
            for piece in cell.split(separator)
        )

    return _best(dialect.separators, known)


def _best(offered: Sequence[str], score: Callable[[str], int]) -> str:
    return max(offered, key=lambda each: (score(each), -offered.index(each)))


def _month_first(
    dialect: Dialect,
    headings: Sequence[Heading],
    columns: dict[str, str],
    sample: Sequence[Sequence[str]],
) -> bool:
    """Return whether days are written month first: as the rows show, else as the product does."""
    for heading in headings:
        if columns[heading.key] == SUBMITTED:
            cells = [row[heading.column] for row in sample if heading.column < len(row)]
            told = is_month_first(cells)
            return dialect.month_first if told is None else told
    return dialect.month_first
