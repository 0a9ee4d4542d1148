"""Decisions to what their pages print: the thread from what people said to whether it worked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from folkmoot.core.disclosure import SMALLEST_SHOWN
from folkmoot.core.standing import Standing
from folkmoot.core.tables import format_count
from folkmoot.decisions import querysets
from folkmoot.performance.presenters import ORDER_OF_TONES, measure_reading
from folkmoot.publishing.clock import local
from folkmoot.themes.panels import results_pages
from folkmoot.themes.querysets import counted_until
from folkmoot.themes.querysets import quotations as quotations_of
from folkmoot.themes.questions import free_text_questions

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.decisions.models import Decision
    from folkmoot.plans.models import Commitment, Measure
    from folkmoot.themes.models import ResultsPage, Theme

QUOTED_A_THEME = 1
TONES = [getattr(tone, "value", tone) for tone in ORDER_OF_TONES]


@dataclass(frozen=True, slots=True)
class ThemeStation:
    """What people said; `url` is empty while the results are not public."""

    label: str
    url: str
    quotations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionStation:
    """A section of the plan, and what the decision changed in it."""

    number: str
    title: str
    url: str
    change: str


@dataclass(frozen=True, slots=True)
class CommitmentStation:
    """What was promised, and how it stands on the day."""

    title: str
    url: str
    promise: str
    lead: str
    due: date
    completed: date | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class MeasureStation:
    """What will show whether it worked; `reading` is None without published figures."""

    title: str
    kind: str
    definition: str
    reading: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Thread:
    """The whole way of one decision, as it stands on a day."""

    decision: Decision
    url: str
    people: int
    themes: tuple[ThemeStation, ...]
    changes: tuple[SectionStation, ...]
    commitments: tuple[CommitmentStation, ...]
    measures: tuple[MeasureStation, ...]
    """Worst reading first."""

    @property
    def outcome(self) -> str:
        """What was decided, in the words the public reads."""
        return self.decision.get_outcome_display()

    @property
    def people_shown(self) -> str:
        """How many people said it, protected where they are few: "212 people"."""
        return people_words(self.people)

    @property
    def asked(self) -> str:
        """How many people asked for it, as a sentence."""
        words = people_words(self.people)
        return f"{words[:1].upper()}{words[1:]} asked for this."

    @property
    def overdue(self) -> int:
        """How many of its commitments are overdue."""
        return sum(each.standing is Standing.OVERDUE for each in self.commitments)

    @property
    def cells(self) -> list[dict[str, str]]:
        """The five cells of the strip, each a link to its station."""
        return [
            _said(self),
            {
                "label": "We decided",
                "title": self.outcome,
                "detail": day(self.decision.decided_on),
                "url": self.url,
                "tone": "",
            },
            _in_the_plan(self),
            _promised(self),
            _is_it_working(self),
        ]


def thread_cells(decision: Decision, at: datetime) -> list[dict[str, str]]:
    """Return the five cells of a decision's strip: said, decided, plan, commitments, working."""
    (thread,) = threads([decision], at)
    return thread.cells


def threads(decisions: Iterable[Decision], at: datetime, *, quoted: bool = False) -> list[Thread]:
    """Return the thread of each decision, in their order, as it stands at `at`.

    The number of queries does not grow with the decisions where they come from
    `querysets.shown`. With `quoted` each theme carries a quotation.
    """
    decisions = list(decisions)
    if not decisions:
        return []
    consultations = list({each.consultation_id: each.consultation for each in decisions}.values())
    results = results_pages(consultations, at)
    pages = querysets.decisions_pages(consultations)
    people = querysets.people(decisions, at)
    said = _quotations(decisions, results, at) if quoted else {}
    made = []
    for decision in decisions:
        page = pages.get(decision.consultation_id)
        commitments = list(decision.commitments.all())
        public = results.get(decision.consultation_id)
        made.append(
            Thread(
                decision=decision,
                url=page.decision_url(decision) if page else "",
                people=people.get(decision.pk, 0),
                themes=tuple(_theme(each, public, said) for each in roots_of(decision)),
                changes=tuple(
                    SectionStation(
                        each.section.number, each.section.title, each.section.url, each.change
                    )
                    for each in decision.section_changes.all()
                ),
                commitments=tuple(_commitment(each, at) for each in commitments),
                measures=_measures(commitments, at),
            )
        )
    return made


def people_words(people: int) -> str:
    """Return a number of people as printed, too few of them without their number."""
    if people == 0:
        return "nobody"
    if people < SMALLEST_SHOWN:
        return f"fewer than {SMALLEST_SHOWN} people"
    return f"{format_count(people)} people"


def day(on: date) -> str:
    """Return a day as printed: "21 January 2022"."""
    return f"{on.day} {on:%B %Y}"


