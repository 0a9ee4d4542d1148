"""What is kept for a time only, and then erased."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count

from folkmoot.accounts.audit import record
from folkmoot.publishing.clock import local
from folkmoot.responses.models import Draft, MonitoringAnswer, Survey

# A draft nobody came back to. The cookie that leads to it ends with the browser long before.
DRAFT_KEPT = timedelta(days=30)


def erase_due(at: datetime) -> Mapping[str, int]:
    """Erase drafts left alone for 30 days and equality answers past their day; return how many.

    How many were erased of which survey is in the audit record, what they said is not.
    """
    drafts = Draft.objects.filter(changed_at__lt=at - DRAFT_KEPT)
    answers = MonitoringAnswer.objects.filter(delete_on__lte=local(at).date())
    erased = {"drafts": 0, "equality answers": 0}
    with transaction.atomic():
        for act, rows, survey in (
            ("drafts", drafts, "survey"),
            ("equality answers", answers, "response__survey"),
        ):
            counts = dict(rows.order_by().values_list(survey).annotate(Count("pk")))
            surveys = Survey.objects.in_bulk([key for key in counts if key is not None])
            rows.delete()
            for key, survey_of in surveys.items():
                record(f"{act} erased", survey_of, at, after={"erased": counts[key]})
            erased[act] = sum(counts.values())
    return erased
