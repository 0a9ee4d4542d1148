"""Evidence is entered by one person, reviewed by another, and withdrawn with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.performance import access
from folkmoot.performance.acts.refusing import RefusedError, refuse, to_come
from folkmoot.performance.models import Evidence
from folkmoot.plans.models import Measure

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.performance.models import Area


@dataclass(frozen=True, slots=True)
class Entry:
    """What somebody enters of a qualitative measure; `area` is None for all of it."""

    measure: Measure
    dated: date
    kind: str
    title: str
    finding: str
    source: str
    consent: str
    area: Area | None = None
    author: str = ""
    quotation: str = ""
    link: str = ""


def enter_evidence(entry: Entry, *, at: datetime, by: User) -> Evidence:
    """Keep an entry until a second person has reviewed it, and return it.

    Raises PermissionDenied for somebody who may not, and RefusedError for a measure that is
    counted, a day to come, an entry without title, finding or source, and a quotation without the
    consent of whoever said it.
    """
    if not access.may_enter_evidence(by):
        raise PermissionDenied(f"{by} may not enter evidence: ask for the permission.")
    texts = ("title", "finding", "source", "author", "quotation", "link")
    given = {name: getattr(entry, name).strip() for name in texts}
    refuse(
        {
            "measure": ""
            if entry.measure.kind == Measure.Kind.QUALITATIVE
            else f"“{entry.measure.title}” is counted: evidence is for measures that are read.",
            "dated": to_come(entry.dated, at),
            "title": "" if given["title"] else "Say in a few words what it is.",
            "finding": "" if given["finding"] else "Say what it shows: the text is empty.",
            "source": "" if given["source"] else "Say where it comes from.",
            "consent": _unagreed(entry, given["quotation"]),
        }
    )
    with transaction.atomic():
        kept = Evidence.objects.create(
            measure=entry.measure,
            area=entry.area,
            dated=entry.dated,
            kind=entry.kind,
            consent=entry.consent,
            entered_at=at,
            entered_by=by,
            **given,
        )
        record("evidence entered", kept, at, by=by, after=_told(entry))
    return kept


def review_evidence(evidence: Evidence, *, at: datetime, by: User) -> Evidence:
    """Let the public read an entry, as a second person who has read it, and return it.

    Raises PermissionDenied for somebody who may not, or who entered it themselves, and
    RefusedError for one that was reviewed or withdrawn already.
    """
    with transaction.atomic():
        kept = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if not access.may_review(by, kept):
            raise PermissionDenied(
                f"{by} may not review “{kept}”: it takes a second person, with the permission."
            )
        if not kept.is_waiting:
            raise RefusedError(
                {"review": "It was reviewed or withdrawn already: nothing was changed."}
            )
        kept.reviewed_at, kept.reviewed_by = at, by
        kept.save(update_fields=["reviewed_at", "reviewed_by"])
        record("evidence reviewed", kept, at, by=by)
    return kept


def withdraw_evidence(evidence: Evidence, reason: str, *, at: datetime, by: User) -> Evidence:
    """Take an entry out of what the public reads, or of what waits for review, with a reason.

    Raises PermissionDenied for somebody who may not, and RefusedError without a reason or for one
    that was withdrawn already.
    """
    if not access.may_withdraw_evidence(by):
        raise PermissionDenied(f"{by} may not withdraw evidence: ask for the permission.")
    with transaction.atomic():
        kept = Evidence.objects.select_for_update().get(pk=evidence.pk)
        if kept.withdrawn_at is not None:
            raise RefusedError({"reason": "It was withdrawn already: nothing was changed."})
        refuse({"reason": "" if reason.strip() else "Say why it is withdrawn."})
        was_shown = kept.is_shown
        kept.withdrawn_at, kept.withdrawn_by = at, by
        kept.withdrawal_reason = reason.strip()
        kept.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
        record(
            "evidence withdrawn",
            kept,
            at,
            by=by,
            before={"was_shown": was_shown},
            after={"reason": kept.withdrawal_reason},
        )
    return kept


def _unagreed(entry: Entry, quotation: str) -> str:
    if entry.consent not in Evidence.Consent.values:
        return "Say on what consent it is published."
    if quotation and entry.consent == Evidence.Consent.NOBODY:
        return "It quotes somebody: say that they agreed, or that it was published already."
    if entry.kind == Evidence.Kind.ACCOUNT and entry.consent == Evidence.Consent.NOBODY:
        return "It is a person’s own account: publish it only with their consent."
    return ""


def _told(entry: Entry) -> dict[str, Any]:
    told = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
    return told | {
        "measure": entry.measure.title,
        "area": entry.area.name if entry.area else "all areas",
        "dated": entry.dated.isoformat(),
    }
