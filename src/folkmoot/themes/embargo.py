"""Pages of results before their hour, which search, sitemap and feeds must not name."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length, Substr

from folkmoot.consultations.models import Consultation
from folkmoot.themes.models import ResultsPage


def results_to_come(at: datetime) -> QuerySet[ResultsPage]:
    """Return the results pages that the public may not read yet: see `ResultsPage.public_from`."""
    parent = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - ResultsPage.steplen)
    still_open = Consultation.objects.filter(path=parent, closes_at__gt=at)
    return ResultsPage.objects.filter(
        Q(publish_from__gt=at) | Q(publish_from__isnull=True) & Exists(still_open)
    )
