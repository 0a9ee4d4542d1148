"""Rows of a CSV file, however it is encoded and divided."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from folkmoot.sources.spreadsheets.rows import (
    LONGEST_CELL,
    BrokenTableError,
    TableRow,
    within_limits,
)

HEAD_BYTES = 65_536
CHUNK_BYTES = 1 << 20
DELIMITERS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Beyond the module's own limit of 131,072: a submission may be a whole report.
csv.field_size_limit(LONGEST_CELL)


def encoding_of(file: BinaryIO, head: bytes, name: str) -> str:
    """Return how a text file is encoded: by its mark, its NULs, or by what its bytes can be.

    The whole file is looked at, as the first letter that tells may come late.
    """
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding
    pairs = len(head) // 2
    # Latin letters in UTF-16 have a NUL beside each.
    if pairs and head[1 : 2 * pairs : 2].count(0) > 0.4 * pairs:
        return "utf-16-le"
    if pairs and head[0 : 2 * pairs : 2].count(0) > 0.4 * pairs:
        return "utf-16-be"
    found = next((each for each in ("utf-8", "cp1252") if _is_written_in(file, each)), "")
    if not found:
        raise BrokenTableError(
            f"“{name}” is written in an encoding that is not known: save it as CSV in UTF-8."
        )
    return found


def _is_written_in(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    file.seek(0)
    try:
        while chunk := file.read(CHUNK_BYTES):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True


def csv_rows(
    file: BinaryIO, name: str, encoding: str, is_exact: bool, most_rows: int
) -> Iterator[TableRow]:
    """Yield the rows of a text file. Raises BrokenTableError where one cannot be read."""
    opened = io.TextIOWrapper(file, encoding=encoding, newline="")
    number = 0
    try:
        delimiter = _delimiter(opened.read(HEAD_BYTES // 4))
        opened.seek(0)
        reader = csv.reader(opened, delimiter=delimiter, strict=is_exact)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                raise BrokenTableError(
                    f"“{name}”, row {number + 1}: the row cannot be read, as a quotation mark is "
                    f"missing or a cell is longer than {LONGEST_CELL:,} characters. "
                    "Export the file again."
                ) from error
            number += 1
            within_limits(name, number, len(cells), most_rows)
            whole = "".join(cells)
            if not is_exact and (not whole or whole.isspace()):
                continue
            yield TableRow(number, tuple(cells), _nul_faults(cells) if "\0" in whole else ())
    except UnicodeError as error:
        raise BrokenTableError(
            f"“{name}” begins in {encoding.removesuffix('-sig').upper()} and goes on in another "
            f"encoding after row {number}: open it, save it as CSV in UTF-8 and choose that."
        ) from error
    finally:
        # The wrapper would close what it was lent; who left off reading may have closed it.
        with contextlib.suppress(ValueError):
            opened.detach()


def _nul_faults(cells: Iterable[str]) -> tuple[tuple[int, str], ...]:
    return tuple(
        (column, "The cell holds a NUL, which no text does: export the file again.")
        for column, cell in enumerate(cells)
        if "\0" in cell
    )


def _delimiter(start: str) -> str:
    """Return what divides the cells: what the first line has most of, outside quotation marks."""
    line: list[str] = []
    is_quoted = False
    for mark in start:
        if mark == '"':
            is_quoted = not is_quoted
        elif mark in "\r\n" and not is_quoted:
            if "".join(line).strip():
                break
            line = []
        elif not is_quoted:
            line.append(mark)
    return max(DELIMITERS, key=line.count)
