"""Statistical process control: did a series change, or does it only vary?

XmR charts (individuals and moving range) after Wheeler, read by the four rules of NHS England's
Making Data Count; and the charts for series that an XmR chart would misread: with seasons, as
rates of a population that changes, and of events too rare to count by the month.
`docs/methods/control-charts.md` gives sources and departures.
"""

from folkmoot.core.spc.chart import (
    Assurance,
    ChartKind,
    ControlChart,
    Point,
    Segment,
    assurance,
    control_chart,
)
from folkmoot.core.spc.limits import ProcessLimits, process_limits
from folkmoot.core.spc.rare import days_between, g_chart, is_rare, spread_over_months, t_chart
from folkmoot.core.spc.rates import rate_chart
from folkmoot.core.spc.rebasing import Rebase, rebases, with_room
from folkmoot.core.spc.rules import (
    Direction,
    Signal,
    Variation,
    seven_on_one_side,
    seven_point_trend,
    two_of_three,
)
from folkmoot.core.spc.seasons import seasonal_chart, seasonal_relatives

__all__ = [
    "Assurance",
    "ChartKind",
    "ControlChart",
    "Direction",
    "Point",
    "ProcessLimits",
    "Rebase",
    "Segment",
    "Signal",
    "Variation",
    "assurance",
    "control_chart",
    "days_between",
    "g_chart",
    "is_rare",
    "process_limits",
    "rate_chart",
    "rebases",
    "seasonal_chart",
    "seasonal_relatives",
    "seven_on_one_side",
    "seven_point_trend",
    "spread_over_months",
    "t_chart",
    "two_of_three",
    "with_room",
]
