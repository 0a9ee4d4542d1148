"""Files on the disk that nothing in the database leads to any more.

A file is written before the row that names it and taken away after that row is gone, so that a
crash in between leaves a file too many and never one too few.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from folkmoot.accounts.models import AuditRecord
from folkmoot.responses.models import Export, ImportRun, LetterDraft, SentFile
from folkmoot.responses.models.drafts import private_files

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = ("answers", "letters", "imports", "exports")
# What was written a moment ago may belong to a transaction that is under way.
LEFT_ALONE_SECONDS = 24 * 60 * 60
# A letter that was put aside by mistake can be brought back by hand that long.
ASIDE_DAYS = 90
PUT_ASIDE = "letter put aside"
# How far an import is (see `acts.progress`); its file beside it says whose.
_PROGRESS = (".rows", ".stop")
FEW = 20


class StrangeDiskError(Exception):
    """Most files belong to nothing: this is another database than the one they came with."""


def stray_files(at: datetime) -> list[str]:
    """Return the names of private files that nothing leads to, and that are older than a day.

    One query of files and one of letters put aside; none where no file is so old. Raises
    StrangeDiskError where more than half of many files would be among them.
    """
    root, before = Path(private_files().location), time.time() - LEFT_ALONE_SECONDS
    found = [name for name, changed in _on_disk(root) if changed < before]
    if not found:
        return []
    # The disk was read first: what a row names since is known below.
    known = _known() | _put_aside(at)
    strays = [name for name in found if name not in known]
    if len(strays) > FEW and len(strays) * 2 > len(found):
        raise StrangeDiskError(
            f"{len(strays):,} of {len(found):,} files in {root} belong to nothing in this "
            "database, so none was erased: check that it is the database they came with."
        )
    return strays


def _on_disk(root: Path) -> Iterator[tuple[str, float]]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in _PROGRESS or not path.is_file():
                continue
            try:
                yield path.relative_to(root).as_posix(), path.stat().st_mtime
            except FileNotFoundError:
                continue  # taken away meanwhile


def _known() -> set[str]:
    """Return the names of files that rows lead to; all at one instant, as rows hand files on."""
    first, *others = (
        model.objects.exclude(file="").order_by().values_list("file")
        for model in (SentFile, LetterDraft, ImportRun, Export)
    )
    return {name for (name,) in first.union(*others, all=True)}


def _put_aside(at: datetime) -> set[str]:
    since = at - timedelta(days=ASIDE_DAYS)
    told = AuditRecord.objects.filter(act=PUT_ASIDE, at__gt=since).values_list("after", flat=True)
    return {str(after.get("file", "")) for after in told if after}
