"""Targets and samples for raking from tables, and what raking did for a reader or a program."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from folkmoot.cli.tables import TableError, known_column, read_table, text_column
from folkmoot.core.weighting import LevelFit, Weighting, design_effect, effective_size

TARGET_COLUMNS = ("variable", "level", "target")
WEIGHT_DIGITS = 8
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?").fullmatch


def read_targets(path: Path) -> dict[str, dict[str, float]]:
    """Return the target of each level of each variable. Raises TableError."""
    frame = read_table(path, as_text=True)
    headings = {name.lower(): name for name in frame.columns}
    for name in TARGET_COLUMNS:
        if name not in headings:
            raise TableError(
                f"“{path.name}” has no column “{name}”: targets are a table with the columns "
                "variable, level and target, one row for each level."
            )
    columns = (text_column(frame, headings[name]) for name in TARGET_COLUMNS)
    found: dict[str, dict[str, float]] = {}
    for row, cells in enumerate(zip(*columns, strict=True), start=2):
        variable, level, target = (cell.strip() for cell in cells)
        if not (variable or level or target):
            continue
        if level in found.setdefault(variable, {}):
            raise TableError(
                f"“{path.name}”, row {row}: “{variable}”, “{level}” has a target already: leave "
                "one of the two out."
            )
        found[variable][level] = _number(target, f"“{path.name}”, row {row}: the target")
    return found


def sample_columns(frame: pl.DataFrame, variables: Iterable[str]) -> dict[str, list[str]]:
    """Return each variable's levels, one a row. Raises TableError for one that is not there."""
    return {name: [level.strip() for level in text_column(frame, name)] for name in variables}


def design_weights(frame: pl.DataFrame, name: str) -> list[float]:
    """Return a column of weights. Raises TableError for a cell that is no number."""
    return [
        _number(cell, f"Row {row} of the sample: the design weight")
        for row, cell in enumerate(text_column(frame, known_column(frame, name)), start=2)
    ]


def with_weights(frame: pl.DataFrame, column: str, weighting: Weighting) -> pl.DataFrame:
    """Return the sample with its weights as the last column."""
    return frame.with_columns(pl.Series(column, weighting.weights).round(WEIGHT_DIGITS))


def _number(cell: str, what: str) -> float:
    text = cell.strip().removesuffix("%").strip()
    if _THOUSANDS(text):
        text = text.replace(",", "")
    try:
        return float(text)
    except ValueError as error:
        raise TableError(f"{what} “{cell}” is no number: write it like 1234.5.") from error


def sentences(weighting: Weighting) -> list[str]:
    """Return what a reader should know of the weights: how gaps were read, what is not met."""
    said = list(weighting.notes)
    for variable, fit in weighting.unmatched:
        sentence = (
            f"Not matched: “{variable}”, “{fit.level}” has {fit.weighted_share:.2%} of the weights "
            f"and a target of {fit.target:.2%}"
        )
        if weighting.cap and fit.target > weighting.cap * fit.sample_share:
            sentence += f", as {fit.respondents:,} respondents cannot reach it under the cap"
        said.append(sentence + ".")
    return said


def as_json_object(weighting: Weighting, out: Path | None) -> dict[str, Any]:
    """Return the results for another program; the keys are told in `docs/reference/commands.md`."""
    weights = weighting.weights
    return {
        "rows": len(weights),
        "converged": weighting.is_converged,
        "passes": weighting.passes,
        "design_effect": design_effect(weights),
        "effective_sample_size": effective_size(weights),
        "weights": {
            "smallest": float(weights.min()),
            "mean": float(weights.mean()),
            "largest": float(weights.max()),
        },
        "cap": weighting.cap,
        "trimmed": weighting.trimmed,
        "variables": [
            {
                "variable": fit.variable,
                "targets_read_as": fit.read_as.value,
                "targets_total": fit.total,
                "unknown": fit.unknown,
                "levels": [
                    {
                        "level": level.level,
                        "respondents": level.respondents,
                        "sample_share": level.sample_share,
                        "design_share": level.design_share,
                        "target": level.target,
                        "weighted_share": level.weighted_share,
                        "mean_weight": level.mean_weight,
                        "matched": level.is_met,
                    }
                    for level in fit.levels
                ],
            }
            for fit in weighting.variables
        ],
        "unmatched": [
            {
                "variable": variable,
                "level": fit.level,
                "target": fit.target,
                "weighted_share": fit.weighted_share,
            }
            for variable, fit in weighting.unmatched
        ],
        "notes": list(weighting.notes),
        "out": str(out) if out else None,
    }


def summary(weighting: Weighting) -> str:
    """Return the results as lines for a reader."""
    weights = weighting.weights
    width = max(len(fit.level) for each in weighting.variables for fit in each.levels)
    lines = []
    for each in weighting.variables:
        lines.append(f"{each.variable} ({each.read_as.value}; {each.unknown:,} not known)")
        lines += [_level_line(fit, width) for fit in each.levels]
    met = "all margins are met" if weighting.is_converged else "not all margins are met"
    at_cap = f", {weighting.trimmed:,} at the cap of {weighting.cap:g}" if weighting.cap else ""
    lines += [
        f"{len(weights):,} respondents; {met} after {weighting.passes:,} passes",
        f"Weights from {weights.min():.3f} to {weights.max():.3f}{at_cap}",
        f"Design effect {design_effect(weights):.3f}, effective sample size "
        f"{effective_size(weights):,.0f}",
    ]
    return "\n".join(lines)


def _level_line(fit: LevelFit, width: int) -> str:
    shares = f"{fit.sample_share:>6.1%} -> {fit.weighted_share:>6.1%}, target {fit.target:>6.1%}"
    return (
        f"  {fit.level:<{width}}  {fit.respondents:>9,} respondents  {shares}  "
        f"mean weight {fit.mean_weight:.2f}"
    )
