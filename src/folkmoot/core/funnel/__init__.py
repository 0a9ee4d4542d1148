"""Many areas beside one line, with room for chance by the size of each: a funnel plot.

Sources, worked examples and departures: `docs/methods/funnel.md`.
"""

from folkmoot.core.funnel.counting import binomial_limits, poisson_limits
from folkmoot.core.funnel.funnel import (
    INNER,
    OUTER,
    Funnel,
    Position,
    rate_funnel,
    share_funnel,
)
from folkmoot.core.funnel.places import Placed, places

__all__ = [
    "INNER",
    "OUTER",
    "Funnel",
    "Placed",
    "Position",
    "binomial_limits",
    "places",
    "poisson_limits",
    "rate_funnel",
    "share_funnel",
]
