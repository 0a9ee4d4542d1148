"""A package: the file of responses, equality answers apart, and the data dictionary of each."""

from __future__ import annotations

import secrets
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from folkmoot.publishing.clock import local
from folkmoot.responses.exporting.columns import Column
from folkmoot.responses.exporting.dictionary import dictionary_csv, dictionary_html
from folkmoot.responses.exporting.equality import equality_columns, equality_rows, key_maker
from folkmoot.responses.exporting.formats import write_file
from folkmoot.responses.exporting.layout import Row, layout
from folkmoot.responses.exporting.rows import rows
from folkmoot.responses.models import Export

if TYPE_CHECKING:
    from folkmoot.responses.exporting.selection import Selection
    from folkmoot.responses.models import Survey

REPORTED_EVERY = 1_000


def write_package(
    file: BinaryIO,
    survey: Survey,
    selection: Selection,
    chosen: str,
    at: datetime,
    *,
    monitoring: str = Export.Monitoring.NONE,
    report: Callable[[int], object] = lambda written: None,
) -> int:
    """Write a ZIP with the responses and their data dictionary; return how many responses.

    Equality answers are a second file in it, where `monitoring` wants them. `report` is told now
    and then how many responses are written. Raises TooLargeError where the format cannot hold
    them.
    """
    key_of = key_maker(secrets.token_bytes(32))
    keyed = monitoring == Export.Monitoring.KEYED
    laid_out = layout(survey, selection, key_of if keyed else None)
    responses = selection.responses(survey)
    counted = _Counted(rows(laid_out, responses), report)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        parts: list[tuple[str, str, Sequence[Column], Iterable[Row]]] = [
            ("responses", survey.title, laid_out.columns, counted)
        ]
        if monitoring != Export.Monitoring.NONE:
            asked = equality_columns(survey, with_key=keyed)
            apart = equality_rows(asked, responses, key_of)
            parts.append(("equality-answers", f"{survey.title}: equality answers", asked, apart))
        for name, title, columns, found in parts:
            _add(archive, name, chosen, columns, found, title=title, in_words=selection.in_words)
            made = f"Made on {local(at):%-d %B %Y at %H:%M}. Responses that count only."
            archive.writestr(f"{name}-dictionary.csv", dictionary_csv(columns))
            archive.writestr(f"{name}-dictionary.html", dictionary_html(title, made, columns))
    report(counted.written)
    return counted.written


def _add(
    archive: zipfile.ZipFile,
    name: str,
    chosen: str,
    columns: Sequence[Column],
    found: Iterable[Row],
    *,
    title: str,
    in_words: bool,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{chosen}"
        write_file(path, chosen, columns, found, title=title, in_words=in_words)
        archive.write(path, path.name)


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
