"""Sends files and pictures: in parts where asked, never as something a browser would run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import filetype
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.models import document_served

from folkmoot.publishing.clock import now
from folkmoot.publishing.files.access import is_public, is_staff
from folkmoot.publishing.models import UploadedFile

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase

CHUNK_BYTES = 1 << 16
HEAD_BYTES = 262
PUBLIC_SECONDS = 600
A_YEAR = 31_536_000
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"})
# Where Wagtail keeps the sizes that pages show; originals and portraits are for staff.
PUBLIC_FOLDERS = ("images/",)
# A PDF viewer does not start in a sandbox; nothing else of ours would need what it forbids.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; img-src 'self'"
SANDBOX = f"{POLICY}; sandbox"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def uploaded_file(request: HttpRequest, file_id: int, filename: str) -> HttpResponseBase:
    """Send an uploaded file to whoever may have it.

    Stands before Wagtail's own view, which knows neither drafts nor parts of a file; the privacy
    of Wagtail's collections is kept. Raises Http404 where there is no such file for the visitor.
    """
    file = UploadedFile.objects.filter(pk=file_id).first()
    if file is None or file.filename != filename:
        raise Http404("There is no such file.")
    for hook in hooks.get_hooks("before_serve_document"):
        if isinstance(answer := hook(file, request), HttpResponse):
            return answer
    public = is_public(file, now())
    if not public and not is_staff(request):
        raise Http404("This file is not published, or is published no longer.")
    response = _sent(request, file)
    # Kept for minutes only, as a file may be withdrawn; what is not public is kept by nobody.
    response["Cache-Control"] = (
        f"public, max-age={PUBLIC_SECONDS}" if public else "private, no-store"
    )
    document_served.send(sender=UploadedFile, instance=file, request=request)
    return response


def _sent(request: HttpRequest, file: UploadedFile) -> HttpResponseBase:
    try:
        path = Path(file.file.path)
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise Http404("This file is missing: tell us, and we will put it back.") from error
    response = _in_parts(request, path, size, f'"{file.get_file_hash()}"')
    response["Content-Type"] = _media_type(file)
    response["Content-Disposition"] = file.content_disposition
    response["Content-Security-Policy"] = POLICY if file.kind == "pdf" else SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _media_type(file: UploadedFile) -> str:
    media_type = file.content_type
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a picture that Wagtail keeps; its address never changes its content.

    Raises Http404 for anything that is no picture by content, and, to the public, for
    everything but the sizes that pages show.
    """
    if not name.startswith(PUBLIC_FOLDERS) and not is_staff(request):
        raise Http404("There is no such picture.")
    try:
        path = Path(default_storage.path(name))
        with path.open("rb") as opened:
            found = filetype.guess(opened.read(HEAD_BYTES))
    except (OSError, SuspiciousOperation, ValueError) as error:
        raise Http404("There is no such picture.") from error
    if found is None or found.mime not in PICTURES:
        raise Http404("There is no such picture.")
    state = path.stat()
    etag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        response = FileResponse(path.open("rb"), content_type=found.mime)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(state.st_mtime)
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _in_parts(request: HttpRequest, path: Path, size: int, etag: str) -> HttpResponseBase:
    """Return the whole file, the part of it that is asked for, or that it has no such part.

    One range at a time, as players ask for it (RFC 9110, section 14); several are answered with
    the whole.
    """
    modified = path.stat().st_mtime
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag or _is_unmodified(request, modified):
        response = HttpResponse(status=304)
    elif (part := _part(request, size, etag)) is None:
        response = StreamingHttpResponse(_bytes(path, 0, size))
        response["Content-Length"] = str(size)
    elif not part:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = StreamingHttpResponse(_bytes(path, part.start, len(part)), status=206)
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
        response["Content-Length"] = str(len(part))
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    return response


def _is_unmodified(request: HttpRequest, modified: float) -> bool:
    since = request.headers.get("If-Modified-Since")
    if not since or "If-None-Match" in request.headers:
        return False
    return int(modified) <= (parse_http_date_safe(since) or 0)


def _part(request: HttpRequest, size: int, etag: str) -> range | None:
    """Return the bytes asked for: None for the whole, empty where there are none such."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    end = min(size, int(last) + 1) if last else size
    if last and int(last) < int(first):
        return None
    return range(int(first), end)


def _bytes(path: Path, first: int, length: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(first, os.SEEK_SET)
        while length > 0 and (chunk := file.read(min(CHUNK_BYTES, length))):
            length -= len(chunk)
            yield chunk
