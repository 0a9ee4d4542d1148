"""Charts as SVG, from one Vega-Lite specification each, with all their numbers known.

The SVG stands inline in a page under a strict content security policy: no style, no script.
Colours name the page's tokens with a fallback, so that one chart serves light, dark and high
contrast; `Palette.PRINT` names plain colours, for a PDF.
"""

from folkmoot.core.charts.alone import as_png, standing_alone
from folkmoot.core.charts.areas import AreaPoint, funnel_svg, ranked_svg
from folkmoot.core.charts.control import control_chart_svg, describe_control_chart
from folkmoot.core.charts.counts import counts_svg, describe_counts
from folkmoot.core.charts.drawing import BAND, INK, RULE, SOFT, TOKENS, Palette
from folkmoot.core.charts.rolling import describe_rolling, rolling_svg
from folkmoot.core.charts.sparkline import sparkline_svg, survey_sparkline_svg
from folkmoot.core.charts.survey import describe_survey, survey_svg

__all__ = [
    "BAND",
    "INK",
    "RULE",
    "SOFT",
    "TOKENS",
    "AreaPoint",
    "Palette",
    "as_png",
    "control_chart_svg",
    "counts_svg",
    "describe_control_chart",
    "describe_counts",
    "describe_rolling",
    "describe_survey",
    "funnel_svg",
    "ranked_svg",
    "rolling_svg",
    "sparkline_svg",
    "standing_alone",
    "survey_sparkline_svg",
    "survey_svg",
]
