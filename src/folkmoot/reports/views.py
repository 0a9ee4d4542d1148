"""The reports of a plan: list, page, files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from folkmoot.core.tables import Table
from folkmoot.publishing.clock import now
from folkmoot.reports import formats, querysets

if TYPE_CHECKING:
    from django.http import HttpRequest

    from folkmoot.reports.models import Report, ReportIndex


def index(request: HttpRequest, page: ReportIndex) -> HttpResponse:
    """List the latest version of every report that is out."""
    reports = querysets.latest(now())
    return render(request, "reports/index.html", {"page": page, "reports": reports})


def report(request: HttpRequest, page: ReportIndex, kind: str, period: str) -> HttpResponse:
    """Show a report: the same values as its files."""
    found = _find(kind, period, request.GET.get("version", ""))
    said = found.contents
    shown = {
        "page": page,
        "report": found,
        "said": said,
        "priorities": [_priority(said, priority) for priority in said["priorities"]],
        "commitments": Table(
            caption=f"Commitments of the plan as they stood on {said['commitments_on']}",
            headers=("Commitment", "Lead", "Due", "Standing"),
            rows=tuple(
                (each["title"], each["lead"], each["due"], each["standing"])
                for each in said["commitments"]
            ),
        ),
    }
    return render(request, "reports/report.html", shown)


def report_file(
    request: HttpRequest, page: ReportIndex, kind: str, period: str, form: str
) -> HttpResponse:
    """Send the frozen file of a report."""
    if form not in formats.TYPES:
        raise Http404(f"A report has no format '{form}': there are PDF and XLSX.")
    found = _find(kind, period, request.GET.get("version", ""))
    response = HttpResponse(bytes(getattr(found, form)), content_type=formats.TYPES[form])
    name = formats.file_name(found, form)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _find(kind: str, period: str, version: str) -> Report:
    reports = querysets.published(now()).filter(kind=kind, period=period).defer(None)
    if version:
        reports = reports.filter(version=version) if version.isdigit() else reports.none()
    found = reports.order_by("-version").first()
    if found is None:
        raise Http404(f"There is no {kind} report for {period}.")
    return found


def _priority(said: dict[str, Any], priority: dict[str, Any]) -> dict[str, Any]:
    title = priority["title"]
    return {
        "title": title,
        "table": Table(
            caption=f"{title}: {said['period_label']} against the same months a year before, "
            "and 12 months against the 12 before",
            headers=tuple(said["columns"]),
            rows=tuple((each["title"], *each["cells"]) for each in priority["measures"]),
        ),
        "measures": [
            # Frozen when the report was built, by our own charts and with escaped titles.
            each | {"chart": mark_safe(each["chart"])}
            for each in priority["measures"]
        ],
    }
