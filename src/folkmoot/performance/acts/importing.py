"""A release of a source becomes observations, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify

from folkmoot.accounts.audit import record
from folkmoot.performance.acts.storing import store
from folkmoot.performance.models import Area, Release
from folkmoot.performance.revisions_found import revisions_found
from folkmoot.publishing.clock import local
from folkmoot.sources import registry
from folkmoot.sources.tables import listed

if TYPE_CHECKING:
    from folkmoot.accounts.models import User
    from folkmoot.sources.inputs import Progress
    from folkmoot.sources.tables import ReleaseTable, SourceArea


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
    served_on: date | None = None,
    source: str = "",
    by: User | None = None,
    announce: Callable[[str], None] | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Read the files of one release into observations, all or nothing.

    `released_on` is the publisher's date; where neither it nor the file tells, `served_on`, that
    of the publisher's server, or else the day of the import stands for it. The same files twice
    change nothing. `announce` gets sentences, `progress` how many files are read and observations
    stored. Raises SourceError for a file that cannot be read, before anything is written, and
    ImportRefusedError for a date in the future.
    """
    say = announce or (lambda _: None)
    say(f"Reading {listed([path.name for path in paths])}")
    table = registry.read(list(paths), source or None, progress)
    for note in table.notes:
        say(note)
    released = released_on or table.released_on or served_on or local(at).date()
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
        release = _write(table, fingerprint, released, at, progress)
        record(
            "release imported",
            release,
            at,
            by=by,
            after={"files": release.files, "released_on": released.isoformat()},
        )
    found = revisions_found(release)
    if found is not None:
        say(found.sentence)
    rows = table.observations.height
    return Imported(release, is_new=True, sentence=f"{release}: {rows:,} observations imported.")


def _write(
    table: ReleaseTable,
    fingerprint: str,
    released_on: date,
    at: datetime,
    progress: Progress | None,
) -> Release:
    source = table.source
    areas = _areas(table.areas)
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
    area_ids = {code: area.pk for code, area in areas.items()}
    store(table.observations, release.pk, area_ids, progress)
    return release


def _areas(given: Sequence[SourceArea]) -> dict[str, Area]:
    """Return every area by its code, those that are new with the few queries of many at once."""
    areas = {area.code: area for area in Area.objects.all()}
    taken = {area.slug for area in areas.values()}
    new = []
    for found in given:
        if found.code not in areas:
            slug = _free_slug(found, taken)
            taken.add(slug)
            new.append(Area(code=found.code, slug=slug, name=found.name, kind=found.kind))
    for area in Area.objects.bulk_create(new, batch_size=500):
        areas[area.code] = area
    return areas


def _free_slug(area: SourceArea, taken: Collection[str]) -> str:
    """Return a name for the address of an area; with its code, where another has the name."""
    slug = slugify(area.name)[:80]
    is_free = slug and slug not in taken
    return slug if is_free else slugify(f"{area.name} {area.code}")[-80:].strip("-")


def _first_day(period: str) -> date:
    return date.fromisoformat(f"{period}-01")
