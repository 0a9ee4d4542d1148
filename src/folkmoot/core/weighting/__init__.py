"""Weights that bring a sample to known margins by raking. See `docs/methods/weighting.md`."""

from folkmoot.core.weighting.effect import design_effect, effective_size
from folkmoot.core.weighting.raking import LevelFit, VariableFit, Weighting, rake
from folkmoot.core.weighting.targets import ReadAs, TargetsError

__all__ = [
    "LevelFit",
    "ReadAs",
    "TargetsError",
    "VariableFit",
    "Weighting",
    "design_effect",
    "effective_size",
    "rake",
]
