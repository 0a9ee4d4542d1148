"""What `folkmoot code` reads from a table, writes to it, and says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from folkmoot.cli.tables import text_column
from folkmoot.texts.coding import Coder, Estimate, Status, SuggestedCode, Suggestion

STATUS, SUGGESTED = "coding_status", "suggested_codes"
PROBABILITIES, REASON = "suggested_probabilities", "suggested_because"
COLUMNS = (STATUS, SUGGESTED, PROBABILITIES, REASON)
BETWEEN = "; "

Suggestions = Mapping[int, Suggestion]
"""By row, from 0, in order; rows that people coded are absent."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a table and the codes that people gave them."""

    texts: list[str]
    codes: list[str]

    def waiting(self, coder: Coder) -> list[int]:
        """Return the rows that nobody coded."""
        coded = set(coder.rows)
        return [row for row in range(len(self.texts)) if row not in coded]


def read_answers(frame: pl.DataFrame, text: str, codes: str) -> Answers:
    """Return two columns of a table. Raises TableError where one is not there."""
    return Answers(text_column(frame, text), text_column(frame, codes))


def with_suggestions(frame: pl.DataFrame, suggestions: Suggestions) -> pl.DataFrame:
    """Return the table with the columns of suggestions; nothing else of it is changed."""
    rows = [_cells(suggestions.get(row)) for row in range(frame.height)]
    columns = zip(*rows, strict=True)
    return frame.with_columns(
        pl.Series(name, list(column), dtype=pl.String)
        for name, column in zip(COLUMNS, columns, strict=True)
    )


def _cells(suggestion: Suggestion | None) -> tuple[str, str, str, str]:
    if suggestion is None:
        return (Status.CODED.value, "", "", "")
    return (
        suggestion.status.value,
        BETWEEN.join(code.name for code in suggestion.codes),
        BETWEEN.join(f"{code.probability:.2f}" for code in suggestion.codes),
        BETWEEN.join(reason(code) for code in suggestion.codes),
    )


def reason(code: SuggestedCode) -> str:
    """Return why a code is suggested: its words, and the rows of the nearest coded answers."""
    rows = ", ".join(str(row + 1) for row in code.nearest)
    words = ", ".join(f"“{word}”" for word in code.words)
    return f"{code.name}: {words + ', ' if words else ''}like rows {rows}"


def frame_sentences(coder: Coder) -> Iterator[str]:
    """Yield what a person should know of the code frame."""
    for code in coder.codes:
        if code.other_spellings:
            others = ", ".join(f"“{spelling}”" for spelling in code.other_spellings)
            yield f"“{code.name}” and {others} are treated as one code."
    if coder.not_learnt:
        few = ", ".join(f"“{code.name}” ({code.answers})" for code in coder.not_learnt)
        yield f"Not learnt, and never suggested, as too few answers have them: {few}."


def summary(coder: Coder, suggestions: Suggestions) -> str:
    """Return the figures as lines of text."""
    count = _counts(suggestions)
    lines = [
        f"{len(coder.rows):,} answers coded by people, with {len(coder.codes)} codes; "
        f"{count[Status.SUGGESTED]:,} with suggestions, {count[Status.EMPTY]:,} empty, "
        f"{count[Status.CANNOT_TELL]:,} that say nothing to go by."
    ]
    quality = coder.quality
    if quality:
        lines += [
            f"Cross-validated on the coded answers, in {quality.folds} parts "
            "(F1 of 1 is full agreement with people; 95% interval):",
            f"  F1 by answer {_interval(quality.samples_f1)}",
            f"  F1 of all codes together {_interval(quality.micro_f1)}",
            f"  F1 by code {_interval(quality.macro_f1)}",
            f"  among the three most probable {quality.top3_recall:.2f} of people's codes",
            f"  Brier score {quality.brier:.3f} (by shares alone: {quality.brier_of_shares:.3f})",
            "  code: answers, precision, recall",
        ]
        for code, own in zip(coder.codes, quality.codes, strict=True):
            if own is None:
                lines.append(f"    {code.name}: {code.answers:,}, not learnt")
            else:
                precision = "never suggested" if own.precision is None else f"{own.precision:.2f}"
                lines.append(f"    {code.name}: {code.answers:,}, {precision}, {own.recall:.2f}")
    return "\n".join(lines)


def _interval(estimate: Estimate) -> str:
    return f"{estimate.value:.2f} ({estimate.lower:.2f} to {estimate.upper:.2f})"


def _counts(suggestions: Suggestions) -> dict[Status, int]:
    count = dict.fromkeys(Status, 0)
    for suggestion in suggestions.values():
        count[suggestion.status] += 1
    return count


def as_json_object(
    coder: Coder, suggestions: Suggestions, rows: int, out: Path | None
) -> dict[str, Any]:
    """Return everything that was found; rows are numbered from 1, the header not counted."""
    count = _counts(suggestions)
    qualities = coder.quality.codes if coder.quality else (None,) * len(coder.codes)
    figures = asdict(coder.quality) if coder.quality else None
    if figures:
        del figures["codes"]
    return {
        "rows": rows,
        "coded": len(coder.rows),
        "suggested": count[Status.SUGGESTED],
        "empty": count[Status.EMPTY],
        "cannot_tell": count[Status.CANNOT_TELL],
        "threshold": coder.threshold,
        "quality": figures,
        "codes": [
            asdict(code) | {"learnt": at in coder.learnt, "quality": asdict(own) if own else None}
            for at, (code, own) in enumerate(zip(coder.codes, qualities, strict=True))
        ],
        "suggestions": [
            {
                "row": row + 1,
                "status": suggestion.status.value,
                "codes": [
                    asdict(code) | {"nearest": [near + 1 for near in code.nearest]}
                    for code in suggestion.codes
                ],
            }
            for row, suggestion in suggestions.items()
        ],
        "out": str(out) if out else None,
    }
