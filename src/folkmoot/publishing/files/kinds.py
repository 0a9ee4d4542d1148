"""What a file is, by its content: its name is only what somebody called it."""

from __future__ import annotations

import codecs
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

import filetype

from folkmoot.publishing.files.captions import CaptionsError, read_cues

HEAD_BYTES = 8192
CHUNK_BYTES = 1 << 20


class RefusedFileError(ValueError):
    """A file may not be uploaded; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of file: its extension, the words for it, its media type, and how it is sent."""

    extension: str
    words: str
    media_type: str
    # Shown by the browser itself; everything else is only ever saved.
    is_inline: bool = False

    @property
    def family(self) -> str:
        """Return "video", "audio" or another first half of the media type."""
        return self.media_type.partition("/")[0]


_OOXML = "application/vnd.openxmlformats-officedocument"
KINDS = {
    kind.extension: kind
    for kind in (
        Kind("pdf", "PDF", "application/pdf", is_inline=True),
        Kind("docx", "Word", f"{_OOXML}.wordprocessingml.document"),
        Kind("xlsx", "Excel", f"{_OOXML}.spreadsheetml.sheet"),
        Kind("pptx", "PowerPoint", f"{_OOXML}.presentationml.presentation"),
        Kind("odt", "OpenDocument text", "application/vnd.oasis.opendocument.text"),
        Kind("ods", "OpenDocument spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
        Kind("csv", "CSV", "text/csv"),
        Kind("txt", "text", "text/plain"),
        Kind("vtt", "captions", "text/vtt", is_inline=True),
        Kind("mp4", "MP4 video", "video/mp4", is_inline=True),
        Kind("webm", "WebM video", "video/webm", is_inline=True),
        Kind("mp3", "MP3", "audio/mpeg", is_inline=True),
        Kind("m4a", "M4A", "audio/mp4", is_inline=True),
        Kind("ogg", "Ogg", "audio/ogg", is_inline=True),
        Kind("wav", "WAV", "audio/wav", is_inline=True),
    )
}
_SAME = {"m4v": "mp4"}
_IN_ARCHIVE = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_MARKUP = ("<!doctype", "<html", "<svg", "<?xml", "<script", "<head", "<body", "<iframe")
ACCEPTED = "a PDF, Word, Excel, PowerPoint, OpenDocument, CSV, text, captions, video or audio file"


def kind_of(file: BinaryIO, name: str) -> Kind:
    """Return the kind of a file, and leave it at its beginning.

    `name` decides only between CSV and plain text, which no content tells apart, and between
    text and what text may begin like ("BMI,age" begins like a bitmap). Raises
    RefusedFileError for what is not accepted: pages and drawings that may carry scripts, documents
    with macros, programs, archives, broken files.
    """
    file.seek(0)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if not head:
        raise RefusedFileError(f"“{name}” is empty: choose the file again.")
    found = None if _is_named_text(head, name) else filetype.guess(head)
    if zipfile.is_zipfile(file) and head.startswith(b"PK"):
        kind = _archived(file, name)
    elif found is None:
        kind = _text(file, name)
    else:
        extension = _SAME.get(found.extension, found.extension)
        if extension not in KINDS:
            raise RefusedFileError(
                f"“{name}” is a file of type {found.mime}, which is not accepted: "
                f"upload {ACCEPTED}."
            )
        kind = KINDS[extension]
    file.seek(0)
    return kind


def _is_named_text(head: bytes, name: str) -> bool:
    """Return whether a file is called a text and begins like one."""
    extension = name.rpartition(".")[2].lower()
    begins_otherwise = b"\0" in head or head.startswith((b"%PDF", b"PK"))
    return extension in ("csv", "txt", "vtt") and not begins_otherwise


def _archived(file: BinaryIO, name: str) -> Kind:
    """Return the kind of an office document, which is an archive of parts."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.namelist()
            declared = b""
            if "mimetype" in parts:
                with archive.open("mimetype") as part:
                    declared = part.read(100)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise RefusedFileError(f"“{name}” is broken: save it again and upload that.") from error
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise RefusedFileError(f"“{name}” holds macros: save it without them and upload that.")
    for kind in KINDS.values():
        if declared.decode("ascii", "replace").strip() == kind.media_type:
            return kind
    if "[Content_Types].xml" in parts:
        for folder, extension in _IN_ARCHIVE.items():
            if any(part.startswith(folder) for part in parts):
                return KINDS[extension]
    raise RefusedFileError(
        f"“{name}” is an archive, which is not accepted: upload the files in it one by one."
    )


def _text(file: BinaryIO, name: str) -> Kind:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    start = ""
    file.seek(0)
    try:
        while chunk := file.read(CHUNK_BYTES):
            if b"\0" in chunk:
                raise RefusedFileError(
                    f"“{name}” is a file of a type that is not known: upload {ACCEPTED}."
                )
            text = decoder.decode(chunk)
            if len(start) < HEAD_BYTES:
                start += text
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise RefusedFileError(
            f"“{name}” is not written in UTF-8: save it again as text or CSV in UTF-8."
        ) from error
    opening = start.lstrip().lower()
    if opening.startswith(_MARKUP):
        raise RefusedFileError(
            f"“{name}” is a web page or a drawing, which may carry scripts: upload it as a PDF, "
            "or write it as a page of this site."
        )
    extension = name.rpartition(".")[2].lower()
    if start.startswith("WEBVTT"):
        file.seek(0)
        try:
            read_cues(file.read().decode("utf-8-sig"))
        except CaptionsError as error:
            raise RefusedFileError(f"“{name}”: {error}") from error
        return KINDS["vtt"]
    if extension == "vtt":
        raise RefusedFileError(
            f"“{name}” does not begin with WEBVTT, so no player reads it: "
            "export the captions as WebVTT."
        )
    return KINDS["csv" if extension == "csv" else "txt"]
