"""`folkmoot export` and `folkmoot retention`: responses to a file, and what is erased when."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from folkmoot.cli.terminal import console, plain_errors, stop

if TYPE_CHECKING:
    from folkmoot.consultations.models import Consultation
    from folkmoot.responses.models import Survey

app = typer.Typer(help="Responses, as a file for analysts.", no_args_is_help=True)


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
    """Responses, as a file for analysts."""


@app.command("responses")
def responses(
    named: Annotated[
        str,
        typer.Argument(
            metavar="SURVEY",
            help="The survey, or with --letters the consultation: its number, or the end of its "
            "address.",
        ),
    ],
    out: Annotated[Path, typer.Option(help="File to write.")],
    chosen: Annotated[Format, typer.Option("--format", help="Format of the file.")] = Format.CSV,
    words: Annotated[bool, typer.Option(help="Wording of options in place of codes.")] = False,
    package: Annotated[
        bool, typer.Option(help="A ZIP with the data dictionary beside the file.")
    ] = False,
    letters: Annotated[
        bool,
        typer.Option(
            "--letters",
            help="What was written to a consultation without a survey: letters, e-mails, points.",
        ),
    ] = False,
    files: Annotated[
        bool, typer.Option("--files", help="The files that were sent, in the ZIP of --package.")
    ] = False,
    monitoring: Annotated[
        Monitoring, typer.Option(help="Equality answers, in a file of their own in a ZIP.")
    ] = Monitoring.NONE,
) -> None:
    """Write the responses that count. It is noted in the audit record."""
    from folkmoot.cli.site import prepare_database, start_django

    start_django()
    prepare_database()
    from folkmoot.publishing.clock import now
    from folkmoot.responses.acts.exporting import begin_export
    from folkmoot.responses.exporting.errors import ExportRefusedError, TooLargeError
    from folkmoot.responses.exporting.formats import write_file
    from folkmoot.responses.exporting.package import write_package
    from folkmoot.responses.exporting.selection import Selection
    from folkmoot.responses.exporting.tables import table

    of = _consultation(named) if letters else _survey(named)
    selection, at = Selection(in_words=words, with_files=files), now()
    if monitoring is not Monitoring.NONE and not package:
        raise stop("Equality answers are a file of their own: add --package to get both in a ZIP.")
    if files and not package:
        raise stop("Files that were sent come in a ZIP: add --package.")
    if not out.resolve().parent.is_dir():
        raise stop(f"There is no folder {out.resolve().parent}: make it, or write elsewhere.")
    with plain_errors(TooLargeError, ExportRefusedError):
        noted = begin_export(
            of,
            chosen.value,
            selection,
            at,
            None,
            monitoring=monitoring.value,
            is_sent_at_once=True,
        )
        if package:
            with out.open("wb") as file:
                write_package(file, of, selection, chosen.value, at, monitoring=monitoring.value)
        else:
            found = table(of, selection)
            write_file(
                out, chosen.value, found.columns, found.rows, title=found.title, in_words=words
            )
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

    found: Survey = _one(Survey, named, "survey")
    return found


def _consultation(named: str) -> Consultation:
    from folkmoot.consultations.models import Consultation

    found: Consultation = _one(Consultation, named, "consultation")
    return found


def _one(model: Any, named: str, what: str) -> Any:
    """Return the one page of a kind that is named by its number or the end of its address."""
    numbered = model.objects.filter(pk=int(named)) if named.isdigit() else model.objects.none()
    found = list(numbered or model.objects.filter(slug=named)[:2])
    if len(found) == 1:
        return found[0]
    listed = ", ".join(f"{each.pk} ({each.slug})" for each in model.objects.order_by("pk")[:20])
    wrong = f"There is no {what} '{named}'" if not found else f"Several {what}s are '{named}'"
    raise stop(f"{wrong}: name one by its number: {listed or 'this site has none yet'}.")
