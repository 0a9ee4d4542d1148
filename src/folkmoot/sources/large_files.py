"""Text files too large for memory: laid out for an engine, and checked as their bytes pass."""

from __future__ import annotations

import codecs
import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import InputFile, refusing_a_broken_archive
from folkmoot.sources.sheets import AGAIN, not_utf8, refuse_kinds

CHUNK = 1 << 20


@contextmanager
def laid_out(files: Sequence[InputFile]) -> Iterator[list[Path]]:
    """Give each file a place in one temporary folder, named by its number: 00012.csv.

    A member of an archive is unpacked there, any other file stays where it is behind a link: an
    engine then meets no name that means something to it. Raises SourceError for an archive that
    is broken, or for which the disk has no room.
    """
    with tempfile.TemporaryDirectory(prefix="folkmoot-") as folder, ExitStack() as opened:
        archives: dict[Path, zipfile.ZipFile] = {}
        for file in files:
            if file.member and file.path not in archives:
                with refusing_a_broken_archive(file):
                    archives[file.path] = opened.enter_context(zipfile.ZipFile(file.path))
        _refuse_what_has_no_room(files, archives, Path(folder))
        paths = [Path(folder, f"{number:05}.csv") for number in range(len(files))]
        for file, path in zip(files, paths, strict=True):
            if not file.member:
                path.symlink_to(file.path.resolve())
                continue
            # No more is read than the size that was checked, whatever the archive holds.
            with (
                refusing_a_broken_archive(file),
                archives[file.path].open(file.member) as packed,
                path.open("wb") as out,
            ):
                shutil.copyfileobj(packed, out, CHUNK)
        yield paths


def _refuse_what_has_no_room(
    files: Sequence[InputFile], archives: Mapping[Path, zipfile.ZipFile], folder: Path
) -> None:
    members = [file for file in files if file.member]
    size = sum(archives[file.path].getinfo(file.member).file_size for file in members)
    free = shutil.disk_usage(folder).free
    if size > free:
        raise SourceError(
            members[0].path.name,
            f"unpacked it has {size:,} bytes, and the folder {folder.parent} has room for {free:,}",
            "make room there, or name another folder in TMPDIR",
        )


def sha256_of_text(name: str, path: Path) -> str:
    """Return the SHA-256 of a file of rows, read once in constant memory.

    Raises SourceError where it is empty, no text, not in UTF-8, or has no end of line at its end.
    """
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder("utf-8")()
    position, last = 0, b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if not position:
                refuse_kinds(name, chunk)
            digest.update(chunk)
            pending = decoder.getstate()[0]
            if pending or not chunk.isascii():
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    place = position - len(pending) + error.start
                    bad = error.object[error.start]
                    raise not_utf8(name, place, bad, _line_at(path, place)) from error
            if b"\0" in chunk:
                line = _line_at(path, position + chunk.index(b"\0"))
                raise SourceError(name, "there is a NUL byte, so this is no text", AGAIN, row=line)
            position += len(chunk)
            last = chunk[-1:]
    if not position:
        refuse_kinds(name, b"")
    if last not in (b"\n", b"\r"):
        raise SourceError(
            name,
            "the last row has no end of line, so it may be cut off",
            AGAIN,
            row=_line_at(path, position),
        )
    return digest.hexdigest()


def _line_at(path: Path, position: int) -> int:
    """Return the line, from 1, on which a byte of a file stands."""
    line, left = 1, position
    with path.open("rb") as file:
        while left and (chunk := file.read(min(CHUNK, left))):
            line += chunk.count(b"\n")
            left -= len(chunk)
    return line
