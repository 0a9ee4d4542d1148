"""The text of a letter or an e-mail that was sent as a file: a proposal, for a person to check."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from bs4 import BeautifulSoup
from defusedxml import ElementTree

MOST_UNPACKED = 50_000_000
MOST_PAGES = 1_000
LONGEST_TEXT = 2_000_000
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADER = re.compile(r"[!-9;-~]+:[ \t]")
_EMAIL_HEADERS = ("from:", "received:", "return-path:", "message-id:", "mime-version:", "date:")
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


class LetterFileError(ValueError):
    """A file cannot be taken as a letter; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class LetterFile:
    """What a file holds: its kind by content, its text, and what to tell whoever checks it.

    `sent_at` is when an e-mail says it was sent; None for other files.
    """

    extension: str
    text: str
    remarks: tuple[str, ...] = ()
    sent_at: datetime | None = None


def read_letter(file: BinaryIO, name: str) -> LetterFile:
    """Return what a PDF, Word, e-mail or text file holds. Raises LetterFileError for others."""
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if not head.strip():
        raise LetterFileError(f"“{name}” is empty: choose the file again.")
    if head.startswith(b"%PDF"):
        return _pdf(file)
    if head.startswith(b"PK"):
        return _docx(file, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise LetterFileError(
            f"“{name}” is an Outlook message or an old Word file: save it as .eml or .docx, or "
            "paste its text."
        )
    if _is_email(head):
        return _email(file.read())
    return LetterFile("txt", _decoded(file.read(), name))


def _clean(text: str) -> str:
    """Return text as it is kept: plain line breaks, no control codes, no run of empty lines."""
    # Half of a character that a font does not map whole cannot be written down.
    whole = text.encode("utf-8", "replace").decode()
    lines = whole.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL).split("\n")
    joined = "\n".join(line.rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()[:LONGEST_TEXT]


def _is_email(head: bytes) -> bool:
    lines = head.decode("ascii", "replace").lstrip("\ufeff").splitlines()
    named = [line.lower() for line in lines[:60] if _HEADER.match(line)]
    first = bool(lines and _HEADER.match(lines[0]))
    return first and sum(line.startswith(_EMAIL_HEADERS) for line in named) >= 2


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _clean(content.decode("utf-16", "replace"))
    if b"\0" in content:
        raise LetterFileError(
            f"“{name}” is of a type that is not taken: attach a PDF, .docx, .eml or .txt file, or "
            "paste the text."
        )
    try:
        return _clean(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _clean(content.decode("cp1252", "replace"))


def _pdf(file: BinaryIO) -> LetterFile:
    # Slow to import, and wanted for PDFs only.
    from pypdf import PdfReader

    unread = LetterFile(
        "pdf",
        "",
        (
            "No text could be read from the PDF: it may be a scan or protected. Type what it says; "
            "the file is kept with the response.",
        ),
    )
    try:
        reader = PdfReader(file)
        pages = [
            page.extract_text() or ""
            for number, page in enumerate(reader.pages)
            if number < MOST_PAGES
        ]
    except Exception:
        return unread
    text = _clean("\n\n".join(pages))
    return LetterFile("pdf", text) if text else unread


def _docx(file: BinaryIO, name: str) -> LetterFile:
    refused = LetterFileError(
        f"“{name}” is broken or no Word file: save it again as .docx, or paste its text."
    )
    root = None
    try:
        with zipfile.ZipFile(file) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size <= MOST_UNPACKED:
                root = ElementTree.fromstring(archive.read(part))
    except Exception as error:
        # What the decompressor says of broken streams has no common name.
        raise refused from error
    if root is None:
        raise refused
    paragraphs = []
    for paragraph in root.iter(f"{_WORDS}p"):
        said = []
        for node in paragraph.iter():
            if node.tag == f"{_WORDS}t":
                said.append(node.text or "")
            elif node.tag == f"{_WORDS}tab":
                said.append("\t")
            elif node.tag in (f"{_WORDS}br", f"{_WORDS}cr"):
                said.append("\n")
        paragraphs.append("".join(said))
    return LetterFile("docx", _clean("\n".join(paragraphs)))


def _email(content: bytes) -> LetterFile:
    message = email.message_from_bytes(content, policy=email.policy.default)
    remarks: list[str] = []
    text = ""
    sent_at = None
    # The library raises all kinds of errors over headers that nobody should send.
    try:
        if isinstance(message, EmailMessage):
            body = message.get_body(preferencelist=("plain", "html"))
            if body is not None:
                text = str(body.get_content())
                if body.get_content_subtype() == "html":
                    text = BeautifulSoup(text, "html.parser").get_text("\n")
            files = [part.get_filename() or "a file" for part in message.iter_attachments()]
            if files:
                remarks.append(
                    f"The e-mail has {len(files)} "
                    f"{'attachment' if len(files) == 1 else 'attachments'} "
                    f"({', '.join(files[:5])}): read them too. They are kept in the original."
                )
    except Exception:
        text = ""
    if not text.strip():
        remarks.append("No text could be read from the e-mail: paste it here.")
    try:
        sent_at = parsedate_to_datetime(str(message["date"])) if message["date"] else None
    except Exception:
        sent_at = None
    if sent_at is not None and sent_at.tzinfo is None:
        sent_at = None
    return LetterFile("eml", _clean(text), tuple(remarks), sent_at)
