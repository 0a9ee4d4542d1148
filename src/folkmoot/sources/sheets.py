"""A comma-separated file as rows of text, refused where it is not whole or not one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile, sha256_of
from folkmoot.sources.tables import SourceFile

AGAIN = "download the file again from its publisher"
# The header of a file with a column a month for a century is a tenth of this.
HEADER_BYTES = 100_000
# How files that are no text begin, and what they are.
KINDS = {
    b"PK\x03\x04": "a spreadsheet or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
    b"PAR1": "a Parquet file",
    b"\x89PNG": "a picture",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Header and rows of a comma-separated file; every row has as many cells as the header.

    `lines` gives the line of the file that each row stands on, counted from 1.
    """

    file: SourceFile
    header: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    ends_with_newline: bool

    @property
    def last_line(self) -> int:
        """The line of the last row, or of the header where there are no rows."""
        return self.lines[-1] if self.lines else 1

    def refuse(
        self,
        problem: str,
        remedy: str = AGAIN,
        *,
        line: int | None = None,
        column: str | None = None,
    ) -> SourceError:
        """Return the error that names this file, ready to be raised."""
        return SourceError(self.file.name, problem, remedy, row=line, column=column)


def read_header(file: InputFile) -> tuple[str, list[str]]:
    """Return the first line of a file and its cells, reading no more than the file's beginning.

    Raises SourceError where the file is empty or no text.
    """
    content = file.content(HEADER_BYTES)
    refuse_kinds(file.name, content)
    line = re.split(r"[\r\n]", content.decode("utf-8-sig", errors="replace"), maxsplit=1)[0]
    try:
        return line, next(csv.reader([line]), [])
    except csv.Error:
        return line, []


def read_text(path: Path) -> tuple[str, str]:
    """Return the text of a file, without a byte-order mark, and the SHA-256 of its bytes.

    Raises SourceError where the file is missing, empty, no text, or not in UTF-8.
    """
    if not path.is_file():
        raise SourceError(path.name, "there is no such file", "check the path")
    content = path.read_bytes()
    return decoded(path.name, content), sha256_of(content)


def decoded(name: str, content: bytes) -> str:
    """Return the text that bytes are. Raises SourceError where they are empty or no text."""
    refuse_kinds(name, content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise not_utf8(name, error.start, content[error.start], line) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise SourceError(name, "there is a NUL byte, so this is no text", AGAIN, row=line)
    return text


def not_utf8(name: str, place: int, byte: int, line: int) -> SourceError:
    """Return what is to be said of a byte, counted from 0, that is not UTF-8."""
    return SourceError(
        name,
        f"byte {place + 1} of the file (hexadecimal {byte:02x}) is not UTF-8",
        "save the file as CSV in UTF-8, or download it again",
        row=line,
    )


def refuse_kinds(name: str, content: bytes) -> None:
    """Raise SourceError where the beginning of a file says that it is no rows of text."""
    if not content.strip():
        raise SourceError(name, "the file is empty", AGAIN)
    for start, kind in KINDS.items():
        if content.startswith(start):
            raise SourceError(
                name, f"this is {kind}, not a CSV file", "give the CSV that was published"
            )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(
            name, "the text is in UTF-16", "save it as CSV in UTF-8, or download it again"
        )
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise SourceError(
            name,
            "this is a web page or XML, not a CSV file",
            "download the CSV itself: the publisher may have answered with an error page",
        )


def read_sheet(file: InputFile) -> Sheet:
    """Return the rows of a comma-separated file. Raises SourceError where it is not sound."""
    content = file.content()
    return parse_sheet(file.name, decoded(file.name, content), sha256_of(content))


def parse_sheet(
    name: str, text: str, sha256: str, first_line: int = 1, delimiter: str = ","
) -> Sheet:
    """Return the rows of comma-separated text that begins on `first_line` of its file.

    Raises SourceError for a row with more or fewer cells than the header, a quotation mark that
    is never closed, or a file cut off within a row.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        header = tuple(next(reader, []))
        for row in reader:
            rows.append(row)
            lines.append(reader.line_num + first_line - 1)
    except csv.Error as error:
        raise SourceError(
            name,
            f"the row cannot be read as CSV ({error}), or the file is cut off here",
            AGAIN,
            row=reader.line_num + first_line - 1,
        ) from error
    while rows and not rows[-1]:
        rows.pop()
        lines.pop()
    for row, line in zip(rows, lines, strict=True):
        if len(row) != len(header):
            raise _uneven(name, header, row, line, is_last=row is rows[-1])
    return Sheet(
        file=SourceFile(name, sha256, len(rows)),
        header=tuple(cell.strip() for cell in header),
        rows=rows,
        lines=lines,
        ends_with_newline=text.endswith(("\n", "\r")),
    )


def _uneven(
    name: str, header: Sequence[str], row: Sequence[str], line: int, *, is_last: bool
) -> SourceError:
    count = f"{len(row)} {'cell' if len(row) == 1 else 'cells'} where the header has {len(header)}"
    if len(row) < len(header):
        ends = "the file is cut off here: the last row has " if is_last else "the row has "
        column = header[len(row)].strip() or None
        return SourceError(name, ends + count, AGAIN, row=line, column=column)
    return SourceError(
        name,
        f"the row has {count}",
        "write numbers without thousands separators and quote text that holds a comma",
        row=line,
    )
