"""`folkmoot weigh`: a sample brought to known margins of the population."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from folkmoot.cli.terminal import console, plain_errors, print_json, stop


def weigh(
    sample: Annotated[Path, typer.Argument(help="The respondents: CSV, XLSX or Parquet.")],
    targets: Annotated[
        Path, typer.Option(help="Table of the population: columns variable, level, target.")
    ],
    design_weight: Annotated[
        str, typer.Option(help="Column of the sample with the weights to begin at.")
    ] = "",
    cap: Annotated[
        float | None, typer.Option(help="No weight above so many times the mean, such as 5.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the sample with a column of weights here.")
    ] = None,
    column: Annotated[str, typer.Option(help="Name of the column of weights.")] = "weight",
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Weight a sample to known margins by raking, and say what it costs."""
    # Slow to import, and wanted by this command only.
    from folkmoot.cli.tables import TableError, check_out, read_table, write_table
    from folkmoot.cli.weighing import (
        as_json_object,
        design_weights,
        read_targets,
        sample_columns,
        sentences,
        summary,
        with_weights,
    )
    from folkmoot.core.weighting import TargetsError, rake

    with plain_errors(TableError, TargetsError):
        if out:
            check_out(out)
        frame = read_table(sample)
        if column in frame.columns:
            raise stop(
                f"The sample has a column “{column}” already: name another with --column, such as "
                f"--column {column}_raked."
            )
        wanted = read_targets(targets)
        weighting = rake(
            sample_columns(frame, wanted),
            wanted,
            design_weights=design_weights(frame, design_weight) if design_weight else None,
            cap=cap,
        )
        if out:
            write_table(with_weights(frame, column, weighting), out)
    for sentence in sentences(weighting):
        console.print(sentence, markup=False)
    if as_json:
        print_json(as_json_object(weighting, out))
    else:
        print(summary(weighting))
    if out:
        console.print(f"{out} written: {frame.height:,} rows.", markup=False)
