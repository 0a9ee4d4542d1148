"""Keeps uploaded files under safe names that are never used for another content."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.text import slugify

LONGEST_STEM = 60
DIGEST_LENGTH = 10


class NamedByContent(FileSystemStorage):
    """Files on disk, each named after what it was called and what is in it.

    An address that never changes its content may be kept by browsers for ever, and cannot be
    guessed by somebody who does not have the file.
    """

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Keep a file; return the name under which it is kept."""
        return super().save(named_by_content(name or content.name, content), content, max_length)


def named_by_content(name: str, content: Any) -> str:
    """Return a safe name in the same folder: "documents/draft-plan-3f9a0c21be.pdf".

    Leaves the content at its beginning.
    """
    path = PurePosixPath(name)
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    stem = slugify(re.sub(r"[._]", "-", path.stem))[:LONGEST_STEM].strip("-") or "file"
    extension = re.sub(r"[^a-z0-9]", "", path.suffix.lower())[:8]
    safe = f"{stem}-{digest.hexdigest()[:DIGEST_LENGTH]}"
    return str(path.with_name(f"{safe}.{extension}" if extension else safe))
