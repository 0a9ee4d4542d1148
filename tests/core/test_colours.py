"""Contrast of two colours, by pairs whose ratio is widely published, and of the charts' own."""

from __future__ import annotations

import pytest

from folkmoot.core.charts import BAND, INK, SOFT, TOKENS
from folkmoot.core.colours import contrast, lightened


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # The lightest grey on white that passes 4.5, and the first that does not.
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
        ("#FF0000", "#FFFFFF", 4.00),
    ],
)
def test_known_contrasts(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)
    assert contrast(second, first) == contrast(first, second)


def test_words_of_a_chart_can_be_read_on_paper() -> None:
    for colour in (INK, SOFT):
        assert contrast(colour, TOKENS["paper"]) >= 4.5


@pytest.mark.parametrize("name", ["ink", "ink-soft", "improvement", "concern", "neutral"])
@pytest.mark.parametrize("ground", [TOKENS["paper"], BAND])
def test_marks_of_a_chart_stand_out_from_what_lies_behind(name: str, ground: str) -> None:
    assert contrast(TOKENS[name], ground) >= 3


@pytest.mark.parametrize("colour", ["#000000", "#00008b", "#5b1a6b", "#8b0000"])
def test_lightened_colour_reaches_the_contrast_and_no_step_more(colour: str) -> None:
    found = lightened(colour, "#18222f", 4.5)
    assert 4.5 <= contrast(found, "#18222f") < 6


def test_colour_that_is_light_enough_stays_as_it_is() -> None:
    assert lightened("#8cc4f2", "#18222f", 4.5) == "#8cc4f2"


def test_white_is_the_most_that_lightening_can_do() -> None:
    assert lightened("#000000", "#777777", 7) == "#ffffff"
