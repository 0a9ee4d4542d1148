"""`folkmoot code`: codes suggested for the answers that nobody coded yet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from folkmoot.cli.terminal import console, plain_errors, print_json, stop


def code(
    file: Annotated[Path, typer.Argument(help="The answers: CSV, XLSX or Parquet.")],
    text: Annotated[str, typer.Option(help="Column with the answers.")],
    codes: Annotated[
        str, typer.Option(help="Column with the codes that people gave; empty where none yet.")
    ],
    separator: Annotated[str, typer.Option(help="What divides the codes in a cell.")] = ";",
    out: Annotated[
        Path | None, typer.Option(help="Write the table with columns of suggestions here.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Learn a code frame from coded answers and suggest codes for the rest, with reasons."""
    # Slow to import, and wanted by this command only.
    from folkmoot.cli.coding import (
        COLUMNS,
        as_json_object,
        frame_sentences,
        read_answers,
        summary,
        with_suggestions,
    )
    from folkmoot.cli.tables import TableError, check_out, read_table, write_table
    from folkmoot.texts.coding import CodingError, learn_codes

    with plain_errors(TableError, CodingError):
        if out:
            check_out(out)
        frame = read_table(file)
        answers = read_answers(frame, text, codes)
        if not separator.strip():
            raise stop("The separator is empty: give the sign that divides the codes, such as “;”.")
        taken = [name for name in COLUMNS if name in frame.columns]
        if taken:
            raise stop(
                f"The table has a column “{taken[0]}” already: rename it or take it out, so that "
                "it is not mistaken for what is suggested now."
            )
        coder = learn_codes(answers.texts, answers.codes, separator=separator)
        waiting = answers.waiting(coder)
        if not waiting:
            raise stop(f"Every row has codes in “{codes}” already: there is nothing to suggest.")
        suggestions = dict(
            zip(waiting, coder.suggest([answers.texts[row] for row in waiting]), strict=True)
        )
        if out:
            write_table(with_suggestions(frame, suggestions), out)
    for sentence in frame_sentences(coder):
        console.print(sentence, markup=False)
    if as_json:
        print_json(as_json_object(coder, suggestions, frame.height, out))
    else:
        print(summary(coder, suggestions))
    if out:
        console.print(
            f"{out} written: {frame.height:,} rows. Nothing is accepted: a person confirms.",
            markup=False,
        )
