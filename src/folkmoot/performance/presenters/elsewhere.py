"""What other rooms print of a measure."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.cache import cache

from folkmoot.performance.models import Dashboard
from folkmoot.performance.presenters.words import format_value, period_label
from folkmoot.performance.readings import READINGS_SECONDS, readings_of_plan
from folkmoot.plans.models import Measure
from folkmoot.publishing.purging import edition


def measure_reading(measure: Measure, at: datetime) -> dict[str, Any] | None:
    """Return the compact reading of a measure for other rooms; None where there is none.

    Keys: title, url, word, shape, tone, sentence, period, value.
    """
    plan_id = measure.outcome.priority.plan_id
    figures = readings_of_plan(plan_id, at).get(measure.pk)
    page = dashboard_of(plan_id)
    if figures is None or figures.reading is None or figures.observed is None or page is None:
        return None
    return {
        "title": measure.title,
        "url": f"{page}{measure.slug}/",
        "word": figures.reading.word,
        "shape": figures.reading.shape,
        "tone": figures.reading.tone.value,
        "sentence": figures.reading.sentence,
        "period": period_label(figures),
        "value": format_value(figures, figures.observed.values[-1]),
    }


def dashboard_of(plan_id: int) -> str | None:
    """Return the address of a plan's dashboard; None where it has none. Kept for a minute."""
    key = f"dashboard-of:{edition()}:{plan_id}"
    address: str | None = cache.get(key)
    if address is None:
        page = Dashboard.objects.live().filter(statutory_plan_id=plan_id).first()
        address = (page.url or "") if page else ""
        cache.set(key, address, READINGS_SECONDS)
    return address or None
