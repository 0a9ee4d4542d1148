"""Content for the page that shows all components together."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.utils.safestring import mark_safe

from folkmoot.core.charts import control_chart_svg, describe_control_chart, sparkline_svg
from folkmoot.core.periods import Month, month_range
from folkmoot.core.readings import read_series
from folkmoot.core.spc import Direction, control_chart
from folkmoot.core.tables import Table, format_count

COLOURS = (
    *("brand", "brand-deep", "link", "ink", "ink-soft", "paper", "wash", "rule", "band"),
    *("focus", "improvement", "concern", "neutral"),
)
# Invented, and said to be so on the page.
VALUES = [
    *(212, 198, 221, 230, 205, 217, 199, 224, 231, 208, 215, 203),
    *(219, 226, 210, 197, 222, 214, 251, 262, 258, 266, 271, 280),
]


def examples() -> dict[str, Any]:
    """Return what every component is shown with."""
    months = month_range(Month(2023, 1), Month(2024, 12))
    chart = control_chart(VALUES, Direction.DECREASE)
    reading = read_series("Bicycle thefts", "thefts recorded", months, chart)
    description = describe_control_chart("Bicycle thefts", "Exampleton", months, chart, reading)
    words: dict[str, Any] = {"title": reading.headline, "description": description}
    rows = [
        (month.label, format_count(value))
        for month, value in list(zip(months, VALUES, strict=True))[-6:]
    ]
    table = Table("Bicycle thefts in Exampleton", ("Month", "Thefts recorded"), tuple(rows))
    return {
        "errors": [{"id": "example-field", "message": "Choose how safe you feel."}],
        "rows": [
            {"term": "How safe do you feel?", "value": "Fairly safe", "change_url": "#forms"},
            {"term": "Borough", "value": "Exampleton", "change_url": "#forms"},
        ],
        "table": table,
        "sparkline": mark_safe(sparkline_svg(chart, title=reading.headline)),
        "reading": reading,
        "figure": {
            "id": "example-figure",
            "headline": reading.headline,
            "subtitle": "Thefts recorded each month, Exampleton, January 2023 to December 2024",
            "svg": mark_safe(control_chart_svg(months, chart, width=470, height=250, **words)),
            "svg_narrow": mark_safe(
                control_chart_svg(months, chart, width=210, height=220, **words)
            ),
            "description": description,
            "source": "Source: invented for this page.",
            "table": table,
        },
        "stages": [
            {
                "title": "Evidence gathering",
                "events": [
                    {
                        "title": "Consultation opens",
                        "when": "16 November 2021",
                        "status": "happened",
                        "status_word": "Happened",
                    },
                    {
                        "title": "Online workshop",
                        "when": "1 December 2021, 18:00 to 19:30",
                        "status": "now",
                        "status_word": "Happening now",
                    },
                    {
                        "title": "Plan published",
                        "when": "March 2022",
                        "status": "coming",
                        "status_word": "Coming up",
                    },
                ],
            }
        ],
        "steps": [
            {"title": "Your views", "state": "done", "url": "#forms"},
            {"title": "In your words", "state": "current"},
            {"title": "About you", "state": "todo"},
        ],
        "cells": [
            {"label": "You said", "title": "More lighting in parks", "detail": "84 people"},
            {"label": "We decided", "title": "Accepted in part"},
            {"label": "In the plan", "title": "Section 2.3", "detail": "changed"},
            {"label": "Commitments", "title": "2", "detail": "one overdue"},
            {
                "label": "Is it working?",
                "title": f"Bicycle thefts: {reading.word.lower()}",
                "tone": reading.tone.value,
            },
        ],
        "superseded": {
            "version": "Draft",
            "published_on": date(2021, 11, 16),
            "superseded_by": "Final version",
            "superseded_on": date(2022, 3, 24),
            "title": "An example of a plan",
            "url": "#documents",
        },
        "formats": [
            {"name": "Web page", "details": "", "url": "#documents"},
            {"name": "Easy read", "details": "PDF, 1.4 MB, 24 pages", "url": "#documents"},
            {
                **{"name": "العربية", "details": "Arabic, PDF, 1.2 MB, 22 pages"},
                **{"url": "#documents", "is_foreign": True, "lang": "ar", "dir": "rtl"},
            },
        ],
        "recording": {
            "title": "A recorded message",
            "speaker": "An example of a speaker",
            "minutes": 3,
            "elsewhere": {"name": "another site", "url": "#documents"},
            "transcript": mark_safe("<p>What is said stands here word for word.</p>"),
        },
        "pages": Paginator(range(60), 20).page(2),
        "colours": COLOURS,
        "facts": [("People who took part", "1,204"), ("Survey responses", "1,187")],
        "share": 0.42,
    }
