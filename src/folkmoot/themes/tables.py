"""The results page as rows of a CSV: exactly what is shown, one figure or quotation a row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from folkmoot.themes.presenters import (
    GENERATED,
    ComparedQuestion,
    CountedQuestion,
    Results,
    TextShown,
    WeightingShown,
)

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.themes.presenters.choosing import ByGroupPage

HEADERS = (
    "part",
    "question",
    "row",
    "count",
    "share",
    "base or note",
    "95% interval",
    "weighted share",
    "95% interval, weighted",
    "population share",
    "difference, points",
    "index",
    "95% interval of the index",
)
BY_GROUP_HEADERS = (
    "theme",
    "part of",
    "group",
    "base",
    "share",
    "95% interval",
    "more often than in",
    "in words",
)
# A spreadsheet would run a cell that begins so; a quotation must stay text.
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")

Row = tuple[str, ...]


def csv_rows(results: Results, consultation: Consultation) -> Iterator[Row]:
    """Yield a line that says what this is, the headers, and every row the page shows."""
    title = f"{consultation.title}: {results.title}."
    yield (f"{GENERATED} {title}" if results.is_generated else title,)
    yield HEADERS
    for part, questions in (
        ("closed question", results.closed),
        ("who we heard from", results.heard_from),
    ):
        for question in questions:
            yield from map(_safe, _counted(part, question))
    yield from map(_safe, _weighting(results.weighting))
    for compared in results.compared:
        yield from map(_safe, _compared(compared))
    for text in results.texts:
        yield from map(_safe, _text(text))


def by_group_rows(shown: ByGroupPage, consultation: Consultation) -> Iterator[Row]:
    """Yield what a page of themes by group is about, the headers, and a row a share or note."""
    found = shown.result
    if found is None:
        return
    title = f"{consultation.title}: {found.question} By group: {found.grouping.title}"
    yield (f"{GENERATED} {title}" if shown.is_generated else title,)
    yield BY_GROUP_HEADERS
    for theme in found.themes:
        for share in theme.shares:
            row = (
                theme.label,
                theme.part_of,
                share.group,
                share.base.replace(",", ""),
                share.share,
                share.range,
                "; ".join(share.more_often_than),
                theme.sentence,
            )
            yield _safe(row, BY_GROUP_HEADERS)
    for note in (found.headline, found.standing, *found.notes):
        yield _safe(("", "", "", "", "", "", "", note), BY_GROUP_HEADERS)


def _counted(part: str, question: CountedQuestion) -> Iterator[Row]:
    for row in question.rows:
        yield (
            part,
            question.title,
            row.label,
            row.count.replace(",", ""),
            row.share,
            question.base,
            row.bounds,
            row.weighted,
            row.weighted_bounds,
        )
    for note in question.notes:
        yield (part, question.title, "", "", "", note)


def _weighting(weighting: WeightingShown) -> Iterator[Row]:
    for said in (weighting.headline, *weighting.sentences):
        yield ("weighting", "", "", "", "", said)
    for term, figure in weighting.figures:
        yield ("weighting", "", term, figure.replace(",", ""), "", "")
    for source in weighting.sources:
        yield ("weighting", "", "source", "", "", source)


def _compared(question: ComparedQuestion) -> Iterator[Row]:
    part = "against the population"
    for row in question.rows:
        count = row.count.replace(",", "")
        yield (
            part,
            question.title,
            row.label,
            count,
            row.share,
            question.base,
            "",
            "",
            "",
            row.population,
            row.points,
            row.index,
            row.interval,
        )
    for note in (*question.notes, question.source):
        yield (part, question.title, "", "", "", note)


def _text(question: TextShown) -> Iterator[Row]:
    if question.standing:
        yield ("themes", question.title, "", "", "", question.standing)
    for theme in question.themes:
        yield (
            "themes",
            question.title,
            theme.label,
            theme.count.replace(",", ""),
            theme.share,
            question.base,
        )
        yield ("keywords", question.title, theme.label, "", "", ", ".join(theme.keywords))
        if theme.letters:
            yield ("letter", question.title, theme.label, "", "", theme.letters)
        for side in theme.sides:
            yield ("side", question.title, theme.label, "", side.share, side.label)
        for said in theme.quotations:
            yield ("quotation", question.title, theme.label, "", "", said)
    for letter in question.letters:
        yield ("letter", question.title, "", "", "", letter.sentence)
        if letter.quotation:
            yield ("quotation", question.title, "letter", "", "", letter.quotation)
    without = question.without_letters
    if without is not None:
        part = "without letters"
        yield (part, question.title, "", "", "", without.sentence)
        for label, *figures, share, change in without.table.rows:
            places_and_share = dict(zip(without.table.headers[1:4], figures, strict=True))
            said = "; ".join(f"{header}: {figure}" for header, figure in places_and_share.items())
            yield (part, question.title, label, "", share, f"{said}; Change: {change}")
        for note in without.table.notes:
            yield (part, question.title, "", "", "", note)
    for sentence in (*question.account, *question.notes):
        yield ("account", question.title, "", "", "", sentence)


def _safe(row: Row, headers: Row = HEADERS) -> Row:
    """Return a row as long as the headers, with no cell that a spreadsheet would run."""
    cells = (*row, *("",) * (len(headers) - len(row)))
    return tuple(f"'{cell}" if cell.startswith(RUN_BY_SPREADSHEETS) else cell for cell in cells)
