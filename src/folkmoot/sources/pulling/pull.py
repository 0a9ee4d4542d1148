"""The files of a source's latest release, fetched into a folder, with a record of each."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from folkmoot.sources.offers import Offer
from folkmoot.sources.pulling.catalogue import offered
from folkmoot.sources.pulling.download import Downloaded, Line, Wanted, download
from folkmoot.sources.pulling.errors import PullError
from folkmoot.sources.tables import Source

RECORD = "pulled.json"
PARTS = ".parts"


@dataclass(frozen=True, slots=True)
class PulledFile:
    """A file that is here whole, and whether this pull brought it."""

    path: Path
    address: str
    sha256: str
    size: int
    modified_on: date | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Pull:
    """All files of one release."""

    files: tuple[PulledFile, ...]

    @property
    def released_on(self) -> date | None:
        """The day on which the publisher last changed a file, where its server tells of each."""
        days = [file.modified_on for file in self.files]
        return max((day for day in days if day), default=None) if all(days) else None


def pull(
    source: Source,
    folder: Path,
    at: datetime,
    line: Line,
    *,
    addresses: Sequence[str] = (),
    sha256: str = "",
) -> Pull:
    """Fetch the files of a source's latest release into a folder; all of them or none.

    A file stands below the day on which it came, and in `pulled.json` with its address, SHA-256,
    bytes and date. One that has not changed since is not fetched again. `addresses` take the place
    of those that the source gives, and `sha256` is what a single file must have. Raises PullError.
    """
    if source.offer is None and not addresses:
        raise PullError(
            f"Nobody says where {source.title} can be pulled from: download it from "
            f"{source.url or 'its publisher'} by hand, or give its address with --from."
        )
    offer = source.offer or Offer(page=source.url or "the publisher’s site")
    wanted = [(address, "") for address in addresses] or list(offer.files)
    if not wanted:
        line.say(f"Asking {offer.catalogue} for the latest files")
        wanted = offered(offer, line)
    if sha256 and len(wanted) > 1:
        raise PullError(f"{source.title} has {len(wanted)} files, and one SHA-256 is of one file.")
    with _alone(folder / PARTS):
        record = _Record(folder / RECORD)
        found: list[tuple[Wanted, Downloaded | None]] = []
        for address, name in wanted:
            known = record.latest(address)
            each = Wanted(
                address,
                offer.page,
                offer.most_bytes,
                name,
                known_etag=known["etag"] if known else "",
                sha256=sha256,
            )
            line.say(f"Fetching {each.file_name} from {address}")
            found.append((each, download(each, folder / PARTS, line)))
        return Pull(tuple(_kept(each, got, folder, at, record) for each, got in found))


@contextmanager
def _alone(parts: Path) -> Iterator[None]:
    """Keep a second pull from the parts of the first; the lock goes with the process."""
    parts.mkdir(parents=True, exist_ok=True)
    folder = os.open(parts, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise PullError(
            f"Another pull into {parts.parent} is under way: wait until it has ended."
        ) from error
    finally:
        os.close(folder)


def _kept(
    wanted: Wanted, got: Downloaded | None, folder: Path, at: datetime, record: _Record
) -> PulledFile:
    """Put a file in its place and in the record, unless the same one is there already."""
    known = record.latest(wanted.address)
    if known and (got is None or got.sha256 == known["sha256"]):
        if got is not None:
            got.part.drop()
        return record.file(known)
    assert got is not None, "Only a file that is here can be unchanged."
    path = folder / at.date().isoformat() / wanted.file_name
    size = got.part.size
    got.part.finish(path)
    entry = {
        "name": wanted.file_name,
        "path": str(path.relative_to(folder)),
        "address": wanted.address,
        "sha256": got.sha256,
        "bytes": size,
        "etag": got.etag,
        "modified_on": got.modified_on.isoformat() if got.modified_on else None,
        "pulled_at": at.isoformat(timespec="seconds"),
    }
    record.add(entry)
    return record.file(entry, is_new=True)


class _Record:
    """What was pulled into a folder, oldest first; written anew as a whole, never half."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            entries = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            entries = []
        except ValueError as error:
            raise PullError(
                f"{path} cannot be read as the record of what was pulled: move it away."
            ) from error
        self.entries: list[dict[str, Any]] = entries

    def latest(self, address: str) -> dict[str, Any] | None:
        """Return the last entry of an address whose file is still there as it came."""
        for entry in reversed(self.entries):
            if entry["address"] == address:
                path = self.path.parent / entry["path"]
                is_there = path.is_file() and path.stat().st_size == entry["bytes"]
                return entry if is_there else None
        return None

    def add(self, entry: dict[str, Any]) -> None:
        self.entries.append(entry)
        new = self.path.with_name(f"{self.path.name}.new")
        new.write_text(json.dumps(self.entries, ensure_ascii=False, indent=2), encoding="utf-8")
        new.replace(self.path)

    def file(self, entry: dict[str, Any], *, is_new: bool = False) -> PulledFile:
        modified = entry["modified_on"]
        return PulledFile(
            path=self.path.parent / entry["path"],
            address=entry["address"],
            sha256=entry["sha256"],
            size=entry["bytes"],
            modified_on=date.fromisoformat(modified) if modified else None,
            is_new=is_new,
        )
