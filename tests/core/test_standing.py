"""How promised work stands, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from folkmoot.core.standing import Standing, forecast_on, needs_reason, standing

DUE = date(2024, 6, 30)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("forecast", "completed", "on", "stands"),
    [
        (DUE, None, DUE - DAY, Standing.ON_TRACK),
        (DUE, None, DUE, Standing.ON_TRACK),
        (DUE, None, DUE + DAY, Standing.OVERDUE),
        (DUE + DAY, None, DUE, Standing.DELAYED),
        # A new forecast does not undo what was promised.
        (DUE + 90 * DAY, None, DUE + DAY, Standing.OVERDUE),
        (DUE - DAY, None, DUE - DAY, Standing.ON_TRACK),
        (DUE, DUE, DUE, Standing.COMPLETED),
        (DUE, DUE + 5 * DAY, DUE + 9 * DAY, Standing.COMPLETED),
        # As known on a day before it was completed.
        (DUE, DUE + 5 * DAY, DUE + 4 * DAY, Standing.OVERDUE),
        (DUE, DUE, DUE - DAY, Standing.ON_TRACK),
    ],
)
def test_standing(forecast: date, completed: date | None, on: date, stands: Standing) -> None:
    assert standing(DUE, forecast, completed, on) is stands


def test_forecast_is_the_last_that_was_said_by_the_day() -> None:
    said = [(DUE - 60 * DAY, DUE + 9 * DAY), (DUE - 30 * DAY, None), (DUE - DAY, DUE + 5 * DAY)]
    assert forecast_on(said, DUE - 61 * DAY) is None
    assert forecast_on(said, DUE - 60 * DAY) == DUE + 9 * DAY
    assert forecast_on(said, DUE - 2 * DAY) is None
    assert forecast_on(said, DUE) == DUE + 5 * DAY
    assert forecast_on([], DUE) is None


@pytest.mark.parametrize(
    ("forecast", "completed", "on", "needed"),
    [
        (None, None, DUE, False),
        (None, None, DUE + DAY, True),
        (DUE, None, DUE, False),
        (DUE + DAY, None, DUE - DAY, True),
        (DUE - DAY, None, DUE + DAY, True),
        (None, DUE + DAY, DUE + 2 * DAY, False),
        (DUE + DAY, DUE + DAY, DUE + 2 * DAY, True),
    ],
)
def test_reason_is_needed_where_work_is_expected_late_or_past_due(
    forecast: date | None, completed: date | None, on: date, needed: bool
) -> None:
    assert needs_reason(DUE, forecast, completed, on) is needed
