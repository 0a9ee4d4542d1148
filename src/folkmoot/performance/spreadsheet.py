"""A measure's figures as an accessible spreadsheet."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from folkmoot.core.tables import MINUS, Table

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_xlsx(
    table: Table, title: str, about: Sequence[str], source: str, body: str, made: datetime
) -> bytes:
    """Return a workbook of a cover and one sheet with the table, numbers as numbers.

    Laid out by the Analysis Function's own library. The same figures give the same bytes: `made`
    is the instant at which their release was imported.
    """
    import gptables
    import pandas as pd

    rows = [[row[0], *map(_cell, row[1:])] for row in table.rows]
    sheet = gptables.GPTable(
        table=pd.DataFrame(rows, columns=list(table.headers)),
        table_name="figures",
        title=table.caption,
        subtitles=[title],
        legend=list(table.notes) or ["[x] not available"],
        source=source,
        index_columns={2: 0},
    )
    cover = gptables.Cover(
        title=title,
        intro=["Introductory information", *about],
        about=["Source", source],
        contact=["Published by", body or " "],
    )
    kept = BytesIO()
    with warnings.catch_warnings():
        # It says that there are no notes, and that it calls pandas in a way of the past.
        warnings.simplefilter("ignore")
        book: Any = gptables.produce_workbook(
            filename=kept, sheets={"Figures": sheet}, cover=cover, contentsheet_label="Contents"
        )
    book.set_properties(
        {"title": title, "author": body, "created": made.replace(tzinfo=None, microsecond=0)}
    )
    book.close()
    return kept.getvalue()


def _cell(text: str) -> str | float:
    """Return a printed cell as a number where it is one, so that a spreadsheet can reckon."""
    plain = text.replace(",", "").replace(MINUS, "-")
    try:
        return float(plain[:-1]) / 100 if plain.endswith("%") else float(plain)
    except ValueError:
        return text
