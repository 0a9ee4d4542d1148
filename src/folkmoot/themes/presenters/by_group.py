"""Themes of one free-text question by group of respondents, as they are printed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from folkmoot.core.crosstabs import SMALLEST_TESTED_BASE, Tally, crosstab
from folkmoot.core.disclosure import SMALLEST_SHOWN, WITHHELD
from folkmoot.core.published_crosstabs import PublishedCell, PublishedColumn, published
from folkmoot.core.tables import format_count, format_percent
from folkmoot.themes.groups import NOBODY, Grouping
from folkmoot.themes.models import Campaign
from folkmoot.themes.presenters.texts import standing_sentence, themes_told
from folkmoot.themes.querysets import Alike, tally_of

if TYPE_CHECKING:
    from folkmoot.core.intervals import Interval
    from folkmoot.themes.models import CodeFrame, ResultsPage, Theme
    from folkmoot.themes.querysets import Tally as Found

OTHERS_LABEL = "Smaller groups, and people who did not say"
METHOD = "https://github.com/folkmoot/folkmoot/blob/main/docs/methods/crosstabs.md"
# Themes named in the headline; more are "others".
NAMED = 3
NO_DIFFERENCE = "No difference between these groups is more than chance."
NOT_COMPARED = "Too few people in these groups, or too few who said it, to tell a difference."
COMPARED_NOTE = (
    "“More often” is said where a difference between two groups is more than chance would make it: "
    "a z test of two shares at the 5% level, corrected within each theme for the number of pairs "
    "(Holm). Groups of fewer than "
    f"{SMALLEST_TESTED_BASE} people are not compared. It tells of those who answered, not of "
    "everyone who lives here."
)
SHARES_NOTE = (
    "A share is of the people of that group who answered this question in their own words; an "
    "answer can be about several themes. The range beside it is the 95% interval (Wilson)."
)
WITHHELD_NOTE = (
    f"{WITHHELD} withheld: it would tell of fewer than {SMALLEST_SHOWN} people, or would give such "
    "a number away together with other figures."
)
LETTERS_NOTE = "A letter that counts once has no group and is left out here."


@dataclass(frozen=True, slots=True)
class GroupShown:
    """One group, with how many of it answered in their own words."""

    label: str
    base: str


@dataclass(frozen=True, slots=True)
class ShareShown:
    """The share of a group that said something; no bar where it is withheld."""

    group: str
    base: str
    share: str
    range: str
    more_often_than: tuple[str, ...] = ()
    """The groups whose share is lower by more than chance."""
    bar: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class ThemeByGroup:
    """A theme with its share in each group, and which groups said it more often than which."""

    slug: str
    url: str
    label: str
    part_of: str
    sentence: str
    differs: bool
    shares: tuple[ShareShown, ...]


@dataclass(frozen=True, slots=True)
class ByGroup:
    """All that a page of themes by group shows, and its CSV holds."""

    question: str
    grouping: Grouping
    standing: str
    is_draft: bool
    headline: str
    groups: tuple[GroupShown, ...] = ()
    themes: tuple[ThemeByGroup, ...] = ()
    notes: tuple[str, ...] = ()
    method: str = METHOD


def by_group(
    page: ResultsPage,
    frame: CodeFrame,
    question: str,
    grouping: Grouping,
    alike: Mapping[str, Sequence[Alike]],
    kept_back: Collection[str] = (),
) -> ByGroup:
    """Return the themes of a frame by group, protected.

    `alike` has the answers of each group; `kept_back` are groups that the results page withholds.
    Of an equality question nothing is told of a group of fewer than 25: such groups are counted
    together with people who did not say, so that nothing follows from the number of all.
    """
    columns = _columns(frame, grouping, alike, kept_back)
    everything = tally_of(frame, (same for rows in alike.values() for same in rows))
    told = themes_told(frame, everything)
    if len(columns) < 2 or not told:
        return _withheld(frame, question, grouping)
    table = published(
        crosstab(_tally([theme.pk for theme in told], columns)),
        smallest_base=grouping.smallest_base if grouping.is_special else 0,
    )
    labels = {theme.pk: theme.label for theme in told}
    letters = {each.letter: each.label for each in table.columns if each.label != OTHERS_LABEL}
    themes = tuple(
        _theme(page, theme, labels.get(theme.parent_id or 0, ""), table.columns, cells, letters)
        for theme, cells in zip(told, table.cells, strict=True)
    )
    is_withheld = any(cell.share is None for cells in table.cells for cell in cells)
    return ByGroup(
        question=question,
        grouping=grouping,
        standing=standing_sentence(frame),
        is_draft=frame.is_draft,
        headline=_headline(themes),
        groups=tuple(GroupShown(each.label, _count(each.base)) for each in table.columns),
        themes=themes,
        notes=(
            SHARES_NOTE,
            COMPARED_NOTE,
            *((WITHHELD_NOTE,) if is_withheld else ()),
            *((_others_note(grouping),) if OTHERS_LABEL in dict(columns) else ()),
            *((LETTERS_NOTE,) if _once(frame) else ()),
        ),
    )


def _withheld(frame: CodeFrame, question: str, grouping: Grouping) -> ByGroup:
    return ByGroup(
        question=question,
        grouping=grouping,
        standing=standing_sentence(frame),
        is_draft=frame.is_draft,
        headline=(
            "Withheld: fewer than two groups have at least "
            f"{grouping.smallest_base} people who answered in their own words."
        ),
    )


def _once(frame: CodeFrame) -> set[int]:
    return {each.pk for each in frame.campaigns.all() if each.counting == Campaign.Counting.ONCE}


def _columns(
    frame: CodeFrame,
    grouping: Grouping,
    alike: Mapping[str, Sequence[Alike]],
    kept_back: Collection[str],
) -> list[tuple[str, Found]]:
    """Return the label of each group that has answers, with where they stand."""
    once = _once(frame)
    own = {
        code: [same for same in rows if same.campaign not in once] for code, rows in alike.items()
    }
    found = {code: tally_of(frame, own.get(code, ())) for code, _ in grouping.groups}
    sizes = {code: tally.answers for code, tally in found.items() if tally.answers}
    small = set[str]()
    if grouping.is_special:
        least = grouping.smallest_base
        small = {code for code, size in sizes.items() if size < least or code in kept_back}
        silent = tally_of(frame, own.get(NOBODY, ())).answers
        larger = sorted(sizes.keys() - small, key=lambda code: sizes[code])
        while small and larger and silent + sum(sizes[code] for code in small) < least:
            small.add(larger.pop(0))
    columns = [
        (label, found[code]) for code, label in grouping.groups if code in sizes.keys() - small
    ]
    if small:
        others = [same for code in (*sorted(small), NOBODY) for same in own.get(code, ())]
        columns.append((OTHERS_LABEL, tally_of(frame, others)))
    return columns


def _tally(themes: Sequence[int], columns: Sequence[tuple[str, Found]]) -> Tally:
    """Return the counts of themes by group as a crosstab takes them; every answer weighs 1."""
    counts = tuple(tuple(found.themes[theme] for _, found in columns) for theme in themes)
    bases = tuple(found.answers for _, found in columns)
    return Tally(
        rows=tuple(map(str, themes)),
        columns=tuple(label for label, _ in columns),
        counts=counts,
        weighted=counts,
        bases=bases,
        weighted_bases=bases,
        squared_bases=bases,
    )


def _theme(
    page: ResultsPage,
    theme: Theme,
    part_of: str,
    columns: Sequence[PublishedColumn],
    cells: Sequence[PublishedCell],
    letters: Mapping[str, str],
) -> ThemeByGroup:
    shares = tuple(
        _share(column, cell, letters) for column, cell in zip(columns, cells, strict=True)
    )
    is_compared = any(set(cell.compared.split()) & letters.keys() for cell in cells)
    differing = [each for each in shares if each.more_often_than]
    return ThemeByGroup(
        slug=theme.slug,
        url=page.theme_url(theme),
        label=theme.label,
        part_of=part_of,
        sentence=_sentence(shares) if differing else NO_DIFFERENCE if is_compared else NOT_COMPARED,
        differs=bool(differing),
        shares=shares,
    )


def _share(column: PublishedColumn, cell: PublishedCell, letters: Mapping[str, str]) -> ShareShown:
    if cell.share is None or cell.interval is None:
        return ShareShown(column.label, _count(column.base), WITHHELD, "")
    lower = cell.above.split() if column.letter in letters else []
    return ShareShown(
        group=column.label,
        base=_count(column.base),
        share=format_percent(cell.share),
        range=f"{format_percent(cell.interval.lower)} to {format_percent(cell.interval.upper)}",
        more_often_than=tuple(letters[each] for each in lower if each in letters),
        bar=cell.share,
        interval=cell.interval,
    )


def _sentence(shares: Sequence[ShareShown]) -> str:
    """Return which groups said it more often than which: "More often among “A” (31%) than …"."""
    printed = {each.group: f"“{each.group}” ({each.share})" for each in shares}
    said = [
        f"among {printed[each.group]} than among "
        f"{_listed([printed[lower] for lower in each.more_often_than], 'or')}"
        for each in sorted(shares, key=lambda each: -(each.bar or 0))
        if each.more_often_than
    ]
    return f"More often {'; '.join(said)}."


def _headline(themes: Sequence[ThemeByGroup]) -> str:
    differing = [f"“{theme.label}”" for theme in themes if theme.differs]
    if not differing:
        return NO_DIFFERENCE if any(_is_compared(each) for each in themes) else NOT_COMPARED
    many = f"{len(differing)} of {len(themes)} themes"
    differ = "differs" if len(differing) == 1 else "differ"
    named = _listed(differing[:NAMED], "and" if len(differing) <= NAMED else ",")
    more = "" if len(differing) <= NAMED else " and others"
    return f"{many} {differ} between these groups by more than chance: {named}{more}."


def _is_compared(theme: ThemeByGroup) -> bool:
    return theme.sentence != NOT_COMPARED


def _listed(words: Sequence[str], last: str) -> str:
    """Return words as a list in a sentence: "A, B and C"."""
    if len(words) < 2 or last == ",":
        return ", ".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _count(base: int | None) -> str:
    return WITHHELD if base is None else format_count(base)


def _others_note(grouping: Grouping) -> str:
    return (
        f"Groups of fewer than {grouping.smallest_base} people are counted together with people "
        "who did not say, so that nothing can be worked out of them."
    )
