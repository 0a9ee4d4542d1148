"""Reads the words of uploaded PDFs for search, in the background: a long plan takes seconds."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from wagtail.search.index import insert_or_update_object

from folkmoot.publishing.models import DocumentPage, UploadedFile


def read_new_words(at: datetime) -> None:
    """Take down the text of every PDF whose present file was not read yet.

    A file that is missing or cannot be read counts as read, without words.
    """
    unread = UploadedFile.objects.filter(kind="pdf").exclude(words_of=F("file_hash"))
    for file in unread.order_by("pk"):
        read_words(file)


def read_words(file: UploadedFile) -> None:
    """Take down the text of one PDF, and let the documents that offer it be found by it."""
    from folkmoot.publishing.files import pdfs  # slow to import

    try:
        with file.open_file() as opened:
            words = pdfs.words(opened)
    except FileNotFoundError:
        words = ""
    # The file may have been replaced meanwhile; then these are not its words.
    kept = UploadedFile.objects.filter(pk=file.pk, file_hash=file.file_hash)
    if not kept.update(words=words, words_of=file.file_hash):
        return
    insert_or_update_object(UploadedFile.objects.get(pk=file.pk))
    for page in DocumentPage.objects.filter(versions__formats__file=file).distinct():
        insert_or_update_object(page)
