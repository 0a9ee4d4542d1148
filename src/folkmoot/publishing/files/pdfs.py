"""What a PDF is like to somebody who cannot see it, and the words in it.

Checked are the four things without which a PDF fails most readers, all of them in PDF/UA-1
(ISO 14289-1): tags (7.1), a language (7.2), a title (7.1), and text that is text (7.3). It is no
full check: a validator such as veraPDF finds more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from folkmoot.publishing.files.kinds import RefusedFileError

# A scan is known by its first pages; a whole plan would take too long while somebody waits.
PAGES_LOOKED_AT = 5
MOST_WORDS = 300_000  # characters of text kept for search
MOST_PAGES = 1_000
# What pypdf lets through for broken files beside its own errors.
BROKEN = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Checked:
    """A PDF's number of pages, None where it cannot be known, and the names of its faults."""

    pages: int | None
    faults: tuple[str, ...]


def check(file: BinaryIO, name: str) -> Checked:
    """Return what a PDF fails, and leave it at its beginning.

    Raises RefusedFileError for a file that cannot be read as a PDF.
    """
    try:
        reader = _open(file)
        if reader is None:
            return Checked(None, ("locked",))
        pages = len(reader.pages)
        if not pages:
            raise RefusedFileError(f"“{name}” has no pages: make the PDF again.")
        return Checked(pages, tuple(_faults(reader, pages)))
    except BROKEN as error:
        if isinstance(error, RefusedFileError):
            raise
        raise RefusedFileError(
            f"“{name}” cannot be read as a PDF; it may have been cut short: "
            "save it again and upload that."
        ) from error
    finally:
        file.seek(0)


def words(file: BinaryIO) -> str:
    """Return the text of a PDF for search, at most `MOST_WORDS` characters; empty for a scan."""
    parts: list[str] = []
    length = 0
    try:
        reader = _open(file)
        for page in reader.pages[:MOST_PAGES] if reader is not None else []:
            part = " ".join(_text(page).split())
            parts.append(part)
            length += len(part)
            if length >= MOST_WORDS:
                break
    except BROKEN:
        pass  # what could be read is still worth finding
    return " ".join(part for part in parts if part)[:MOST_WORDS]


def _open(file: BinaryIO) -> PdfReader | None:
    file.seek(0)
    try:
        reader = PdfReader(file, strict=False)
        is_locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:
        return None  # a cipher that pypdf does not know by itself
    return None if is_locked else reader


def _faults(reader: PdfReader, pages: int) -> list[str]:
    catalogue: Any = reader.root_object
    marked = catalogue.get("/MarkInfo")
    is_tagged = bool(marked and marked.get_object().get("/Marked")) and "/StructTreeRoot" in (
        catalogue
    )
    looked_at = reader.pages[: min(pages, PAGES_LOOKED_AT)]
    found = {
        "no-text": not any(_text(page).strip() for page in looked_at),
        "no-tags": not is_tagged,
        "no-language": not str(catalogue.get("/Lang") or "").strip(),
        "no-title": not _title(reader),
    }
    return [name for name, is_wrong in found.items() if is_wrong]


def _title(reader: PdfReader) -> str:
    """Return the title from the properties, or from the metadata where only they have it."""
    described = reader.metadata
    if described is not None and (title := str(described.title or "").strip()):
        return title
    try:
        metadata = reader.xmp_metadata
        titles = metadata.dc_title if metadata is not None else None
    except BROKEN:
        return ""
    return " ".join(str(each) for each in (titles or {}).values()).strip()


def _text(page: Any) -> str:
    """Return the text of a page without characters that no database keeps."""
    try:
        text: str = page.extract_text()
    except BROKEN:
        return ""
    # Half of a character that a font does not map whole cannot be written down.
    return text.replace("\0", " ").encode("utf-8", "replace").decode()
