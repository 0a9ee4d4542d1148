"""The formats of an export, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from folkmoot.responses.exporting.columns import Column
from folkmoot.responses.exporting.csv_file import write_csv
from folkmoot.responses.exporting.layout import Row
from folkmoot.responses.exporting.parquet_file import write_parquet
from folkmoot.responses.exporting.sav_file import write_sav
from folkmoot.responses.exporting.xlsx_file import write_xlsx

CSV, XLSX, PARQUET, SAV = "csv", "xlsx", "parquet", "sav"
FORMATS = (CSV, XLSX, PARQUET, SAV)


def write_file(
    path: Path,
    chosen: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    *,
    title: str = "",
    in_words: bool = False,
    bom: bool = True,
) -> None:
    """Write an export in a format to a file. An SPSS file has codes and wording alike.

    Raises TooLargeError where the format cannot hold it; ValueError for an unknown format.
    """
    if chosen == SAV:
        write_sav(path, columns, rows, title=title)
        return
    with path.open("wb") as file:
        if chosen == CSV:
            write_csv(file, columns, rows, in_words=in_words, bom=bom)
        elif chosen == XLSX:
            write_xlsx(file, columns, rows, in_words=in_words)
        elif chosen == PARQUET:
            write_parquet(file, columns, rows, in_words=in_words)
        else:
            raise ValueError(f"'{chosen}' is no format: choose from {', '.join(FORMATS)}.")
