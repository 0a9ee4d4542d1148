"""Every source that Folkmoot reads, by key, by series and by the look of its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from folkmoot.sources.derived import is_derived, read_derived, source_of_derived
from folkmoot.sources.errors import SourceError
from folkmoot.sources.inputs import Progress
from folkmoot.sources.published import (
    PUBLISHED,
    read_published,
    recognise_published,
    source_with_key,
)
from folkmoot.sources.tables import ReleaseTable, Series, Source


def sources() -> tuple[Source, ...]:
    """Return every source that can be read: those built in, then those that were described."""
    return (*PUBLISHED, *_DESCRIBED.values())


def register(source: Source) -> None:
    """Add a source that somebody described in a YAML file; the same key takes its place.

    Raises SourceError where its key, or that of a series, is taken by another source.
    """
    if source_with_key(source.key) is not None:
        raise SourceError(
            f"source '{source.key}'", "this name is that of a source built in", "choose another"
        )
    for series in source.series:
        other = _SERIES.get(series.key)
        if other is not None and other.source != source.key:
            raise SourceError(
                f"source '{source.key}'",
                f"the series {series.key} is in {other.source} already",
                "name it otherwise, such as with the name of the source before it",
            )
    _DESCRIBED[source.key] = source
    _SERIES.update({series.key: series for series in source.series})


def series_named(key: str) -> Series | None:
    """Return the series of that key; None where no source yields it."""
    return _SERIES.get(key)


def source_of_series(key: str) -> Source | None:
    """Return the source that yields a series; None where none does."""
    series = _SERIES.get(key)
    return _known(series.source) if series else None


def recognise(paths: Sequence[Path]) -> Source:
    """Return the source that files come from, published or derived. Raises SourceError."""
    if paths and paths[0].is_file() and is_derived(paths[0]):
        return source_of_derived(paths[0], _known)
    return recognise_published(paths)


def read(
    paths: Sequence[Path],
    source: str | Source | None = None,
    progress: Progress | None = None,
) -> ReleaseTable:
    """Return the observations in the files of one release.

    `source` is the key, or the source itself, where the caller knows it; otherwise the files
    tell. Everything is checked before anything is returned. `progress` is told of each file that
    is taken in hand. Raises SourceError with file, row and column.
    """
    if isinstance(source, str):
        source = source_named(source)
    found = recognise(paths) if source is None else source
    if paths and paths[0].is_file() and is_derived(paths[0]):
        table = read_derived(paths, _known)
        if table.source is not found:
            raise SourceError(
                paths[0].name,
                f"the table is of {table.source.title}, not of {found.title}",
                "leave the source out, or give the right one",
            )
        return table
    return read_published(found, paths, progress)


def source_named(key: str) -> Source:
    """Return the source of that key. Raises SourceError with those that there are."""
    source = _known(key)
    if source is None:
        known = ", ".join(one.key for one in sources())
        raise SourceError(
            f"source '{key}'", "there is no source of that name", f"choose one of {known}"
        )
    return source


def _known(key: str) -> Source | None:
    return source_with_key(key) or _DESCRIBED.get(key)


_DESCRIBED: dict[str, Source] = {}
_SERIES = {series.key: series for source in PUBLISHED for series in source.series}
