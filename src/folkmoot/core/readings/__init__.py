"""A reading: what the statistics say of a measure, in one sentence of a fixed grammar.

Two points are never picked and compared by hand: a series is read by its control chart, a rolling
survey figure by all points four quarters apart. See `docs/methods/reading.md`.
"""

from folkmoot.core.readings.printing import (
    format_figure,
    limits_of_counts,
    limits_of_figures,
    mean_of_counts,
    point_words,
    usual_range,
)
from folkmoot.core.readings.rare import read_between
from folkmoot.core.readings.reading import FEWEST_POINTS, OPEN, Reading, Tone
from folkmoot.core.readings.series import read_series
from folkmoot.core.readings.surveys import (
    DESIGN_EFFECT,
    QUARTERS_APART,
    YEARS_COMPARED,
    read_survey,
)

__all__ = [
    "DESIGN_EFFECT",
    "FEWEST_POINTS",
    "OPEN",
    "QUARTERS_APART",
    "YEARS_COMPARED",
    "Reading",
    "Tone",
    "format_figure",
    "limits_of_counts",
    "limits_of_figures",
    "mean_of_counts",
    "point_words",
    "read_between",
    "read_series",
    "read_survey",
    "usual_range",
]
