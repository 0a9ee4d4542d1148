"""`folkmoot report`: the public account, as files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from folkmoot.cli.terminal import console, plain_errors

app = typer.Typer(help="Reports that account for a plan.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Reports that account for a plan."""


@app.command()
def build(
    plan: Annotated[str, typer.Option(help="Slug of the plan, as in its address.")],
    period: Annotated[str, typer.Option(help="A quarter, like 2024-Q4.")],
    out: Annotated[Path, typer.Option(help="Folder to write to.")],
    kind: Annotated[str, typer.Option(help="Kind of report: quarterly.")] = "quarterly",
    as_known_at: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Use only releases published by this day."),
    ] = None,
) -> None:
    """Build a report as HTML, PDF and XLSX from one set of values."""
    from folkmoot.cli.site import start_django

    start_django()
    from folkmoot.publishing.clock import now
    from folkmoot.reports.acts import ReportRefusedError, build_report
    from folkmoot.reports.formats import write

    with plain_errors(ReportRefusedError):
        report = build_report(
            plan, kind, period, at=now(), known_on=as_known_at.date() if as_known_at else None
        )
        for path in write(report, out):
            console.print(f"{path} ({path.stat().st_size / 1000:,.0f} kB)")
