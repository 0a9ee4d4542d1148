"""What a file that came as an answer is, by its content, and whether a question takes it."""

from __future__ import annotations

from typing import BinaryIO

import filetype

from folkmoot.publishing.files.kinds import KINDS, RefusedFileError, kind_of
from folkmoot.responses.pictures import bare_picture

MOST_MEGABYTES = 50
MEGABYTE = 1024 * 1024
_PICTURES = {"jpg": "JPEG picture", "png": "PNG picture"}
# What a picture is called; whatever else is called so is not what its sender thinks it is.
_PICTURE_NAMES = ("jpg", "jpeg", "png")
# What an officer may choose from, with the words for each type.
EXTENSIONS = {each.extension: each.words for each in KINDS.values() if each.extension != "vtt"}
EXTENSIONS |= _PICTURES
# Types that have no properties.
_WITHOUT = ("txt", "csv")
_HEAD_BYTES = 8192


def taken_file(
    file: BinaryIO, name: str, accepted: tuple[str, ...], megabytes: int
) -> tuple[BinaryIO, str]:
    """Return what is kept of a file, at its beginning, and what it is, one of `accepted`.

    A picture is kept without what is written beside its points (see `pictures`), everything else
    as it came. Raises RefusedFileError with a sentence for the sender: a file that is empty, too
    large, broken, not what its name says, or of another type.
    """
    file.seek(0, 2)
    size = file.tell()
    if size > megabytes * MEGABYTE:
        raise RefusedFileError(
            f"“{name}” has {size / MEGABYTE:.1f} MB and the most that can be sent here is "
            f"{megabytes} MB: make it smaller, or send it by e-mail."
        )
    picture = _picture(file)
    found = picture or _document(file, name, accepted)
    if found not in accepted:
        raise RefusedFileError(_not_accepted(name, accepted))
    if picture:
        return bare_picture(file, name, picture), picture
    if name.rpartition(".")[2].lower() in _PICTURE_NAMES:
        raise RefusedFileError(
            f"“{name}” cannot be read as the picture that its name says it is: save it again as a "
            "JPEG or PNG picture and send that."
        )
    return file, found


def properties_words(extensions: tuple[str, ...]) -> str:
    """Return what becomes of place, camera and author in files of some types, in words."""
    said = []
    if set(extensions) & _PICTURES.keys():
        said.append("We take the place, the camera and the author out of a picture.")
    if others := tuple(each for each in extensions if each not in (*_PICTURES, *_WITHOUT)):
        said.append(
            f"The properties of a {type_words(others)} file stay in it, such as the name of its "
            "author: take them out before you send it, if you do not want us to have them."
        )
    return " ".join(said)


def type_words(extensions: tuple[str, ...]) -> str:
    """Return types of file in words: "PDF, Word or JPEG picture"."""
    words = [EXTENSIONS.get(each, each.upper()) for each in extensions]
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def archived_name(name: str, extension: str = "") -> str:
    """Return a sender's name of a file as one that no archive unpacks elsewhere.

    With `extension` it ends like what the file is, whatever its sender called it.
    """
    kept = "".join(mark if mark.isalnum() or mark in "-_. " else "_" for mark in name)
    stem = kept.strip(". ")[-100:].strip(". ") or "file"
    if not extension or stem.lower().endswith(f".{extension}"):
        return stem
    return f"{stem}.{extension}"


def _picture(file: BinaryIO) -> str:
    """Return "jpg" or "png" where a file begins like such a picture, empty where it does not."""
    file.seek(0)
    guessed = filetype.guess(file.read(_HEAD_BYTES))
    file.seek(0)
    extension = str(guessed.extension) if guessed else ""
    return extension if extension in _PICTURES else ""


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
