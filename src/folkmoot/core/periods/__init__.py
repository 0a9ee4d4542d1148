"""Months, quarters and the other periods that figures are published for."""

from folkmoot.core.periods.columns import PeriodsError, read_periods
from folkmoot.core.periods.months import MONTH_NAMES, Month, month_range, months_between
from folkmoot.core.periods.others import Day, Number, Period, Week, Year
from folkmoot.core.periods.quarters import Quarter

__all__ = [
    "MONTH_NAMES",
    "Day",
    "Month",
    "Number",
    "Period",
    "PeriodsError",
    "Quarter",
    "Week",
    "Year",
    "month_range",
    "months_between",
    "read_periods",
]
