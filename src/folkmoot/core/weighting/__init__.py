"""Weights that bring a sample to known margins by raking. See `docs/methods/weighting.md`."""

from folkmoot.core.weighting.cells import (
    CAP,
    SMALLEST_EFFECTIVE,
    SMALLEST_LEVEL,
    Cell,
    CellWeights,
    LeftOut,
    WeightedQuestion,
    WeightedShare,
    Why,
    known_cell,
    weigh_cells,
    weighted_question,
)
from folkmoot.core.weighting.effect import design_effect, effective_size
from folkmoot.core.weighting.raking import LevelFit, VariableFit, Weighting, rake
from folkmoot.core.weighting.targets import ReadAs, TargetsError

__all__ = [
    "CAP",
    "SMALLEST_EFFECTIVE",
    "SMALLEST_LEVEL",
    "Cell",
    "CellWeights",
    "LeftOut",
    "LevelFit",
    "ReadAs",
    "TargetsError",
    "VariableFit",
    "WeightedQuestion",
    "WeightedShare",
    "Weighting",
    "Why",
    "design_effect",
    "effective_size",
    "known_cell",
    "rake",
    "weigh_cells",
    "weighted_question",
]
