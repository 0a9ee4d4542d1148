"""A picture that came as an answer, without what a camera or a program wrote beside it.

A photo says where it was taken and with whose camera. Somebody who writes of a crime does not mean
to send that with it, so a picture is drawn afresh from its points and nothing else is taken over.
"""

from __future__ import annotations

import warnings
from contextlib import suppress
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin

from folkmoot.publishing.files.kinds import RefusedFileError

FORMATS = {"jpg": "JPEG", "png": "PNG"}
# What one upload may take of the memory: 150 MB for each copy while it is turned.
MOST_POINTS = 50_000_000
# Of a picture whose colours were changed, as it can no longer be saved the way it was.
QUALITY = 95
_WITH_COLOURS = {"RGB": "RGB", "RGBA": "RGBA", "CMYK": "RGB"}


def bare_picture(file: BinaryIO, name: str, extension: str) -> BytesIO:
    """Return a JPEG or PNG picture as it is seen, upright, with nothing beside its points.

    Left out are place, time, camera, author, comments, previews, and whatever follows the picture
    in its file. Raises RefusedFileError with a sentence for the sender where it cannot be read to
    its end, or has too many points.
    """
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # Ours is the limit, and it is lower.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(file, formats=(FORMATS[extension],))
            _refuse_too_many_points(picture, name)
            picture.load()
        return _saved(_upright(picture), extension)
    except RefusedFileError:
        raise
    except Exception as error:
        # What a broken picture raises depends on where it is broken.
        raise RefusedFileError(
            f"“{name}” is a broken picture: save it again and send that."
        ) from error
    finally:
        file.seek(0)


def _refuse_too_many_points(picture: Image.Image, name: str) -> None:
    points = picture.width * picture.height
    if points > MOST_POINTS:
        raise RefusedFileError(
            f"“{name}” has {points / 1e6:,.0f} million points and the most that can be sent here "
            f"is {MOST_POINTS / 1e6:,.0f} million: make it smaller and send that."
        )


def _upright(picture: Image.Image) -> Image.Image:
    """Return a picture turned as its camera says it was held, in colours that need no profile."""
    # What cannot be read there turns nothing, and is left out like the rest of it.
    with suppress(Exception):
        ImageOps.exif_transpose(picture, in_place=True)
    profile, mode = picture.info.get("icc_profile"), _WITH_COLOURS.get(picture.mode)
    if profile and mode:
        with suppress(ImageCms.PyCMSError, OSError):
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            common = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(picture, meant, common, outputMode=mode)
            return changed or picture
    return picture


def _saved(picture: Image.Image, extension: str) -> BytesIO:
    transparency = picture.info.get("transparency")
    picture.info = {} if transparency is None else {"transparency": transparency}
    saved = BytesIO()
    if extension == "png":
        picture.save(saved, "PNG")
    elif tables := getattr(picture, "quantization", None):
        # With its own tables, saving it again changes next to nothing of what is seen.
        sampling = JpegImagePlugin.get_sampling(picture)
        picture.save(saved, "JPEG", qtables=tables, subsampling=sampling)
    else:
        picture.save(saved, "JPEG", quality=QUALITY, subsampling=0)
    saved.seek(0)
    return saved
