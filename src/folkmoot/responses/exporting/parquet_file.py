"""An export as Parquet: typed columns, and beside each why a value is missing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from folkmoot.responses.exporting.columns import Column, Shape, named
from folkmoot.responses.exporting.layout import Cell, Row
from folkmoot.responses.exporting.missing import Missing

ROWS_AT_ONCE = 5_000
CODES = pa.dictionary(pa.int32(), pa.string())
TYPES = {
    Shape.CODE: CODES,
    Shape.FLAG: pa.bool_(),
    Shape.TEXT: pa.string(),
    Shape.NUMBER: pa.float64(),
    Shape.DEGREES: pa.float64(),
    Shape.DAY: pa.date32(),
    Shape.INSTANT: pa.timestamp("us", tz="UTC"),
}
TYPED = (Shape.NUMBER, Shape.DAY)


def write_parquet(
    file: BinaryIO, columns: Sequence[Column], rows: Iterable[Row], *, in_words: bool = False
) -> None:
    """Write an export as Parquet, with wording and options in the metadata of each column.

    Beside each column of a question stands `<name>__missing`, empty where there is a value. What
    should be a number or a day and is none stands there as it was typed.
    """
    schema = _schema(columns, in_words=in_words)
    left = iter(rows)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while piece := list(islice(left, ROWS_AT_ONCE)):
            writer.write_table(_table(columns, piece, schema, in_words=in_words))


def _schema(columns: Sequence[Column], *, in_words: bool) -> pa.Schema:
    fields = []
    for column, beside in zip(columns, _names_beside(columns), strict=True):
        said = {"label": column.label, "holds": column.shape.value, "question": column.part}
        said |= {"codes": json.dumps(dict(column.labels), ensure_ascii=False)}
        said |= {"versions": ", ".join(column.versions), "note": column.note}
        fields.append(pa.field(column.name, TYPES[column.shape], metadata=said))
        fields.append(pa.field(beside, CODES, metadata={"label": f"Why {column.name} is missing"}))
    about = {
        "folkmoot.options": "wording" if in_words else "codes",
        "folkmoot.missing": json.dumps([each.value for each in Missing]),
    }
    return pa.schema(fields, metadata=about)


def _names_beside(columns: Sequence[Column]) -> list[str]:
    beside = [Column(f"{each.name}__missing", "", Shape.TEXT) for each in columns]
    return [each.name for each in named([*columns, *beside])[len(columns) :]]


def _table(
    columns: Sequence[Column], piece: Sequence[Row], schema: pa.Schema, *, in_words: bool
) -> pa.Table:
    arrays = []
    for column, cells in zip(columns, zip(*piece, strict=True), strict=True):
        words = dict(column.labels) if in_words and column.shape is Shape.CODE else {}
        values: list[Any] = []
        missing: list[str | None] = []
        for cell in cells:
            value, why = _split(column, cell)
            values.append(words.get(value, value) if words else value)
            missing.append(why)
        kind = TYPES[column.shape]
        if kind == CODES:
            arrays.append(pa.array(values, pa.string()).dictionary_encode())
        else:
            arrays.append(pa.array(values, kind))
        arrays.append(pa.array(missing, pa.string()).dictionary_encode())
    return pa.Table.from_arrays(arrays, schema=schema)


def _split(column: Column, cell: Cell) -> tuple[Any, str | None]:
    """Return the value of a cell, and why there is none."""
    if isinstance(cell, Missing):
        return None, cell.value
    if column.shape in TYPED and isinstance(cell, str):
        return None, f"as typed: {cell}"
    return cell, None
