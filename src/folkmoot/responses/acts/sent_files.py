"""Files that come as answers: kept privately with the draft, or taken out again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.db import transaction

from folkmoot.publishing.files.kinds import RefusedFileError
from folkmoot.responses.files import extension_of
from folkmoot.responses.models import Draft, SentFile
from folkmoot.responses.questions import FileQuestion, reply

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from folkmoot.responses.models import Response
    from folkmoot.responses.questions import Question, SurveyForm

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
                # An upload reads, seeks and tells as any file does.
                file = cast("BinaryIO", upload)
                extension = extension_of(file, name, question.extensions, question.megabytes)
            except RefusedFileError as error:
                refused.append(str(error))
                continue
            sent = _keep(draft, question.key, upload, name, extension, digest, at)
            there[str(sent.pk)] = sent
    return list(there), refused


def forget_file(sent: SentFile) -> None:
    """Take a file out, and off the disk once that is committed."""
    storage, path = sent.file.storage, sent.file.name or ""
    sent.delete()
    transaction.on_commit(partial(storage.delete, path))


def hand_over(
    draft: Draft, response: Response, form: SurveyForm, asked: Iterable[Question]
) -> None:
    """Let the files of a draft that are answers to what was asked be those of its response.

    Others, of a question of the form that is no longer asked, are taken out with the draft.
    """
    if not any(isinstance(question, FileQuestion) for question in form.questions):
        return
    questions = [question for question in asked if isinstance(question, FileQuestion)]
    numbers = {number for question in questions for number in reply(question, draft.answers)}
    for sent in draft.files.all():
        if str(sent.pk) in numbers:
            sent.draft, sent.response = None, response
            sent.save(update_fields=["draft", "response"])
        else:
            forget_file(sent)


def copy_files(response: Response, draft: Draft) -> None:
    """Give a draft files of its own, and put their numbers among its answers.

    Erasing either the response or the draft must not erase the files of the other.
    """
    numbers: dict[str, list[str]] = {}
    for sent in response.files.order_by("pk"):
        with sent.file.open("rb") as file:
            copied = SentFile.objects.create(
                draft=draft,
                question=sent.question,
                file=ContentFile(file.read(), name=_kept_name(sent.sha256, sent.extension)),
                name=sent.name,
                extension=sent.extension,
                bytes=sent.bytes,
                sha256=sent.sha256,
                came_at=sent.came_at,
            )
        numbers.setdefault(sent.question, []).append(str(copied.pk))
    if numbers:
        draft.answers = draft.answers | numbers
        draft.save(update_fields=["answers"])


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
    kept = File(upload.file, name=_kept_name(digest, extension))
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


def _kept_name(digest: str, extension: str) -> str:
    """Return a name for the disk, which says nothing: officers see what its sender called it."""
    return f"{digest[:32]}.{extension}"


def _digest(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _too_many(name: str, most: int) -> str:
    many = "one file" if most == 1 else f"{most} files"
    return f"“{name}” was not kept, as at most {many} can be sent here: take one out first."
