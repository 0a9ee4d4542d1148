"""`folkmoot spc`: whether a series changed, or only varies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from folkmoot.cli.terminal import console, plain_errors, print_json
from folkmoot.core.spc import Direction


def spc(
    file: Annotated[Path, typer.Argument(help="One row a period: CSV, XLSX or Parquet.")],
    period: Annotated[str, typer.Option(help="Column of the periods, such as 2024-10.")],
    value: Annotated[str, typer.Option(help="Column of the figures.")],
    improvement: Annotated[
        Direction, typer.Option(help="The direction in which a change is an improvement.")
    ] = Direction.NEUTRAL,
    target: Annotated[
        float | None, typer.Option(help="Say whether this would be met if nothing changed.")
    ] = None,
    baseline: Annotated[
        int | None, typer.Option(min=2, help="Take limits from so many first periods.")
    ] = None,
    rebase: Annotated[
        list[str] | None, typer.Option(help="Count limits anew from this period, or these.")
    ] = None,
    screen: Annotated[
        bool, typer.Option("--screen/--no-screen", help="Leave outlying moving ranges out.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
    more_rebases: Annotated[
        list[str] | None, typer.Argument(hidden=True, metavar="[PERIOD]...")
    ] = None,
) -> None:
    """Read a series by its control chart: its usual range, and what is more than chance."""
    # Slow to import, and wanted by this command only.
    from folkmoot.cli.charting import as_json_object, charted, read_figures, summary
    from folkmoot.cli.tables import TableError

    with plain_errors(TableError):
        if more_rebases and not rebase:
            raise TableError(
                f"There is one table to read, and “{more_rebases[0]}” is a second: name one."
            )
        figures = read_figures(file, period, value)
        result = charted(
            figures,
            improvement,
            target=target,
            baseline=baseline,
            rebase=[*(rebase or ()), *(more_rebases or ())],
            screen_outliers=screen,
        )
    for note in result.notes:
        console.print(note, markup=False)
    if as_json:
        print_json(as_json_object(result))
    else:
        print(summary(result))