def commitment_url(commitment: Commitment) -> str:
    """Return the address of a commitment, below its plan."""
    return f"{commitment.plan.url}commitments/{commitment.slug}/"


def roots_of(decision: Decision) -> list[Theme]:
    """Return the themes that a decision answers, each that was merged by the one in its place."""
    return list({each.root_id: each.root for each in decision.themes.all()}.values())


def _theme(theme: Theme, page: ResultsPage | None, said: dict[int, list[str]]) -> ThemeStation:
    url = page.theme_url(theme) if page else ""
    return ThemeStation(theme.label, url, tuple(said.get(theme.pk, [])))


def _quotations(
    decisions: Sequence[Decision], results: dict[int, ResultsPage], at: datetime
) -> dict[int, list[str]]:
    """Return quotations by theme, of consultations whose results are public."""
    by_consultation: dict[int, tuple[Consultation, set[int]]] = {}
    for decision in decisions:
        if decision.consultation_id in results:
            _, themes = by_consultation.setdefault(
                decision.consultation_id, (decision.consultation, set())
            )
            themes.update(theme.pk for theme in roots_of(decision))
    said: dict[int, list[str]] = defaultdict(list)
    for key, (consultation, themes) in by_consultation.items():
        survey = results[key].activity
        quotable = [each.key for each in free_text_questions(survey) if each.may_be_quoted]
        until = counted_until(survey, consultation, at)
        said.update(quotations_of(themes, quotable, until, QUOTED_A_THEME))
    return said


def _commitment(commitment: Commitment, at: datetime) -> CommitmentStation:
    return CommitmentStation(
        title=commitment.title,
        url=commitment_url(commitment),
        promise=commitment.promise,
        lead=commitment.lead,
        due=commitment.due,
        completed=commitment.completed,
        standing=commitment.standing(local(at).date()),
    )


def _measures(commitments: Sequence[Commitment], at: datetime) -> tuple[MeasureStation, ...]:
    measures: dict[int, Measure] = {
        measure.pk: measure for each in commitments for measure in each.measures.all()
    }
    stations = [
        MeasureStation(
            measure.title,
            measure.get_kind_display(),
            measure.definition,
            measure_reading(measure, at),
        )
        for measure in measures.values()
    ]
    return tuple(sorted(stations, key=_by_tone))


def _by_tone(station: MeasureStation) -> int:
    tone = station.reading["tone"] if station.reading else ""
    return TONES.index(tone) if tone in TONES else len(TONES)


def _said(thread: Thread) -> dict[str, str]:
    first = thread.themes[0] if thread.themes else ThemeStation("", thread.url, ())
    themes = len(thread.themes)
    return {
        "label": "You said",
        "title": first.label,
        "detail": thread.people_shown + (f", {themes} themes" if themes > 1 else ""),
        "url": first.url or thread.url,
        "tone": "",
    }


def _in_the_plan(thread: Thread) -> dict[str, str]:
    numbers = [each.number for each in thread.changes]
    if not numbers:
        return {"label": "In the plan", "title": "No change", "detail": "", "url": "", "tone": ""}
    title = f"Section {numbers[0]}" if len(numbers) == 1 else f"Sections {', '.join(numbers)}"
    url = thread.changes[0].url
    return {"label": "In the plan", "title": title, "detail": "changed", "url": url, "tone": ""}


def _promised(thread: Thread) -> dict[str, str]:
    promised = len(thread.commitments)
    cell = {"label": "Commitments", "title": "None", "detail": "", "url": "", "tone": ""}
    if not promised:
        return cell
    done = sum(each.standing is Standing.COMPLETED for each in thread.commitments)
    details = []
    if thread.overdue:
        details.append("one overdue" if thread.overdue == 1 else f"{thread.overdue} overdue")
    if done:
        details.append("completed" if done == promised else f"{done} completed")
    url = thread.commitments[0].url if promised == 1 else f"{thread.url}#commitments"
    detail = ", ".join(details) or thread.commitments[0].standing.value.lower()
    return cell | {"title": str(promised), "detail": detail, "url": url}


def _is_it_working(thread: Thread) -> dict[str, str]:
    cell = {"label": "Is it working?", "title": "No measure", "detail": "", "url": "", "tone": ""}
    if not thread.measures:
        return cell
    first, more = thread.measures[0], len(thread.measures) - 1
    others = f"and {more} more measure{'s' if more > 1 else ''}" if more else ""
    if first.reading is None:
        return cell | {"title": first.title, "detail": "no figures yet"}
    return cell | {
        "title": f"{first.title}: {first.reading['word'][:1].lower()}{first.reading['word'][1:]}",
        "detail": others,
        "url": first.reading["url"] if not more else f"{thread.url}#measures",
        "tone": first.reading["tone"],
    }
