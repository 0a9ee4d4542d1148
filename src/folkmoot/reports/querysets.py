"""Named questions to reports."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, QuerySet
from django.db.models.fields import IntegerField
from django.db.models.functions import Length

from folkmoot.publishing.clock import local
from folkmoot.reports.models import Report


def published(at: datetime) -> QuerySet[Report]:
    """Return the reports that are out, without their contents and files."""
    return (
        Report.objects.filter(built_at__lte=at, known_on__lte=local(at).date())
        .annotate(
            pdf_bytes=Length(F("pdf"), output_field=IntegerField()),
            xlsx_bytes=Length(F("xlsx"), output_field=IntegerField()),
        )
        .select_related("plan")
        .defer("contents", "pdf", "xlsx")
    )


def latest(at: datetime, plan_id: int | None = None) -> list[Report]:
    """Return the latest version of each report that is out, newest period first. One query."""
    reports = published(at) if plan_id is None else published(at).filter(plan=plan_id)
    by_period: dict[tuple[int, str, str], Report] = {}
    for report in reports.order_by("version"):
        by_period[report.plan_id, report.kind, report.period] = report
    return sorted(by_period.values(), key=lambda report: report.period, reverse=True)
