"""The owner of a measure explains a signal; each version takes the place of the one before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.core.periods import Month
from folkmoot.performance import access
from folkmoot.performance.acts.refusing import RefusedError, refuse
from folkmoot.performance.models import Commentary, Observation
from folkmoot.plans.models import Measure
from folkmoot.publishing.clock import local

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.performance.models import Area


def explain(
    measure: Measure,
    area: Area,
    period: Month,
    text: str,
    author: str,
    *,
    replaces: int,
    at: datetime,
    by: User,
) -> Commentary:
    """Say what stands behind a figure, as the next version of what was said of it, and return it.

    `replaces` is the version that the writer saw, 0 for none. Raises PermissionDenied for somebody
    who may not, and RefusedError for an empty text, one that stands already, a month that no
    release has a figure of, and where a colleague was quicker.
    """
    if not access.may_explain(by):
        raise PermissionDenied(f"{by} may not explain figures: ask for the permission.")
    text, author = text.strip(), author.strip()
    with transaction.atomic():
        # One at a time for a measure, so that versions are counted without a gap.
        Measure.objects.select_for_update().get(pk=measure.pk)
        said = Commentary.objects.filter(measure=measure, area=area, period=period.first_day)
        last = said.order_by("-version").first()
        if last is not None and last.version != replaces:
            raise RefusedError(
                {
                    "text": f"{last.author} wrote version {last.version} meanwhile, on "
                    f"{local(last.written_at):%-d %B %Y at %H:%M}. It stands below: take it in, "
                    "and save again."
                }
            )
        refuse(
            {
                "text": _unfit(text, last),
                "author": "" if author else "Say who explains it: a post, not a person.",
                "period": _unobserved(measure, area, period, at),
            }
        )
        kept = Commentary.objects.create(
            measure=measure,
            area=area,
            period=period.first_day,
            version=last.version + 1 if last else 1,
            text=text,
            author=author,
            written_at=at,
            written_by=by,
        )
        record(
            "signal explained",
            kept,
            at,
            by=by,
            before={"text": last.text, "author": last.author} if last else None,
            after={"text": text, "author": author},
        )
    return kept


def _unfit(text: str, last: Commentary | None) -> str:
    if not text:
        return "Write what stands behind the figure: the text is empty."
    if last is not None and last.text == text:
        return f"These are the words of version {last.version}: nothing was changed."
    return ""


def _unobserved(measure: Measure, area: Area, period: Month, at: datetime) -> str:
    """Return why there is no figure to explain; empty where there is one."""
    is_known = Observation.objects.filter(
        series=measure.series,
        area=area,
        period=period.first_day,
        release__released_on__lte=local(at).date(),
    ).exists()
    if measure.series and is_known and measure.is_given_for(area.name, area.code, area.slug):
        return ""
    return (
        f"No release has a figure of “{measure.title}” for {area.name} in {period.label}: choose "
        "a month that the chart shows."
    )
