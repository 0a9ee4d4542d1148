"""Published worked examples of control charts: inputs, results, and where they stand.

Facts typed in from their sources, so that they are tested on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LimitsCase:
    """A series and the limits that its source prints, to a tolerance."""

    name: str
    values: tuple[float, ...]
    screened: bool
    mean: float
    lower: float
    upper: float
    tolerance: float


LIMITS = (
    # NHSRplotthedots, tests/testthat/test-ptd_spc_standard.R and its snapshot, of
    # set.seed(123); rnorm(20).
    LimitsCase(
        "ptd rnorm20",
        (
            -0.56047564655221,
            -0.23017748948328,
            1.55870831414912,
            0.07050839142458,
            0.12928773509489,
            1.71506498688328,
            0.46091620599722,
            -1.26506123460653,
            -0.68685285189353,
            -0.44566197026961,
            1.22408179743946,
            0.35981382705736,
            0.40077145059405,
            0.11068271594512,
            -0.55584113475408,
            1.78691313680308,
            0.49785047822924,
            -1.96661715662964,
            0.70135590156369,
            -0.47279140772793,
        ),
        True,
        0.1416238,
        -3.01138,
        3.294627,
        1e-05,
    ),
    # NHSRplotthedots, "Deviations from Excel defaults", 2021: with screening of moving ranges …
    LimitsCase(
        "ptd deviations screened",
        (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1),
        True,
        1.94,
        -0.72,
        4.6,
        0.006,
    ),
    # … and without, as NHS England's Making Data Count workbook has it.
    LimitsCase(
        "ptd deviations unscreened excel",
        (1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1),
        False,
        1.94,
        -3.06,
        6.95,
        0.006,
    ),
    # nhspy-plotthedots, tests/unittests/test_pandas_spc_x_calc.py; also which points it marks.
    LimitsCase(
        "nhspy demo",
        (89, 86, 75, 77, 81, 74, 72, 78, 76, 82, 77, 54, 66, 77, 86),
        True,
        76.67,
        57,
        96,
        0.5,
    ),
    # Wheeler, Making Sense of Data, 2003, page 382: figures to check software with.
    LimitsCase(
        "wheeler p382 verify software",
        (
            5045,
            4350,
            4350,
            3975,
            4290,
            4430,
            4485,
            4285,
            3980,
            3925,
            3645,
            3760,
            3300,
            3685,
            3463,
            5200,
        ),
        False,
        4135.5,
        3188.72,
        5082.28,
        0.05,
    ),
)
# nhspy-plotthedots, as above: the twelfth point is outside the limits, and no other is marked.
MARKED_IN_NHSPY = (11,)
# Wheeler, as above: the mean moving range behind the limits.
WHEELER_MEAN_MOVING_RANGE = 355.93

# The unit tests of NHSRplotthedots: sides of the mean, and where seven or more on one side end.
ONE_SIDE = [
    ((), ()),
    ((1, 1, 1, 1, 1, 1), (0, 0, 0, 0, 0, 0)),
    ((1, 1, 1, 1, 1, 1, -1), (0, 0, 0, 0, 0, 0, 0)),
    ((1, 1, 1, 1, 1, 1, 1, 1, -1), (0, 0, 0, 0, 0, 0, 1, 1, 0)),
    ((-1, -1, -1, -1, -1, -1, -1, -1, 1), (0, 0, 0, 0, 0, 0, 1, 1, 0)),
]
# The same: values, and where seven or more in a trend end.
TREND = [
    ((), ()),
    ((1, 2, 3, 4, 5, 6), (0, 0, 0, 0, 0, 0)),
    ((1, 2, 3, 3, 4, 5, 6), (0, 0, 0, 0, 0, 0, 0)),
    ((1, 2, 3, 4, 5, 6, 7), (0, 0, 0, 0, 0, 0, 1)),
    ((2, 1, 2, 3, 4, 5, 6, 7, 3), (0, 0, 0, 0, 0, 0, 0, 1, 0)),
    ((7, 6, 5, 4, 3, 2, 1), (0, 0, 0, 0, 0, 0, -1)),
    ((2, 7, 6, 5, 4, 3, 2, 1, 3), (0, 0, 0, 0, 0, 0, 0, -1, 0)),
]
# The same: whether a point is near a limit, its side, and whether it is marked.
TWO_OF_THREE = [
    ((), (), ()),
    ((1, 0, 1), (1, 1, 1), (1, 1, 1)),
    ((0, 1, 1), (1, 1, 1), (1, 1, 1)),
    ((1, 1, 0), (1, 1, 1), (1, 1, 1)),
    ((0, 0, 1, 0, 1, 0, 0), (1, 1, 1, 1, 1, 1, 1), (0, 0, 1, 1, 1, 0, 0)),
    ((0, 0, 1, 1, 0, 0, 0), (1, 1, 1, 1, 1, 1, 1), (0, 1, 1, 1, 1, 0, 0)),
    ((1, 0, 1), (1, -1, 1), (0, 0, 0)),
    ((0, 0, 1, 0, 1, 0, 0), (1, -1, 1, -1, 1, -1, 1), (0, 0, 0, 0, 0, 0, 0)),
    ((0, 0, 1, 1, 0, 0, 0), (-1, 1, -1, 1, -1, 1, -1), (0, 0, 0, 0, 0, 0, 0)),
]
# The same: lower limit, upper limit, target; result where more is better, and where less is.
ASSURANCE = [
    (1, 3, 4, "consistent_fail", "consistent_pass"),
    (5, 7, 4, "consistent_pass", "consistent_fail"),
    (1, 5, 4, "inconsistent", "inconsistent"),
]
