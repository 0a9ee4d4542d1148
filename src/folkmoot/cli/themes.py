"""`folkmoot themes`: what the answers in a table say, without a site."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from folkmoot.cli.terminal import console, plain_errors, stop

if TYPE_CHECKING:
    import polars as pl

    from folkmoot.texts import Discovery

MOST_THEMES = 200


def themes(
    file: Annotated[Path, typer.Argument(help="A table: CSV, XLSX or Parquet.")],
    text: Annotated[str, typer.Option(help="Column of the answers.")],
    id: Annotated[str, typer.Option(help="Column that names each row; else its number.")] = "",
    themes: Annotated[
        str, typer.Option(help="Fewest and most themes wanted, like 6-20.", metavar="MIN-MAX")
    ] = "6-20",
    out: Annotated[
        Path | None, typer.Option(help="Folder to write to; else one named after the file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the themes as JSON.")] = False,
) -> None:
    """Group the free-text answers of a table into campaigns and themes.

    Writes assignments.csv, with a row for every row of the file, and report.html.
    """
    from folkmoot.cli.tables import (
        TableError,
        check_folder,
        read_table,
        replacing,
        text_column,
        write_table,
    )
    from folkmoot.cli.titles import Endpoint, with_titles
    from folkmoot.texts import discover_themes
    from folkmoot.texts.report import report_page

    wanted = _range(themes)
    folder = out or Path(f"{file.stem}-themes")
    with plain_errors(TableError):
        check_folder(folder)
        if folder.exists() and not folder.is_dir():
            raise TableError(f"{folder} is a file: name a folder for what is found.")
        frame = read_table(file)
        answers = text_column(frame, text)
        ids = text_column(frame, id) if id else [str(row) for row in range(1, len(answers) + 1)]
        _tell_repeated(ids, id)
        found = discover_themes(answers, themes=wanted, tell=_tell)
        written, note = frozenset[int](), ""
        endpoint = Endpoint.of(os.environ)
        if endpoint:
            _tell("Asking for titles")
            found, written, note = with_titles(found, answers, endpoint)
        folder.mkdir(exist_ok=True)
        table = folder / "assignments.csv"
        write_table(_assignments(found, ids), table)
        page = report_page(
            found,
            answers,
            ids,
            title=f"What {found.answers:,} answers say",
            source=f"From {file.name}, column {text}.",
            written=written,
            note=note,
        )
        with replacing(folder / "report.html") as report:
            report.write(page.encode())
    if note:
        console.print(note, markup=False)
    if as_json:
        print(
            json.dumps(_as_json(found, answers, ids, table, written), ensure_ascii=False, indent=2)
        )
    else:
        _show(found)
    console.print(f"{table} and {folder / 'report.html'} written.", markup=False)


def _range(said: str) -> tuple[int, int]:
    match = re.fullmatch(r"\s*(\d{1,4})\s*(?:[-–]\s*(\d{1,4}))?\s*", said)
    fewest, most = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not 1 <= fewest <= most <= MOST_THEMES:
        raise stop(
            f"“{said}” is no range of themes: write the fewest and the most, like 6-20, "
            f"up to {MOST_THEMES}."
        )
    return fewest, most


def _tell(step: str, share: float = 0) -> None:
    console.print(f"{step}…", markup=False)


def _tell_repeated(ids: Sequence[str], column: str) -> None:
    repeated = sum(many > 1 for many in Counter(ids).values())
    if repeated:
        console.print(
            f"{repeated:,} values of “{column}” stand in more than one row; every row is kept.",
            markup=False,
        )


def _assignments(found: Discovery, ids: Sequence[str]) -> pl.DataFrame:
    import polars as pl

    placed = found.assignments
    return pl.DataFrame(
        {
            "id": pl.Series(ids, dtype=pl.String),
            "theme_id": pl.Series([each.theme_id for each in placed], dtype=pl.Int64),
            "score": pl.Series([each.score for each in placed], dtype=pl.Float64),
            "second_theme": pl.Series([each.second_theme_id for each in placed], dtype=pl.Int64),
            "campaign_id": pl.Series([each.campaign_id for each in placed], dtype=pl.Int64),
            "status": pl.Series([each.status.value for each in placed], dtype=pl.String),
            "language": pl.Series([each.language for each in placed], dtype=pl.String),
        }
    )


def _as_json(
    found: Discovery,
    answers: Sequence[str],
    ids: Sequence[str],
    table: Path,
    written: frozenset[int],
) -> dict[str, Any]:
    from folkmoot.texts.report import quotation

    return {
        "answers": found.answers,
        "empty": found.empty,
        "cannot_tell": found.cannot_tell,
        "languages": dict(found.languages),
        "wordings": found.wordings,
        "compared": found.compared,
        "campaigns": [
            {
                "id": number,
                "size": len(campaign.members),
                "exemplar": ids[campaign.exemplar],
                "exemplar_text": quotation(answers[campaign.exemplar]),
                "identical_share": round(campaign.identical_share, 4),
            }
            for number, campaign in enumerate(found.campaigns, start=1)
        ],
        "groups": [
            {"id": each.id, "label": each.label, "size": each.size, "themes": list(each.theme_ids)}
            for each in found.groups
        ],
        "themes": [
            {
                "id": theme.id,
                "label": theme.label,
                "description": theme.description,
                "is_machine_written": theme.id in written,
                "keywords": list(theme.keywords),
                "size": theme.size,
                "share": round(theme.share, 4),
                "exemplar_ids": [ids[row] for row in theme.exemplars],
                "cohesion": theme.cohesion,
                "group": theme.group_id,
                "sides": [
                    {
                        "stance": side.stance.value,
                        "about": side.about,
                        "size": side.size,
                        "exemplar_ids": [ids[row] for row in side.exemplars],
                    }
                    for side in theme.sides
                ],
            }
            for theme in found.themes
        ],
        "assignments": str(table),
    }


def _show(found: Discovery) -> None:
    """Print the themes as lines that a person or a program can read."""
    apart = f"{found.empty:,} empty, {found.cannot_tell:,} that cannot be told"
    print(f"{found.answers:,} answers, of them {apart}; {len(found.campaigns):,} campaigns")
    for theme in found.themes:
        print(f"{theme.id:>3}  {theme.size:>9,}  {theme.share:>6.1%}  {theme.label}")
        for side in theme.sides:
            print(f"     {side.size:>9,}          {side.stance.value}")
