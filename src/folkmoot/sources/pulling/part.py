"""A file on its way: what has come so far, and what of, so that a cut download can go on."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHUNK = 262_144


@dataclass(slots=True)
class Part:
    """The beginning of a file, beside a note of its address and of the version it is of.

    `validator` is what the publisher calls that version: a strong ETag, or the instant at which it
    was last changed. Without one, a beginning cannot be continued, as the file may have changed.
    """

    path: Path
    address: str
    validator: str = ""
    size: int = 0
    is_resumed: bool = False

    @classmethod
    def found(cls, path: Path, address: str) -> Part:
        """Return what an earlier attempt left of that address, or an empty part."""
        part = cls(path, address)
        try:
            note: dict[str, Any] = json.loads(part.note.read_text(encoding="utf-8"))
            size = path.stat().st_size
        except (OSError, ValueError):
            return part
        if note.get("address") == address and isinstance(note.get("validator"), str):
            part.validator = note["validator"]
            part.size = size if part.validator else 0
        return part

    @property
    def note(self) -> Path:
        """The file that says what the part is of."""
        return self.path.with_name(f"{self.path.name}.json")

    def restart(self, validator: str) -> None:
        """Begin again with a version of the file."""
        self.path.write_bytes(b"")
        self.validator, self.size, self.is_resumed = validator, 0, False
        self.note.write_text(
            json.dumps({"address": self.address, "validator": validator}), encoding="utf-8"
        )

    def add(self, chunk: bytes) -> None:
        """Write what came next."""
        with self.path.open("ab") as file:
            file.write(chunk)
        self.size += len(chunk)

    def hashed(self, *algorithms: str) -> list[bytes]:
        """Return the digests of all that has come."""
        digests = [hashlib.new(name, usedforsecurity=False) for name in algorithms]
        with self.path.open("rb") as file:
            while chunk := file.read(CHUNK):
                for digest in digests:
                    digest.update(chunk)
        return [digest.digest() for digest in digests]

    def finish(self, target: Path) -> None:
        """Put the whole file in its place, at once and for good."""
        with self.path.open("rb") as file:
            os.fsync(file.fileno())
        target.parent.mkdir(parents=True, exist_ok=True)
        self.path.replace(target)
        self.note.unlink(missing_ok=True)

    def drop(self) -> None:
        """Leave nothing of it."""
        self.path.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)
        self.size, self.validator = 0, ""
