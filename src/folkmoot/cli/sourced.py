"""Sources as a command names them: by key or by a description, and fetched from publishers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from folkmoot.cli.progress import shown
from folkmoot.cli.terminal import console

if TYPE_CHECKING:
    from folkmoot.sources.pulling import Pull
    from folkmoot.sources.tables import Source


def own_folder(name: str) -> Path:
    """Return a folder of the site's own files, also where Django has not started."""
    return Path(os.environ.get("FOLKMOOT_VAR", "var")).resolve() / name


def source_key(named: str) -> str:
    """Return the key of a source that is named or described. Raises SourceError."""
    if not named.lower().endswith((".yaml", ".yml")):
        return named
    from folkmoot.sources.described import read_description
    from folkmoot.sources.registry import register

    source = read_description(Path(named))
    register(source)
    return source.key


def known_source(key: str) -> Source:
    """Return the source of a key, of those that were described here as well. Raises SourceError."""
    from folkmoot.sources.described import read_description
    from folkmoot.sources.registry import register, source_named

    for described in sorted(own_folder("sources").glob("*.yaml")):
        if described.stem == key:
            register(read_description(described))
    return source_named(key)


def keep_description(path: Path, key: str) -> None:
    """Keep a description with the site, which needs it to show what was imported."""
    from django.conf import settings

    folder = Path(settings.VAR, "sources")
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{key}.yaml"
    if not (kept.exists() and kept.samefile(path)):
        shutil.copyfile(path, kept)


def fetched(
    source: Source, folder: Path, at: datetime, addresses: Sequence[str], sha256: str
) -> Pull:
    """Return a source's latest release as files, telling how it goes. Raises PullError."""
    from folkmoot.sources.pulling import Line, pull

    with shown(in_bytes=True) as told:
        line = Line(say=lambda sentence: console.print(sentence, markup=False), progress=told)
        pulled = pull(source, folder, at, line, addresses=addresses, sha256=sha256)
    for file in pulled.files:
        state = "is here" if file.is_new else "has not changed since it was pulled"
        console.print(
            f"{file.path.name} {state}: {file.size:,} bytes, SHA-256 {file.sha256}.", markup=False
        )
    return pulled
