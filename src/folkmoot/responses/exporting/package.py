"""A package: responses, equality answers apart, sent files, and the data dictionary of each."""

from __future__ import annotations

import secrets
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from folkmoot.consultations.models import Consultation
from folkmoot.publishing.clock import local
from folkmoot.responses.exporting.dictionary import dictionary_csv, dictionary_html
from folkmoot.responses.exporting.equality import equality_columns, equality_rows, key_maker
from folkmoot.responses.exporting.formats import write_file
from folkmoot.responses.exporting.layout import Row
from folkmoot.responses.exporting.sent import COLUMNS, add_files
from folkmoot.responses.exporting.tables import Of, Table, table, wordings_of
from folkmoot.responses.models import Export

if TYPE_CHECKING:
    from folkmoot.responses.exporting.selection import Selection

REPORTED_EVERY = 1_000


def write_package(
    file: BinaryIO,
    of: Of,
    selection: Selection,
    chosen: str,
    at: datetime,
    *,
    monitoring: str = Export.Monitoring.NONE,
    report: Callable[[int], object] = lambda written: None,
) -> int:
    """Write a ZIP with the responses and their data dictionary; return how many responses.

    Equality answers are a second file in it, where `monitoring` wants them; the files that were
    sent, with a table of them, where the selection does. `report` is told now and then how many
    responses are written. Raises TooLargeError where the format cannot hold them.
    """
    key_of = key_maker(secrets.token_bytes(32))
    keyed = monitoring == Export.Monitoring.KEYED
    found = table(of, selection, key_of if keyed else None)
    responses = selection.responses(of)
    counted = _Counted(found.rows, report)
    made = f"Made on {local(at):%-d %B %Y at %H:%M}. Responses that count only."
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        add = partial(_add, archive, chosen=chosen, made=made, in_words=selection.in_words)
        add("responses", Table(found.title, found.columns, counted))
        if monitoring != Export.Monitoring.NONE and not isinstance(of, Consultation):
            asked = equality_columns(of, with_key=keyed)
            apart = equality_rows(asked, responses, key_of)
            add("equality-answers", Table(f"{of.title}: equality answers", asked, apart))
        if selection.with_files and not keyed:
            sent = add_files(archive, responses, wordings_of(of), selection.questions)
            add("files", Table(f"{found.title}: files that were sent", COLUMNS, sent))
    report(counted.written)
    return counted.written


def _add(
    archive: zipfile.ZipFile, name: str, found: Table, *, chosen: str, made: str, in_words: bool
) -> None:
    """Add a table in a format, and its data dictionary."""
    columns, title = found.columns, found.title
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{chosen}"
        write_file(path, chosen, columns, found.rows, title=title, in_words=in_words)
        archive.write(path, path.name)
    archive.writestr(f"{name}-dictionary.csv", dictionary_csv(columns))
    archive.writestr(f"{name}-dictionary.html", dictionary_html(title, made, columns))


class _Counted:
    """Rows, counted as they pass."""

    def __init__(self, found: Iterable[Row], report: Callable[[int], object]) -> None:
        self.found, self.report, self.written = found, report, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.found:
            yield row
            self.written += 1
            if self.written % REPORTED_EVERY == 0:
                self.report(self.written)
