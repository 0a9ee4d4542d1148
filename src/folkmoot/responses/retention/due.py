"""What is kept for a time, and what of it goes when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q, QuerySet

from folkmoot.consultations.models import Respondent
from folkmoot.publishing.clock import local
from folkmoot.responses.models import (
    Draft,
    Export,
    ImportRun,
    MonitoringAnswer,
    Response,
    RetentionPeriod,
    SentFile,
    TestSubmission,
)
from folkmoot.responses.retention.kinds import (
    BY_KEY,
    CONTACT,
    DRAFTS,
    EQUALITY,
    EXPORTS,
    FILES,
    IMPORTS,
    KINDS,
    STRAYS,
    TESTS,
    WORDS,
    Kind,
)
from folkmoot.responses.strays import StrangeDiskError, stray_files

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.models import Survey


@dataclass(frozen=True, slots=True)
class Due:
    """So many of a kind go on a day; `survey` is None where the responses answer none."""

    kind: Kind
    consultation: Consultation | None
    survey: Survey | None
    on: date
    many: int

    def is_due(self, today: date) -> bool:
        """Whether the day has come."""
        return self.on <= today


def periods() -> dict[str, int]:
    """Return how many days each kind is kept, by its key. One query."""
    chosen = dict(RetentionPeriod.objects.values_list("kind", "days"))
    return {kind.key: chosen.get(kind.key, kind.days) for kind in KINDS}


def plan(at: datetime) -> list[Due]:
    """Return all that is kept for a time and when it goes, the earliest first.

    What has no fixed day, as drafts that may still change, is told by the first day on which some
    of it goes. As many queries however much there is. Nothing is erased.
    """
    kept = periods()
    found = [
        *_by_own_day(DRAFTS, drafts(), "changed_at", kept),
        *_by_own_day(TESTS, tests(), "submitted_at", kept),
        *_by_own_day(IMPORTS, imports(), "made_at", kept),
        *_equality(kept),
        *_contact(kept),
        *_by_closing(WORDS, worded(), "survey", "consultation", kept),
        *_by_closing(FILES, files(), "response__survey", "response__consultation", kept),
        *_exports(),
        *_strays(at),
    ]
    named = _named(found)
    order = {kind.key: place for place, kind in enumerate((*KINDS, STRAYS))}
    return sorted(named, key=lambda due: (due.on, order[due.kind.key], str(due.survey)))


def drafts() -> QuerySet[Draft]:
    """Return the drafts of respondents and of testers."""
    return Draft.objects.all()


def tests() -> QuerySet[TestSubmission]:
    """Return what test runs sent."""
    return TestSubmission.objects.all()


def imports() -> QuerySet[ImportRun]:
    """Return the imports whose file is kept, and that are at their end."""
    state = ImportRun.State
    ended = (state.IMPORTED, state.UNDONE, state.GIVEN_UP, state.MAPPING, state.CHECKED)
    return ImportRun.objects.exclude(file="").filter(state__in=ended)


def exports() -> QuerySet[Export]:
    """Return the exports whose file is kept."""
    return Export.objects.exclude(file="")


def worded() -> QuerySet[Response]:
    """Return the responses whose words are kept; those of a demonstration are nobody's."""
    return Response.objects.filter(erased_at__isnull=True, is_generated=False)


def files() -> QuerySet[SentFile]:
    """Return the files that came with responses."""
    return SentFile.objects.filter(response__isnull=False, response__is_generated=False)


def contacts() -> QuerySet[Respondent]:
    """Return the respondents of whom there is a hash of an address, or a name."""
    known = ~Q(email_digest="") | ~Q(contact_name="") | ~Q(contact_role="")
    return Respondent.objects.filter(known, is_generated=False)


def last_day(kind: str, today: date, kept: Mapping[str, int]) -> date:
    """Return the day such that what is counted from it, or from one before, is due."""
    return today - timedelta(days=kept[kind])


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    consultation: int | None
    survey: int | None
    on: date
    many: int


def _by_own_day(kind: str, rows: QuerySet[Any], field: str, kept: Mapping[str, int]) -> list[_Row]:
    counted = rows.order_by().values_list("survey").annotate(Count("pk"), Min(field))
    return [
        _Row(kind, None, survey, _after(first, kind, kept), many) for survey, many, first in counted
    ]


def _by_closing(
    kind: str, rows: QuerySet[Any], survey: str, consultation: str, kept: Mapping[str, int]
) -> list[_Row]:
    counted = (
        rows.order_by()
        .values_list(consultation, survey, f"{consultation}__closes_at")
        .annotate(Count("pk"))
    )
    return [
        _Row(kind, key, of, _after(closes_at, kind, kept), many)
        for key, of, closes_at, many in counted
    ]


def _contact(kept: Mapping[str, int]) -> list[_Row]:
    counted = (
        contacts()
        .order_by()
        .values_list("consultation", "consultation__closes_at")
        .annotate(Count("pk"))
    )
    return [
        _Row(CONTACT, key, None, _after(closes_at, CONTACT, kept), many)
        for key, closes_at, many in counted
    ]


def _equality(kept: Mapping[str, int]) -> list[_Row]:
    """Return equality answers by day: the promised one, or an earlier one that the body chose."""
    counted = (
        MonitoringAnswer.objects.order_by()
        .values_list(
            "response__consultation",
            "response__survey",
            "response__consultation__closes_at",
            "delete_on",
        )
        .annotate(Count("pk"))
    )
    return [
        _Row(EQUALITY, key, of, min(promised, _after(closes_at, EQUALITY, kept)), many)
        for key, of, closes_at, promised, many in counted
    ]


def _exports() -> list[_Row]:
    counted = (
        exports()
        .order_by()
        .values_list("consultation", "survey")
        .annotate(Count("pk"), Min("expires_at"))
    )
    return [
        _Row(EXPORTS, key, survey, local(first).date(), many)
        for key, survey, many, first in counted
    ]


def _strays(at: datetime) -> list[_Row]:
    """Return the files that nothing leads to as one line; none where they look like another's."""
    try:
        many = len(stray_files(at))
    except StrangeDiskError:
        return []
    return [_Row(STRAYS.key, None, None, local(at).date(), many)] if many else []


def _after(instant: datetime, kind: str, kept: Mapping[str, int]) -> date:
    return local(instant).date() + timedelta(days=kept[kind])


def _named(rows: list[_Row]) -> list[Due]:
    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.models import Survey

    surveys = Survey.objects.in_bulk({row.survey for row in rows if row.survey})
    keys = {row.consultation for row in rows if row.consultation}
    consultations = Consultation.objects.in_bulk(keys)
    return [
        Due(
            BY_KEY[row.kind],
            consultations.get(row.consultation),
            surveys.get(row.survey),
            row.on,
            row.many,
        )
        for row in rows
    ]
