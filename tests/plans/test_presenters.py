"""How promised work stands, in words."""

from __future__ import annotations

from datetime import date

import pytest

from folkmoot.plans.presenters import timing

DUE = date(2022, 12, 31)


@pytest.mark.parametrize(
    ("forecast", "completed", "on", "words"),
    [
        (None, None, date(2022, 12, 1), "30 days to go"),
        (None, None, date(2022, 12, 30), "1 day to go"),
        (None, None, DUE, "which is today"),
        (None, None, date(2023, 1, 1), "overdue by 1 day"),
        (None, None, date(2026, 1, 1), "overdue by 1,097 days"),
        (date(2023, 3, 1), None, date(2022, 12, 1), "expected 60 days late, on 1 March 2023"),
        (
            date(2023, 3, 1),
            None,
            date(2023, 1, 1),
            "overdue by 1 day, expected on 1 March 2023",
        ),
        (date(2023, 3, 1), None, date(2023, 3, 2), "overdue by 61 days"),
        (date(2022, 12, 1), None, date(2022, 11, 1), "60 days to go"),
        (None, DUE, date(2023, 6, 1), "completed on time"),
        (date(2023, 3, 1), date(2022, 12, 1), date(2023, 6, 1), "completed on time"),
        (None, date(2023, 1, 5), date(2023, 6, 1), "completed 5 days late"),
        (None, date(2023, 1, 5), date(2023, 1, 4), "overdue by 4 days"),
    ],
)
def test_timing_compares_with_the_day_it_was_due(
    forecast: date | None, completed: date | None, on: date, words: str
) -> None:
    assert timing(DUE, forecast, completed, on) == words
