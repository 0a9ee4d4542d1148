"""Small real files for the tests of uploads."""

from __future__ import annotations

import io
import wave
import zipfile
from functools import lru_cache
from typing import Literal

import pikepdf
import typst
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject

TEXT = """
#set document(title: "The draft plan")
#set text(lang: "en", region: "GB")
= What we would put first
Fewer people are hurt, and the zebra crossing by the school is lit.
#pagebreak()
= How you will know
Each measure is published every quarter.
"""
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nGood morning.\n\n00:02.000 --> 00:04.500\nThank you.\n"
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42" + b"\x00" * 40
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"


@lru_cache
def pdf(source: str = TEXT) -> bytes:
    """Return a tagged PDF with a title and a language, two pages of it unless told otherwise."""
    made: bytes = typst.compile(
        source.encode(), format="pdf", pdf_standards=["ua-1"], ignore_system_fonts=True, timestamp=0
    )
    return made


def pdf_without(*names: str, title: bool = True) -> bytes:
    """Return the PDF without entries of its catalogue, and without its title if so told."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf()))
    for name in names:
        writer.root_object.pop(NameObject(name), None)
    if not title:
        writer.root_object.pop(NameObject("/Metadata"), None)
        writer.metadata = None
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def scan() -> bytes:
    """Return a tagged PDF whose only page is a picture."""
    return pdf(
        '#set document(title: "Scan")\n#set text(lang: "en")\n'
        '#figure(alt: "A page", rect(width: 5cm, height: 5cm, fill: gray))'
    )


def locked(user: str = "secret", revision: Literal[3, 6] = 6) -> bytes:
    """Return the PDF under a password; with an empty one it opens, but may not be copied."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as opened:
        lock = pikepdf.Encryption(
            owner="owner", user=user, R=revision, aes=revision >= 4, metadata=revision >= 4
        )
        opened.save(out, encryption=lock)
    return out.getvalue()


def pages(content: bytes) -> int:
    return len(PdfReader(io.BytesIO(content)).pages)


def archive(*names: str, **contents: str) -> bytes:
    """Return a zip of parts, such as an office document is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name in names:
            zipped.writestr(name, "x")
        for name, content in contents.items():
            zipped.writestr(name, content)
    return out.getvalue()


def sound(seconds: int = 1) -> bytes:
    """Return silence as a WAV file of 8,000 bytes a second."""
    out = io.BytesIO()
    with wave.open(out, "wb") as recorded:
        recorded.setnchannels(1)
        recorded.setsampwidth(1)
        recorded.setframerate(8000)
        recorded.writeframes(b"\x80" * 8000 * seconds)
    return out.getvalue()
