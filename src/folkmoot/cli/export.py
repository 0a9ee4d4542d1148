"""`folkmoot export` and `folkmoot retention`: responses to a file, and what is erased when."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from folkmoot.cli.terminal import console, plain_errors, stop

if TYPE_CHECKING:
    from folkmoot.responses.models import Survey

app = typer.Typer(help="Responses to a survey, as a file for analysts.", no_args_is_help=True)


class Format(StrEnum):
    """The formats of an export."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    SAV = "sav"


class Monitoring(StrEnum):
    """How equality answers come with it."""

    NONE = "none"
    APART = "apart"
    KEYED = "keyed"


@app.callback()
def main() -> None:
    """Responses to a survey, as a file for analysts."""


@app.command("responses")
def responses(
    survey: Annotated[
        str, typer.Argument(help="The survey: its number, or the end of its address.")
    ],
    out: Annotated[Path, typer.Option(help="File to write.")],
    chosen: Annotated[Format, typer.Option("--format", help="Format of the file.")] = Format.CSV,
    words: Annotated[bool, typer.Option(help="Wording of options in place of codes.")] = False,
    package: Annotated[
        bool, typer.Option(help="A ZIP with the data dictionary beside the file.")
    ] = False,
    monitoring: Annotated[
        Monitoring, typer.Option(help="Equality answers, in a file of their own in a ZIP.")
    ] = Monitoring.NONE,
) -> None:
    """Write the responses to a survey that count. It is noted in the audit record."""
    from folkmoot.cli.site import prepare_database, start_django

    start_django()
    prepare_database()
    from folkmoot.publishing.clock import now
    from folkmoot.responses.acts.exporting import begin_export
    from folkmoot.responses.exporting.errors import TooLargeError
    from folkmoot.responses.exporting.formats import write_file
    from folkmoot.responses.exporting.layout import layout
    from folkmoot.responses.exporting.package import write_package
    from folkmoot.responses.exporting.rows import rows
    from folkmoot.responses.exporting.selection import Selection

    found, selection, at = _survey(survey), Selection(in_words=words), now()
    if monitoring is not Monitoring.NONE and not package:
        raise stop("Equality answers are a file of their own: add --package to get both in a ZIP.")
    if not out.resolve().parent.is_dir():
        raise stop(f"There is no folder {out.resolve().parent}: make it, or write elsewhere.")
    with plain_errors(TooLargeError):
        noted = begin_export(
            found,
            chosen.value,
            selection,
            at,
            None,
            monitoring=monitoring.value,
            is_sent_at_once=True,
        )
        if package:
            with out.open("wb") as file:
                write_package(file, found, selection, chosen.value, at, monitoring=monitoring.value)
        else:
            laid_out = layout(found, selection)
            read = rows(laid_out, selection.responses(found))
            write_file(out, chosen.value, laid_out.columns, read, title=found.title, in_words=words)
    size = out.stat().st_size / 1000
    console.print(f"{out} written: {noted.total:,} responses, {size:,.0f} kB.", markup=False)


def retention(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what goes when, and erase nothing.")
    ] = False,
) -> None:
    """Erase what is kept for a time only and whose time is over."""
    from folkmoot.cli.site import prepare_database, start_django

    start_django()
    prepare_database()
    from folkmoot.publishing.clock import local, now
    from folkmoot.responses.acts import erase_due
    from folkmoot.responses.retention import plan

    at = now()
    if not dry_run:
        erased = erase_due(at)
        print("Erased: " + ", ".join(f"{many:,} {what}" for what, many in erased.items()) + ".")
        return
    found = plan(at)
    today = local(at).date()
    for due in found:
        of = due.survey or due.consultation
        when = f"since {due.on:%Y-%m-%d}: due" if due.is_due(today) else f"from {due.on:%Y-%m-%d}"
        print(f"{when}  {due.many:>9,} {due.kind.words}{f' of {of}' if of else ''}")
    if not found:
        print("Nothing is kept that will have to go.")


def _survey(named: str) -> Survey:
    from folkmoot.responses.models import Survey

    surveys = Survey.objects.filter(pk=int(named)) if named.isdigit() else Survey.objects.none()
    found = list(surveys or Survey.objects.filter(slug=named)[:2])
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{each.pk} ({each.slug})" for each in Survey.objects.order_by("pk")[:20])
    wrong = f"There is no survey '{named}'" if not found else f"Several surveys are '{named}'"
    raise stop(f"{wrong}: name one by its number: {listed or 'this site has none yet'}.")
