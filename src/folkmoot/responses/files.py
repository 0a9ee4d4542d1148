"""What a file that came as an answer is, by its content, and whether a question takes it."""

from __future__ import annotations

import warnings
from typing import BinaryIO

import filetype
from PIL import Image

from folkmoot.publishing.files.kinds import KINDS, RefusedFileError, kind_of

MOST_MEGABYTES = 50
MEGABYTE = 1024 * 1024
_PICTURES = {"jpg": "JPEG picture", "png": "PNG picture"}
# What an officer may choose from, with the words for each type.
EXTENSIONS = {each.extension: each.words for each in KINDS.values() if each.extension != "vtt"}
EXTENSIONS |= _PICTURES
_HEAD_BYTES = 8192


def extension_of(file: BinaryIO, name: str, accepted: tuple[str, ...], megabytes: int) -> str:
    """Return what a file is by its content, one of `accepted`; leave it at its beginning.

    Raises RefusedFileError with a sentence for the sender: a file that is empty, too large,
    broken, or of another type.
    """
    file.seek(0, 2)
    size = file.tell()
    if size > megabytes * MEGABYTE:
        raise RefusedFileError(
            f"“{name}” has {size / MEGABYTE:.1f} MB and the most that can be sent here is "
            f"{megabytes} MB: make it smaller, or send it by e-mail."
        )
    found = _picture(file, name) or _document(file, name, accepted)
    if found not in accepted:
        raise RefusedFileError(_not_accepted(name, accepted))
    return found


def type_words(extensions: tuple[str, ...]) -> str:
    """Return types of file in words: "PDF, Word or JPEG picture"."""
    words = [EXTENSIONS.get(each, each.upper()) for each in extensions]
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _picture(file: BinaryIO, name: str) -> str:
    """Return "jpg" or "png" where a file is such a picture, empty where it is none."""
    file.seek(0)
    guessed = filetype.guess(file.read(_HEAD_BYTES))
    file.seek(0)
    extension = guessed.extension if guessed else ""
    if extension not in _PICTURES:
        return ""
    try:
        with warnings.catch_warnings():
            # A picture of more points than anybody looks at may be made to fill the memory.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            Image.open(file, formats=("JPEG", "PNG")).verify()
    except Exception as error:
        # What a broken picture raises depends on where it is broken.
        raise RefusedFileError(
            f"“{name}” is a broken picture: save it again and send that."
        ) from error
    finally:
        file.seek(0)
    return str(extension)


def _document(file: BinaryIO, name: str, accepted: tuple[str, ...]) -> str:
    try:
        return kind_of(file, name).extension
    except RefusedFileError as refused:
        # Those sentences tell an editor what the site takes; a question takes less.
        said = str(refused)
        is_about_types = "upload" in said or "write it as a page" in said
        raise RefusedFileError(_not_accepted(name, accepted) if is_about_types else said) from None


def _not_accepted(name: str, accepted: tuple[str, ...]) -> str:
    return f"“{name}” is not a file that can be sent here: send a {type_words(accepted)}."
