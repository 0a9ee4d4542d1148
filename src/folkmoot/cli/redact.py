"""`folkmoot redact`: personal details in a column of answers, marked out by kind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from folkmoot.cli.terminal import console, plain_errors, print_json, stop

if TYPE_CHECKING:
    import polars as pl

    from folkmoot.texts import Span

    Found = list[tuple[int, Span]]
    """Row, from 0, and span."""


def redact(
    file: Annotated[Path, typer.Argument(help="The answers: CSV, XLSX or Parquet.")],
    text: Annotated[str, typer.Option(help="Column with the answers.")],
    out: Annotated[
        Path | None, typer.Option(help="Write the table here, with marks for what was found.")
    ] = None,
    findings: Annotated[
        Path | None,
        typer.Option(help="Write what was found here, word for word: a file to keep under lock."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Find personal details in answers, so that a person can confirm them."""
    # Slow to import, and wanted by this command only.
    from folkmoot.cli.tables import (
        TableError,
        check_out,
        known_column,
        read_table,
        text_column,
        write_table,
    )
    from folkmoot.texts.redaction import find_personal_details

    with plain_errors(TableError):
        for path in (out, findings):
            if path:
                check_out(path)
        if findings and (findings == out or findings.resolve() == file.resolve()):
            raise stop("What was found needs a file of its own: name another after --findings.")
        frame = read_table(file)
        column = known_column(frame, text)
        texts = text_column(frame, column)
        found = [
            (row, span) for row, each in enumerate(texts) for span in find_personal_details(each)
        ]
        if out:
            write_table(_marked(frame, column, texts), out)
        if findings:
            write_table(_found_table(found, texts), findings)
    kinds = Counter(span.kind.value for _, span in found)
    changed = len({row for row, _ in found})
    if as_json:
        print_json(
            {
                "rows": frame.height,
                "rows_with_details": changed,
                "details": len(found),
                "kinds": dict(sorted(kinds.items())),
                "findings": [
                    {"row": row + 1, "kind": span.kind.value, "start": span.start, "end": span.end}
                    for row, span in found
                ],
                "out": str(out) if out else None,
                "findings_out": str(findings) if findings else None,
            }
        )
    else:
        print(f"{len(found):,} personal details in {changed:,} of {frame.height:,} rows.")
        for kind, many in sorted(kinds.items(), key=lambda each: (-each[1], each[0])):
            print(f"  {kind}: {many:,}")
    if out:
        console.print(
            f"{out} written: {frame.height:,} rows. Only “{column}” is redacted: a person should "
            "read it, and look at the other columns.",
            markup=False,
        )
    if findings:
        console.print(
            f"{findings} written: it holds what was found, word for word. Keep it under lock.",
            markup=False,
        )


def _marked(frame: pl.DataFrame, column: str, texts: list[str]) -> pl.DataFrame:
    """Return the table with marks in one column; a missing answer stays missing."""
    import polars as pl

    from folkmoot.texts import redact as marked

    missing = frame[column].is_null().to_list()
    cells = [None if gap else marked(each) for each, gap in zip(texts, missing, strict=True)]
    return frame.with_columns(pl.Series(column, cells, dtype=pl.String))


def _found_table(found: Found, texts: list[str]) -> pl.DataFrame:
    """Return one row a finding: row (from 1), kind, start, end and the words themselves."""
    import polars as pl

    schema: dict[str, type[pl.DataType]] = {
        "row": pl.Int64,
        "kind": pl.String,
        "start": pl.Int64,
        "end": pl.Int64,
        "text": pl.String,
    }
    rows = [
        (row + 1, span.kind.value, span.start, span.end, texts[row][span.start : span.end])
        for row, span in found
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")
