"""Files as they are given: alone, in a folder, or in a zip archive."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import overload

from folkmoot.sources.errors import SourceError

# A month of every police force, unpacked, is under 200 MB; an archive of three years under 10 GB.
MOST_UNPACKED = 20_000_000_000
MOST_OF_A_FILE = 1_000_000_000
# Text of crimes packs to about a tenth. What packs to less than a hundredth is made to harm.
MOST_TIMES_PACKED = 100
PACKED_LITTLE = 10_000_000
MOST_FILES = 20_000


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to be read: by itself, or as a member of an archive."""

    name: str
    path: Path
    member: str = ""

    def content(self, most: int = -1) -> bytes:
        """Return the bytes of the file, or no more than so many of its beginning.

        Raises SourceError where an archive is broken.
        """
        if not self.member:
            with self.path.open("rb") as file:
                return file.read(most)
        with (
            refusing_a_broken_archive(self),
            zipfile.ZipFile(self.path) as archive,
            archive.open(self.member) as member,
        ):
            return member.read(most)


@contextmanager
def refusing_a_broken_archive(file: InputFile) -> Iterator[None]:
    """Raise SourceError with the member's name where an archive cannot be read."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise SourceError(
            f"{file.path.name}, {file.member}",
            "the archive is broken here, or locked with a password",
            "download the archive again",
        ) from error


# What is being done, how much of it is done, and of how much.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Watched(Sequence[InputFile]):
    """Files that tell how many of them were taken, each time that they are gone through."""

    files: Sequence[InputFile]
    progress: Progress

    def __len__(self) -> int:
        return len(self.files)

    @overload
    def __getitem__(self, place: int) -> InputFile: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[InputFile]: ...

    def __getitem__(self, place: int | slice) -> InputFile | Sequence[InputFile]:
        return self.files[place]

    def __iter__(self) -> Iterator[InputFile]:
        for done, file in enumerate(self.files):
            self.progress("Reading files", done, len(self.files))
            yield file
        self.progress("Reading files", len(self.files), len(self.files))


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(content).hexdigest()


def is_many(path: Path) -> bool:
    """Whether a path is a folder or a zip archive with files in it, not one file."""
    if path.is_dir():
        return True
    return path.is_file() and path.suffix.lower() == ".zip"


def csv_files(paths: Sequence[Path]) -> list[InputFile]:
    """Return every CSV file of paths, of the folders below them and of zip archives, by name.

    Raises SourceError for what is missing, a folder or archive without a CSV file, and an archive
    that would unpack to far more than such files do.
    """
    found: list[InputFile] = []
    for path in paths:
        if path.is_dir():
            inside = [
                InputFile(str(each.relative_to(path)), each)
                for each in sorted(path.rglob("*"))
                if each.suffix.lower() == ".csv" and each.is_file()
            ]
        elif is_many(path):
            inside = _members(path)
        elif path.is_file():
            inside = [InputFile(path.name, path)]
        else:
            raise SourceError(path.name, "there is no such file", "check the path")
        if not inside:
            raise SourceError(
                path.name, "there is no CSV file in it", "give the folder or archive as published"
            )
        found += inside
    if len(found) > MOST_FILES:
        raise SourceError(
            paths[0].name,
            f"there are {len(found):,} files, more than {MOST_FILES:,}",
            "give fewer months at a time",
        )
    return found


def _members(path: Path) -> list[InputFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                each
                for each in archive.infolist()
                if each.filename.lower().endswith(".csv") and not each.is_dir()
            ]
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise SourceError(
            path.name, "the archive is broken or cut off", "download the archive again"
        ) from error
    unpacked = sum(each.file_size for each in members)
    packed = sum(each.compress_size for each in members)
    largest = max((each.file_size for each in members), default=0)
    is_bomb = unpacked > PACKED_LITTLE and unpacked > MOST_TIMES_PACKED * max(1, packed)
    if is_bomb or unpacked > MOST_UNPACKED or largest > MOST_OF_A_FILE:
        raise SourceError(
            path.name,
            f"the archive would unpack from {packed:,} to {unpacked:,} bytes, which no published "
            "file does",
            "download the archive again from its publisher",
        )
    return [
        InputFile(each.filename, path, each.filename)
        for each in sorted(members, key=lambda each: each.filename)
    ]
