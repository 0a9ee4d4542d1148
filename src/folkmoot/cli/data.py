"""`folkmoot data`: published files to observations."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from folkmoot.cli.terminal import console, plain_errors

app = typer.Typer(help="Published figures: import them, derive compact tables from them.")

Files = Annotated[list[Path], typer.Argument(help="The files of one release.", exists=True)]
Day = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The publisher's date of the release."),
]


def _day(released: datetime | None) -> date | None:
    return released.date() if released else None


@app.command("sources")
def list_sources() -> None:
    """List the sources that can be read, with their series."""
    from folkmoot.sources.registry import sources

    for source in sources():
        print(f"{source.key}: {source.title} ({source.publisher})")
        for series in source.series:
            print(f"  {series.key}: {series.title}")


@app.command("import")
def import_files(
    files: Files,
    source: Annotated[
        str, typer.Option("--as", help="Key of the source, where the files do not tell.")
    ] = "",
    released: Day = None,
) -> None:
    """Import one release of a source. The same release twice changes nothing."""
    from folkmoot.cli.site import prepare_database, start_django

    start_django()
    prepare_database()
    from folkmoot.performance.acts import ImportRefusedError, import_release
    from folkmoot.publishing.clock import now
    from folkmoot.sources.errors import SourceError

    with plain_errors(SourceError, ImportRefusedError):
        imported = import_release(
            files, at=now(), released_on=_day(released), source=source, announce=console.print
        )
    console.print(imported.sentence)


@app.command()
def derive(
    files: Files,
    out: Annotated[Path, typer.Option(help="File to write.")],
    released: Day = None,
) -> None:
    """Write a compact table of a release's series: a few hundred kilobytes for a whole city."""
    from folkmoot.sources.derived import derive as write
    from folkmoot.sources.errors import SourceError

    with plain_errors(SourceError):
        write(files, _day(released), out)
    console.print(f"{out} written ({out.stat().st_size / 1000:,.0f} kB).")
