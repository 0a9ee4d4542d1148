"""How promised work stands, day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from folkmoot.core.standing import Standing, standing

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
