"""Files that come as answers: kept privately with the draft, or taken out again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.db import transaction

from folkmoot.publishing.files.kinds import RefusedFileError
from folkmoot.responses.files import taken_file
from folkmoot.responses.models import Draft, SentFile
from folkmoot.responses.questions import BESIDE, FileQuestion, reply

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import QuerySet
    from django.db.models.fields.files import FieldFile

    from folkmoot.responses.models import Response
    from folkmoot.responses.questions import Question, SurveyForm

LONGEST_NAME = 200
CHUNK_BYTES = 1 << 20


class DraftGoneError(Exception):
    """A draft was erased, and no response came of it."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that came for a question: what is kept of it, or a sentence why nothing is."""

    name: str
    content: BinaryIO | None = None
    extension: str = ""
    sha256: str = ""
    refusal: str = ""


def read_files(question: FileQuestion, uploads: Sequence[UploadedFile]) -> list[Arrived]:
    """Return files as they are kept: of a picture what is seen, of others all of it.

    Apart from `keep_files`, as a picture takes a moment, in which others want to write.
    """
    return [_read(question, upload) for upload in uploads]


def _read(question: FileQuestion, upload: UploadedFile) -> Arrived:
    name = safe_name(upload.name or "")
    try:
        # An upload reads, seeks and tells as any file does.
        file = cast("BinaryIO", upload)
        content, extension = taken_file(file, name, question.extensions, question.megabytes)
    except RefusedFileError as error:
        return Arrived(name, refusal=str(error))
    return Arrived(name, content, extension, digest_of(content))


def keep_files(
    draft: Draft,
    question: FileQuestion,
    arrived: Sequence[Arrived],
    at: datetime,
    removed: Collection[str] = (),
) -> tuple[list[str], list[str]]:
    """Keep the files that were sent for a question, after taking out those `removed`.

    Returns the numbers of all its files, oldest first, and a sentence for each that was not kept:
    one that the question does not take, or one too many. The others are kept all the same, and a
    file that is there already, byte for byte, is kept once. Raises DraftGoneError where another
    tab submitted the draft meanwhile.
    """
    refused: list[str] = []
    with transaction.atomic():
        # Locked, so that two tabs do not send one file too many.
        if Draft.objects.select_for_update().filter(pk=draft.pk).first() is None:
            raise DraftGoneError
        there = {str(each.pk): each for each in _files(draft, question)}
        for number in there.keys() & set(removed):
            forget_file(there.pop(number))
        for each in arrived:
            if each.content is None:
                refused.append(each.refusal)
            elif any(kept.sha256 == each.sha256 for kept in there.values()):
                continue
            elif len(there) >= question.most:
                refused.append(_too_many(each.name, question.most))
            else:
                sent = _keep(draft, question.key, each, each.content, at)
                there[str(sent.pk)] = sent
    return list(there), refused


def forget_file(sent: SentFile) -> None:
    """Take a file out, and off the disk once that is committed."""
    erase_files(SentFile.objects.filter(pk=sent.pk))


def erase_files(files: QuerySet[SentFile]) -> int:
    """Erase files that were sent, once the caller's transaction is committed; return how many.

    That a file was sent stays in its answer, under a key that leads to nothing.
    """
    found = list(files)
    for sent in found:
        take_off_the_disk(sent.file)
    SentFile.objects.filter(pk__in=[sent.pk for sent in found]).delete()
    return len(found)


def erase_drafts(drafts: QuerySet[Draft]) -> int:
    """Erase drafts with the files that came for them, in one transaction; return how many drafts.

    Every draft that goes goes by this, but for one that became a response (see `hand_over`).
    """
    with transaction.atomic():
        # Locked, so that no file comes for one of them meanwhile.
        keys = list(drafts.select_for_update().values_list("pk", flat=True))
        erase_files(SentFile.objects.filter(draft__in=keys))
        Draft.objects.filter(pk__in=keys).delete()
    return len(keys)


def take_off_the_disk(file: FieldFile) -> None:
    """Delete a file that no row names any more, once the caller's transaction is committed.

    What cannot be deleted then is found later (see `strays`), and keeps nothing else from going.
    """
    transaction.on_commit(partial(file.storage.delete, file.name or ""), robust=True)


def hand_over(
    draft: Draft, response: Response, form: SurveyForm, asked: Iterable[Question]
) -> None:
    """Let the files of a draft that are answers to what was asked be those of its response.

    Others, of a question of the form that is no longer asked, are taken out with the draft.
    """
    if not _may_have_files(draft, form):
        return
    questions = [question for question in asked if isinstance(question, FileQuestion)]
    numbers = {number for question in questions for number in reply(question, draft.answers)}
    for sent in draft.files.all():
        if str(sent.pk) in numbers:
            sent.draft, sent.response = None, response
            sent.save(update_fields=["draft", "response"])
        else:
            forget_file(sent)


def copy_files(response: Response, draft: Draft, form: SurveyForm) -> None:
    """Give a draft files of its own, and put their numbers among its answers.

    Erasing either the response or the draft must not erase the files of the other. `form` is that
    of the response; a file that is not kept any more is no answer of the draft.
    """
    numbers: dict[str, list[str]] = {
        question.key: [] for question in form.questions if isinstance(question, FileQuestion)
    }
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


def digest_of(file: BinaryIO) -> str:
    """Return the SHA-256 of a file, which is left at its beginning."""
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK_BYTES):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def safe_name(name: str) -> str:
    """Return what a sender called a file, without folders and marks that are not shown."""
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(mark for mark in last if mark.isprintable()).strip()
    return shown[-LONGEST_NAME:] or "file"


def _may_have_files(draft: Draft, form: SurveyForm) -> bool:
    """Whether a draft may have files: of a question of the form, or of one that it had before."""
    if any(isinstance(question, FileQuestion) for question in form.questions):
        return True
    names = {name for question in form.questions for name in question.names}
    return not draft.answers.keys() <= names | set(BESIDE)


def _files(draft: Draft, question: FileQuestion) -> list[SentFile]:
    return list(draft.files.filter(question=question.key).order_by("pk"))


def _keep(draft: Draft, key: str, arrived: Arrived, content: BinaryIO, at: datetime) -> SentFile:
    file = File(content, name=_kept_name(arrived.sha256, arrived.extension))
    return SentFile.objects.create(
        draft=draft,
        question=key,
        file=file,
        name=arrived.name,
        extension=arrived.extension,
        bytes=file.size,
        sha256=arrived.sha256,
        came_at=at,
    )


def _kept_name(digest: str, extension: str) -> str:
    """Return a name for the disk, which says nothing: officers see what its sender called it."""
    return f"{digest[:32]}.{extension}"


def _too_many(name: str, most: int) -> str:
    many = "one file" if most == 1 else f"{most} files"
    return f"“{name}” was not kept, as at most {many} can be sent here: take one out first."
