"""A release of a source becomes observations, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.text import slugify

from folkmoot.accounts.audit import record
from folkmoot.performance.models import Area, Observation, Release
from folkmoot.publishing.clock import local
from folkmoot.sources import registry

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.sources.tables import ReleaseTable, SourceArea

BATCH = 5000


class ImportRefusedError(ValueError):
    """A release was refused; the sentence says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Imported:
    """A release that is now in the database, and whether this import brought it."""

    release: Release
    is_new: bool
    sentence: str


def import_release(
    paths: Sequence[Path],
    *,
    at: datetime,
    released_on: date | None = None,
    source: str = "",
    by: User | None = None,
    announce: Callable[[str], None] | None = None,
) -> Imported:
    """Read the files of one release into observations, all or nothing.

    `released_on` is the publisher's date; where neither it nor the file tells, the day of the
    import stands for it. The same files twice change nothing. Raises SourceError for a file that
    cannot be read, before anything is written, and ImportRefusedError for a date in the future.
    """
    say = announce or (lambda _: None)
    say(f"Reading {', '.join(path.name for path in paths)}")
    table = registry.read(list(paths), source or None)
    for note in table.notes:
        say(note)
    released = released_on or table.released_on or local(at).date()
    if released > local(at).date():
        raise ImportRefusedError(
            f"The release is dated {released:%-d %B %Y}, which is still to come: "
            "give the publisher's date with --released."
        )
    fingerprint = hashlib.sha256(
        "\n".join(sorted(file.sha256 for file in table.files)).encode()
    ).hexdigest()
    known = Release.objects.filter(fingerprint=fingerprint).first()
    if known is not None:
        return Imported(
            known,
            is_new=False,
            sentence=f"Nothing changed: these files were imported on "
            f"{local(known.imported_at):%-d %B %Y} as {known}.",
        )
    with transaction.atomic():
        release = _write(table, fingerprint, released, at, say)
        record(
            "release imported",
            release,
            at,
            by=by,
            after={"files": release.files, "released_on": released.isoformat()},
        )
    rows = table.observations.height
    return Imported(release, is_new=True, sentence=f"{release}: {rows:,} observations imported.")


def _write(
    table: ReleaseTable,
    fingerprint: str,
    released_on: date,
    at: datetime,
    say: Callable[[str], None],
) -> Release:
    source = table.source
    areas = {area.code: area for area in Area.objects.all()}
    for found in table.areas:
        if found.code not in areas:
            areas[found.code] = Area.objects.create(
                code=found.code, slug=_free_slug(found), name=found.name, kind=found.kind
            )
    release = Release.objects.create(
        source=source.key,
        title=source.title,
        publisher=source.publisher,
        released_on=released_on,
        imported_at=at,
        files=[
            {"name": file.name, "sha256": file.sha256, "rows": file.rows} for file in table.files
        ],
        fingerprint=fingerprint,
        licence=source.licence,
        licence_url=source.licence_url,
        status=source.status,
        caveat=source.caveat,
        first_period=_first_day(table.first_period),
        last_period=_first_day(table.last_period),
    )
    days = {period: _first_day(period) for period in table.observations["period"].unique()}
    total = table.observations.height
    columns = table.observations.select("series", "area_code", "period", "value", "base")
    for start in range(0, total, BATCH):
        _store(
            [
                (release.pk, series, areas[code].pk, days[period].isoformat(), value, base)
                for series, code, period, value, base in columns.slice(start, BATCH).iter_rows()
            ]
        )
        if start and start % (BATCH * 5) == 0:
            say(f"Storing observations: {start * 100 // total}%")
    return release


def _store(rows: Sequence[tuple[int, str, int, str, float, float | None]]) -> None:
    """Insert observations: release, series, area, period, value and base.

    Past the ORM, which takes four times as long to make and read apart the same rows.
    """
    quoted = connection.ops.quote_name
    names = ("release_id", "series", "area_id", "period", "value", "base")
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quoted(Observation._meta.db_table)} "  # noqa: S608 no text of anybody's
            f"({', '.join(map(quoted, names))}) VALUES ({', '.join(['%s'] * len(names))})",
            rows,
        )


def _free_slug(area: SourceArea) -> str:
    """Return a name for the address of an area; with its code, where another has the name."""
    slug = slugify(area.name)
    taken = not slug or Area.objects.filter(slug=slug).exists()
    return slugify(f"{area.name} {area.code}")[:80] if taken else slug


def _first_day(period: str) -> date:
    return date.fromisoformat(f"{period}-01")
