"""What is kept for a time only, and then erased."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from folkmoot.accounts.audit import record
from folkmoot.publishing.clock import local
from folkmoot.publishing.purging import count_changed
from folkmoot.responses import retention
from folkmoot.responses.acts.freezing import erase_equality_answers
from folkmoot.responses.acts.sent_files import erase_drafts, erase_files, take_off_the_disk
from folkmoot.responses.acts.wording import erase_words
from folkmoot.responses.finding import forget_erased
from folkmoot.responses.models import (
    Export,
    ImportRun,
    MonitoringAnswer,
    RetentionPeriod,
    Survey,
    TestSubmission,
)
from folkmoot.responses.models.drafts import private_files
from folkmoot.responses.strays import StrangeDiskError, stray_files

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from folkmoot.accounts.models import User

# Responses erased in one transaction: none waits long for a long one.
PIECE = 1_000
# A task that has not ended by then was killed.
MAKING_AN_EXPORT = timedelta(hours=6)

logger = logging.getLogger(__name__)


class PeriodRefusedError(ValueError):
    """A period cannot be chosen; the sentence says why."""


def erase_due(at: datetime) -> Mapping[str, int]:
    """Erase all whose time is over (see `retention.KINDS`); return how many of each kind.

    How many of which survey is in the audit record, what they said is not. Safe to run twice, and
    to stop: each piece is erased whole or not at all.
    """
    kept, today = retention.periods(), local(at).date()
    erased: dict[str, int] = {}
    for kind, erase in _ERASERS.items():
        erased[retention.BY_KEY[kind].words] = erase(at, retention.last_day(kind, today, kept))
    erased[retention.STRAYS.words] = erase_strays(at)
    return erased


def set_periods(days: Mapping[str, int], at: datetime, by: User) -> list[str]:
    """Set how many days kinds are kept, by key; return the keys of those that changed.

    Raises PeriodRefusedError, and changes nothing, for a period of no days or one longer than
    respondents were promised.
    """
    for key, many in days.items():
        kind = retention.BY_KEY[key]
        if not 1 <= many <= kind.most:
            raise PeriodRefusedError(
                f"{kind.words.capitalize()} are kept from 1 to {kind.most:,} days: "
                f"choose a number in between."
            )
    with transaction.atomic():
        before = retention.periods()
        changed = [key for key, many in days.items() if before[key] != many]
        for key in changed:
            period, _ = RetentionPeriod.objects.update_or_create(
                kind=key, defaults={"days": days[key]}
            )
            was, now_is = {"days": before[key]}, {"days": days[key]}
            record("retention period changed", period, at, by=by, before=was, after=now_is)
    return changed


def _drafts(at: datetime, last: Any) -> int:
    over = at - timedelta(days=(local(at).date() - last).days)
    due = retention.drafts().filter(changed_at__lt=over)
    return _erase(due, "drafts erased", at, erase_drafts)


def _tests(at: datetime, last: Any) -> int:
    over = at - timedelta(days=(local(at).date() - last).days)
    due = retention.tests().filter(submitted_at__lt=over)
    return _erase(due, "test submissions erased", at, _erase_tests)


def _erase_tests(submissions: QuerySet[TestSubmission]) -> int:
    keys = list(submissions.values_list("pk", flat=True))
    TestSubmission.objects.filter(pk__in=keys).delete()
    return len(keys)


def _erase(
    rows: QuerySet[Any], act: str, at: datetime, erase: Callable[[QuerySet[Any]], int]
) -> int:
    """Erase records of surveys, with what they hold, and say in the audit record how many."""
    many = 0
    surveys = Survey.objects.in_bulk(set(rows.order_by().values_list("survey", flat=True)))
    for key, survey in surveys.items():
        with transaction.atomic():
            if erased := erase(rows.filter(survey=key)):
                record(act, survey, at, after={"erased": erased})
        many += erased
    return many


def _equality(at: datetime, last: Any) -> int:
    today = local(at).date()
    chosen = Q(response__consultation__closes_at__lt=_end_of(last, at))
    due = MonitoringAnswer.objects.filter(Q(delete_on__lte=today) | chosen)
    many = 0
    for survey in sorted(set(due.order_by().values_list("response__survey", flat=True)), key=str):
        erased = 0
        of_survey = due.filter(response__survey=survey)
        while piece := erase_equality_answers(survey, of_survey, PIECE):
            erased += piece
        many += erased
        if erased and survey:
            with transaction.atomic():
                record(
                    "equality answers erased",
                    Survey.objects.get(pk=survey),
                    at,
                    after={"erased": erased},
                )
    return many


def _contact(at: datetime, last: Any) -> int:
    due = retention.contacts().filter(consultation__closes_at__lt=_end_of(last, at))
    many = 0
    consultations = sorted(set(due.order_by().values_list("consultation", flat=True)))
    for key in consultations:
        with transaction.atomic():
            of_one = due.filter(consultation=key)
            first = of_one.select_related("consultation").first()
            erased = of_one.update(
                email_digest="", contact_name="", contact_role="", has_authority=None
            )
            if first and erased:
                after = {"erased": erased}
                record("contact details erased", first.consultation, at, after=after)
        many += erased
    return many


def _words(at: datetime, last: Any) -> int:
    due = retention.worded().filter(consultation__closes_at__lt=_end_of(last, at))
    many = 0
    pairs = sorted(set(due.order_by().values_list("consultation", "survey")), key=str)
    for consultation, survey in pairs:
        of_one = due.filter(consultation=consultation, survey=survey)
        first = of_one.select_related("consultation", "survey").first()
        erased = 0
        while piece := list(of_one.order_by("pk")[:PIECE]):
            with transaction.atomic():
                erase_words(piece, at)
                erased += len(piece)
                if first:
                    subject = first.survey or first.consultation
                    after = {"erased": len(piece)}
                    record("words of responses erased", subject, at, after=after)
                count_changed()
        many += erased
    if many:
        forget_erased()
    return many


def _files(at: datetime, last: Any) -> int:
    due = retention.files().filter(response__consultation__closes_at__lt=_end_of(last, at))
    many = 0
    for consultation in sorted(
        set(due.order_by().values_list("response__consultation", flat=True))
    ):
        with transaction.atomic():
            of_one = due.filter(response__consultation=consultation)
            first = of_one.select_related("response__consultation").first()
            erased = erase_files(of_one)
            if first and first.response:
                subject, after = first.response.consultation, {"erased": erased}
                record("files of responses erased", subject, at, after=after)
        many += erased
    return many


def _imports(at: datetime, last: Any) -> int:
    over = list(retention.imports().filter(made_at__lt=_end_of(last, at)))
    for run in over:
        with transaction.atomic():
            erase_import_file(run)
            record("imported file erased", run, at)
    return len(over)


def erase_import_file(run: ImportRun) -> None:
    """Erase the file of an import, and what was quoted of it; that it was imported stays."""
    take_off_the_disk(run.file)
    run.file, run.faults, run.unlisted = "", [], []
    run.mapping = run.mapping | {"values": {}}
    run.save(update_fields=["file", "faults", "unlisted", "mapping"])


def _exports(at: datetime, last: Any) -> int:
    stuck = Export.objects.filter(state=Export.State.WAITING, asked_at__lt=at - MAKING_AN_EXPORT)
    failure = "It was stopped before it was finished: ask for it again."
    stuck.update(state=Export.State.FAILED, failure=failure)
    over = list(retention.exports().filter(expires_at__lte=at))
    for export in over:
        with transaction.atomic():
            erase_export(export)
            record("export erased", export, at)
    return len(over)


def erase_export(export: Export) -> None:
    """Erase the file of an export; that it was made, by whom and of how many, stays."""
    take_off_the_disk(export.file)
    export.file, export.state = "", Export.State.EXPIRED
    export.save(update_fields=["file", "state"])


def erase_strays(at: datetime) -> int:
    """Take files off the disk that nothing leads to (see `strays`); return how many.

    None where they look like those of another database: that is in the log.
    """
    try:
        names = stray_files(at)
    except StrangeDiskError as error:
        logger.error("%s", error)
        return 0
    if names:
        storage = private_files()
        with transaction.atomic():
            told = RetentionPeriod(retention.STRAYS.key, retention.STRAYS.days)
            record("files that nothing leads to erased", told, at, after={"erased": len(names)})
            for name in names:
                transaction.on_commit(partial(storage.delete, name), robust=True)
    return len(names)


def _end_of(day: Any, at: datetime) -> datetime:
    """Return the instant at which a day ends in the body's time zone."""
    from folkmoot.publishing.clock import next_midnight

    noon = local(at).replace(year=day.year, month=day.month, day=day.day, hour=12)
    return next_midnight(noon)


_ERASERS = {
    retention.DRAFTS: _drafts,
    retention.TESTS: _tests,
    retention.EQUALITY: _equality,
    retention.CONTACT: _contact,
    retention.WORDS: _words,
    retention.FILES: _files,
    retention.IMPORTS: _imports,
    retention.EXPORTS: _exports,
}
