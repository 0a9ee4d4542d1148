"""Files that come as answers: kept privately with the draft, or taken out again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction

from folkmoot.publishing.files.kinds import RefusedFileError
from folkmoot.responses.files import extension_of
from folkmoot.responses.models import Draft, SentFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from folkmoot.responses.questions import FileQuestion

LONGEST_NAME = 200


def keep_files(
    draft: Draft,
    question: FileQuestion,
    uploads: Sequence[UploadedFile],
    at: datetime,
    removed: Collection[str] = (),
) -> tuple[list[str], list[str]]:
    """Keep the files that were sent for a question, after taking out those `removed`.

    Returns the numbers of all its files, oldest first, and a sentence for each that was not kept:
    one that the question does not take, or one too many. The others are kept all the same, and a
    file that is there already, byte for byte, is kept once.
    """
    refused: list[str] = []
    with transaction.atomic():
        # Locked, so that two tabs do not send one file too many.
        Draft.objects.select_for_update().filter(pk=draft.pk).first()
        there = {str(each.pk): each for each in _files(draft, question)}
        for number in there.keys() & set(removed):
            forget_file(there.pop(number))
        for upload in uploads:
            name = safe_name(upload.name or "")
            digest = _digest(upload)
            if any(each.sha256 == digest for each in there.values()):
                continue
            if len(there) >= question.most:
                refused.append(_too_many(name, question.most))
                continue
            try:
                extension = extension_of(upload, name, question.extensions, question.megabytes)
            except RefusedFileError as error:
                refused.append(str(error))
                continue
            sent = _keep(draft, question.key, upload, name, extension, digest, at)
            there[str(sent.pk)] = sent
    return list(there), refused


def forget_file(sent: SentFile) -> None:
    """Take a file out, and off the disk once that is committed."""
    storage, path = sent.file.storage, sent.file.name
    sent.delete()
    transaction.on_commit(partial(storage.delete, path))


def safe_name(name: str) -> str:
    """Return what a sender called a file, without folders and marks that are not shown."""
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(mark for mark in last if mark.isprintable()).strip()
    return shown[-LONGEST_NAME:] or "file"


def _files(draft: Draft, question: FileQuestion) -> list[SentFile]:
    return list(draft.files.filter(question=question.key).order_by("pk"))


def _keep(
    draft: Draft,
    key: str,
    upload: UploadedFile,
    name: str,
    extension: str,
    digest: str,
    at: datetime,
) -> SentFile:
    # The name on the disk says nothing: what its sender called it is shown to officers only.
    kept = File(upload.file, name=f"{digest[:32]}.{extension}")
    return SentFile.objects.create(
        draft=draft,
        question=key,
        file=kept,
        name=name,
        extension=extension,
        bytes=upload.size or 0,
        sha256=digest,
        came_at=at,
    )


def _digest(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _too_many(name: str, most: int) -> str:
    many = "one file" if most == 1 else f"{most} files"
    return f"“{name}” was not kept, as at most {many} can be sent here: take one out first."
