"""Which question and which groups a visitor chose to see themes by, and what there is to choose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from folkmoot.core.disclosure import protect
from folkmoot.responses.questions import MonitoringQuestion, Question, TextQuestion, survey_form
from folkmoot.themes import querysets
from folkmoot.themes.groups import Grouping, Source, groupings
from folkmoot.themes.presenters.by_group import ByGroup, by_group
from folkmoot.themes.presenters.texts import by_group_link

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.models import Survey
    from folkmoot.themes.models import ResultsPage, Theme


@dataclass(frozen=True, slots=True)
class ByGroupPage:
    """What there is to choose, what was chosen, and what it shows; no result before any themes."""

    questions: tuple[tuple[str, str], ...]
    """Key and title of each free-text question with themes."""
    groupings: tuple[Grouping, ...]
    question: str
    group: str
    unknown: tuple[str, ...]
    """Which of the choices there is not: the first of the list stands in its place."""
    is_generated: bool
    result: ByGroup | None

    @property
    def sources(self) -> tuple[tuple[str, tuple[Grouping, ...]], ...]:
        """The ways to tell people apart, by where they come from."""
        return _by_source(self.groupings)

    @property
    def query(self) -> str:
        """What was chosen, as the end of an address."""
        return urlencode({"question": self.question, "group": self.group})


def by_group_page(
    page: ResultsPage, consultation: Consultation, at: datetime, asked: Mapping[str, str]
) -> ByGroupPage:
    """Return the themes by group that were asked for, as known at `at`.

    As many queries whatever there is of either; one more for an equality question.
    """
    survey: Survey = page.activity
    until = querysets.counted_until(survey, consultation, at)
    parts = survey_form(survey).parts
    frames = querysets.current_frames(survey)
    questions = {
        each.key: each.title
        for each in parts
        if isinstance(each, TextQuestion) and each.key in frames
    }
    ways = {each.key: each for each in groupings(parts)}
    question = _chosen(asked.get("question", ""), questions)
    group = _chosen(asked.get("group", ""), ways)
    result = None
    if question:
        frame, grouping = frames[question], ways[group]
        alike = querysets.alike_by_group(frame, grouping, until)
        kept_back = _kept_back(survey, grouping, parts, until) if grouping.is_special else set()
        result = by_group(page, frame, questions[question], grouping, alike, kept_back)
    return ByGroupPage(
        questions=tuple(questions.items()),
        groupings=tuple(ways.values()),
        question=question,
        group=group,
        unknown=tuple(
            name
            for name, chosen in (("question", question), ("group", group))
            if asked.get(name) and asked[name] != chosen
        ),
        is_generated=querysets.responses_before(survey, until).filter(is_generated=True).exists(),
        result=result,
    )


def by_group_links(
    page: ResultsPage, theme: Theme
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the ways to see a theme by group: the title and address of each, by their source."""
    ways = groupings(survey_form(page.activity).parts)
    question = theme.frame.question
    return tuple(
        (
            title,
            tuple(
                (each.title, by_group_link(page, question, each.key, theme.slug))
                for each in several
            ),
        )
        for title, several in _by_source(ways)
    )


def _by_source(ways: Iterable[Grouping]) -> tuple[tuple[str, tuple[Grouping, ...]], ...]:
    ordered = list(ways)
    found = (
        (source.value, tuple(each for each in ordered if each.source is source))
        for source in Source
    )
    return tuple((title, several) for title, several in found if several)


def _chosen(key: str, offered: Mapping[str, object]) -> str:
    return key if key in offered else next(iter(offered), "")


def _kept_back(
    survey: Survey, grouping: Grouping, parts: tuple[Question, ...], until: datetime
) -> set[str]:
    """Return the groups of an equality question that the results page withholds."""
    counts = querysets.monitoring_counts(survey, until)[grouping.question]
    (question,) = (
        each
        for each in parts
        if isinstance(each, MonitoringQuestion) and each.key == grouping.question
    )
    codes = [option.code for option in question.options]
    shown = protect([counts[code] for code in codes])
    return {code for code, count in zip(codes, shown, strict=True) if count is None}
