"""Every write to reports."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from wagtail.models import Site

from folkmoot.accounts.audit import record
from folkmoot.core.periods import Quarter
from folkmoot.performance.querysets import latest_releases
from folkmoot.performance.readings import whole_area
from folkmoot.plans.models import Plan
from folkmoot.publishing.clock import local
from folkmoot.publishing.models import SiteSettings
from folkmoot.reports import contents, formats
from folkmoot.reports.models import Report

if TYPE_CHECKING:
    from folkmoot.accounts.models import User


class ReportRefusedError(ValueError):
    """A report was refused; the sentence says what and what to do."""


def build_report(
    plan: str,
    kind: str,
    period: str,
    *,
    at: datetime,
    known_on: date | None = None,
    by: User | None = None,
) -> Report:
    """Build a report from the releases known on a day, freeze it, and return it.

    `plan` is the slug of a plan. The same values give the report that is there already; other
    values give a new version, and the old one stays. Raises ReportRefusedError for an unknown
    plan, kind or period, or where no figure was known by then.
    """
    if kind != Report.Kind.QUARTERLY:
        raise ReportRefusedError(f"There is no kind of report '{kind}': use quarterly.")
    found = Plan.objects.filter(slug=plan).first()
    if found is None:
        slugs = ", ".join(Plan.objects.values_list("slug", flat=True)) or "none yet"
        raise ReportRefusedError(f"There is no plan '{plan}': the plans are {slugs}.")
    try:
        quarter = Quarter.parse(period)
    except ValueError as error:
        raise ReportRefusedError(str(error)) from error
    known_on = known_on or local(at).date()
    area = whole_area()
    if area is None or not latest_releases(known_on):
        raise ReportRefusedError(
            f"No release was known on {known_on:%-d %B %Y}: import one with "
            "'folkmoot data import', or choose a later day."
        )
    if quarter.months[-1].last_day < found.starts_on or quarter.months[0].first_day > known_on:
        raise ReportRefusedError(
            f"{quarter.label} lies outside the plan, which began on {found.starts_on:%-d %B %Y}, "
            f"or after {known_on:%-d %B %Y}: choose another quarter."
        )
    site = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    said = contents.quarterly(found, site.body_name, site.notice, area, quarter, known_on)
    fingerprint = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    versions = Report.objects.filter(plan=found, kind=kind, period=str(quarter))
    if same := versions.filter(fingerprint=fingerprint).first():
        return same
    pdf, xlsx = formats.as_pdf(said, at), formats.as_xlsx(said, at)
    with transaction.atomic():
        last = versions.aggregate(last=Max("version"))["last"] or 0
        report = Report.objects.create(
            plan=found,
            kind=kind,
            period=str(quarter),
            version=last + 1,
            known_on=known_on,
            built_at=at,
            contents=said,
            fingerprint=fingerprint,
            pdf=pdf,
            xlsx=xlsx,
        )
        record("report built", report, at, by=by, after={"fingerprint": fingerprint})
    return report
