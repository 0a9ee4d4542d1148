"""The files that came with responses, put in an archive beside a table of them."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING

from folkmoot.publishing.clock import local
from folkmoot.responses.acts.keying.scans import SCAN
from folkmoot.responses.acts.letters import WRITTEN
from folkmoot.responses.exporting.columns import Column, Shape
from folkmoot.responses.exporting.layout import Row
from folkmoot.responses.exporting.missing import Missing
from folkmoot.responses.files import archived_name
from folkmoot.responses.models import SentFile

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db.models import QuerySet

    from folkmoot.responses.models import Response

FOLDER = "files"
# Files that answer no question.
OTHERS = {SCAN: "The form on paper, scanned", WRITTEN: "The letter or e-mail as a file"}
COLUMNS = (
    Column("reference", "Reference of the response", Shape.TEXT),
    Column("question", "Key of the question", Shape.TEXT),
    Column("wording", "Wording of the question", Shape.TEXT),
    Column("file", "Where the file is in this archive", Shape.TEXT),
    Column("name", "Name that its sender gave it", Shape.TEXT),
    Column("type", "What it is, by its content", Shape.TEXT),
    Column("bytes", "Size in bytes", Shape.NUMBER, lowest=0),
    Column("sha256", "SHA-256 of its content", Shape.TEXT),
    Column("came_at", "When it came", Shape.INSTANT),
)


def add_files(
    archive: zipfile.ZipFile,
    responses: QuerySet[Response],
    wordings: Mapping[str, str],
    questions: Collection[str] = (),
) -> list[Row]:
    """Put the files of responses in an archive; return a row for each, a cell a column.

    Those of some questions by their keys, or all. `wordings` are those of the questions. A file
    that is not on the disk any more has a row that says so. Two files never have one name.
    """
    rows: list[Row] = []
    sent = SentFile.objects.filter(response__in=responses).select_related("response")
    if questions:
        sent = sent.filter(question__in=questions)
    for each in sent.order_by("response_id", "pk").iterator(chunk_size=500):
        assert each.response is not None
        reference = each.response.reference
        path = f"{FOLDER}/{reference}/{each.pk}-{archived_name(each.name, each.extension)}"
        is_there = _copy(archive, path, each)
        rows.append(
            [
                reference,
                each.question,
                wordings.get(each.question) or OTHERS.get(each.question) or Missing.NOT_ASKED,
                path if is_there else Missing.ERASED,
                each.name,
                each.extension,
                each.bytes,
                each.sha256,
                each.came_at,
            ]
        )
    return rows


def _copy(archive: zipfile.ZipFile, path: str, sent: SentFile) -> bool:
    """Copy a file a piece at a time; return whether it was there."""
    try:
        opened = sent.file.open("rb")
    except FileNotFoundError:
        return False
    entry = zipfile.ZipInfo(path, local(sent.came_at).timetuple()[:6])
    # What people send is packed already: pictures, PDF, office documents.
    entry.compress_type = zipfile.ZIP_STORED
    with opened, archive.open(entry, "w", force_zip64=True) as into:
        shutil.copyfileobj(opened, into, 1 << 20)
    return True
