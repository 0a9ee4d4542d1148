"""The scan of a form, kept with its response."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, cast

from django.core.files.base import File
from django.db import transaction

from folkmoot.accounts.audit import record
from folkmoot.publishing.files.kinds import RefusedFileError
from folkmoot.responses import access
from folkmoot.responses.acts.keying.refusal import KeyingRefusedError, allow
from folkmoot.responses.acts.sent_files import digest_of, safe_name
from folkmoot.responses.files import taken_file
from folkmoot.responses.models import Response, SentFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from folkmoot.accounts.models import User

SCAN = "paper-form"
SCANS = ("pdf", "jpg", "png")
SCAN_MEGABYTES = 20


def attach_scan(response: Response, upload: UploadedFile, at: datetime, by: User) -> SentFile:
    """Keep the scan of a form, or the e-mail it came in as PDF, with its response.

    Raises KeyingRefusedError for a file that is no PDF, JPEG or PNG, or is too large. The same
    file is kept once.
    """
    allow(access.may_key(by), "attach a scan to a response")
    name = safe_name(upload.name or "")
    try:
        kept, extension = taken_file(cast("BinaryIO", upload), name, SCANS, SCAN_MEGABYTES)
    except RefusedFileError as error:
        raise KeyingRefusedError(str(error)) from error
    digest, file = digest_of(kept), File(kept)
    with transaction.atomic():
        if found := SentFile.objects.filter(response=response, sha256=digest).first():
            return found
        sent = SentFile(
            response=response,
            question=SCAN,
            name=name,
            extension=extension,
            bytes=file.size,
            sha256=digest,
            came_at=at,
        )
        # What its sender called it may say who they are: it is no part of an address.
        sent.file.save(f"{digest[:16]}.{extension}", file, save=False)
        sent.save()
        # Nor of the audit record, which is never erased.
        record("scan attached", response, at, by=by, after={"sha256": digest})
    return sent
