"""Limits are counted anew from a month, by hand; and that is taken back."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.core.periods import Month
from folkmoot.performance import access
from folkmoot.performance.acts.refusing import RefusedError, refuse, to_come
from folkmoot.performance.models import Rebasing
from folkmoot.plans.models import Measure
from folkmoot.sources.registry import series_named

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.performance.models import Area


def rebase(
    measure: Measure,
    area: Area | None,
    period: Month,
    reason: str,
    decided_on: date,
    decided_by: str,
    *,
    at: datetime,
    by: User,
) -> Rebasing:
    """Count the limits of a measure anew from a month, in an area or (None) in all, and return it.

    Raises PermissionDenied for somebody who may not, and RefusedError for a measure without a
    control chart, a decision without its reason or still to come, and a month that has one.
    """
    if not access.may_rebase(by):
        raise PermissionDenied(f"{by} may not count limits anew: ask for the permission.")
    reason, decided_by = reason.strip(), decided_by.strip()
    with transaction.atomic():
        # One at a time for a measure: what stands must not change while this is decided.
        Measure.objects.select_for_update().get(pk=measure.pk)
        refuse(
            {
                "measure": _uncharted(measure),
                "period": _begun_already(measure, area, period),
                "reason": "" if reason else "Say why: the public reads it beside the chart.",
                "decided_on": to_come(decided_on, at),
                "decided_by": "" if decided_by else "Say who decided it: a post or a panel.",
            }
        )
        kept = Rebasing.objects.create(
            measure=measure,
            area=area,
            period=period.first_day,
            reason=reason,
            decided_on=decided_on,
            decided_by=decided_by,
            kept_at=at,
            kept_by=by,
        )
        record("limits counted anew", kept, at, by=by, after=_told(kept))
    return kept


def withdraw_rebasing(rebasing: Rebasing, reason: str, *, at: datetime, by: User) -> Rebasing:
    """Take back that limits are counted anew, with a reason; it stays on the record.

    Raises PermissionDenied for somebody who may not, and RefusedError without a reason or for one
    that was withdrawn already.
    """
    if not access.may_rebase(by):
        raise PermissionDenied(f"{by} may not count limits anew: ask for the permission.")
    with transaction.atomic():
        kept = Rebasing.objects.select_for_update().get(pk=rebasing.pk)
        if kept.withdrawn_at is not None:
            raise RefusedError({"reason": "It was withdrawn already: nothing was changed."})
        refuse({"reason": "" if reason.strip() else "Say why it is withdrawn."})
        kept.withdrawn_at, kept.withdrawn_by = at, by
        kept.withdrawal_reason = reason.strip()
        kept.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
        record(
            "rebase withdrawn",
            kept,
            at,
            by=by,
            before=_told(kept),
            after={"reason": kept.withdrawal_reason},
        )
    return kept


def _uncharted(measure: Measure) -> str:
    series = series_named(measure.series) if measure.series else None
    if series is None:
        return f"“{measure.title}” has no series of figures, so it has no limits to count anew."
    if series.is_rolling:
        return f"“{measure.title}” is a rolling survey figure, which is never put on a chart."
    return ""


def _begun_already(measure: Measure, area: Area | None, period: Month) -> str:
    series = series_named(measure.series)
    if series is not None and any(mark.month == period for mark in series.breaks):
        return (
            f"Figures are recorded differently from {period.label}, so limits are counted anew "
            "from there already."
        )
    standing = Rebasing.objects.filter(
        measure=measure, area=area, period=period.first_day, withdrawn_at=None
    ).first()
    if standing is None:
        return ""
    day = f"{standing.decided_on.day} {standing.decided_on:%B %Y}"
    return (
        f"It was decided on {day} to count limits anew from {period.label}: withdraw that first "
        "if it was wrong."
    )


def _told(kept: Rebasing) -> dict[str, str]:
    return {
        "measure": kept.measure.title,
        "area": kept.area.name if kept.area else "all areas",
        "period": f"{kept.period:%Y-%m}",
        "reason": kept.reason,
        "decided_on": kept.decided_on.isoformat(),
        "decided_by": kept.decided_by,
    }
