"""A picture keeps what is seen on it, and nothing of where, when and by whom it was taken."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from folkmoot.publishing.files.kinds import RefusedFileError
from folkmoot.responses import pictures
from folkmoot.responses.files import properties_words, taken_file
from folkmoot.responses.pictures import bare_picture

# 51° 30' 26" N, 0° 7' 39" W: somebody's front door.
LATITUDE, LONGITUDE = (51.0, 30.0, 26.0), (0.0, 7.0, 39.0)
CAMERA, AUTHOR, SAID = "Nikon of Jane", "Jane Planted", "Planted beside the picture"
XMP = f"<x:xmpmeta><rdf:RDF><dc:creator>{AUTHOR}</dc:creator></rdf:RDF></x:xmpmeta>".encode()


def street() -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    drawn = Image.new("RGB", (60, 40), "blue")
    drawn.paste("red", (0, 0, 30, 40))
    return drawn


def taken_from_a_phone(turned: int = 1) -> bytes:
    """Return a JPEG as a phone writes it: with place, camera, author, comment, and more behind."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Artist] = CAMERA, AUTHOR
    exif[ExifTags.Base.Orientation] = turned
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", LATITUDE
    place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "W", LONGITUDE
    written = BytesIO()
    street().save(written, "JPEG", quality=90, exif=exif, xmp=XMP, comment=SAID.encode())
    return written.getvalue() + f"a film, and {SAID}".encode()


def bare(content: bytes, extension: str) -> tuple[bytes, Image.Image]:
    kept = bare_picture(BytesIO(content), f"street.{extension}", extension).getvalue()
    shown = Image.open(BytesIO(kept))
    shown.load()
    return kept, shown


def test_a_photo_says_nothing_of_where_and_by_whom_it_was_taken():
    sent = taken_from_a_phone()
    read = Image.open(BytesIO(sent)).getexif()
    assert read.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] == LATITUDE
    kept, shown = bare(sent, "jpg")
    assert shown.format == "JPEG"
    assert not dict(shown.getexif())
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for planted in (b"Exif", b"xmpmeta", *(each.encode() for each in (CAMERA, AUTHOR, SAID))):
        assert planted in sent
        assert planted not in kept


@pytest.mark.parametrize(
    ("turned", "size", "red"),
    [
        (1, (60, 40), (5, 20)),
        (2, (60, 40), (55, 20)),
        (3, (60, 40), (55, 20)),
        (4, (60, 40), (5, 20)),
        (5, (40, 60), (20, 5)),
        (6, (40, 60), (20, 5)),
        (7, (40, 60), (20, 55)),
        (8, (40, 60), (20, 55)),
    ],
)
def test_a_photo_stands_upright_without_what_said_how_it_was_held(turned, size, red):
    # The eight orientations of Exif 2.32, 4.6.5: where row 0 and column 0 are seen.
    _, shown = bare(taken_from_a_phone(turned), "jpg")
    assert shown.size == size
    r, _, b = shown.getpixel(red)
    assert r > 200
    assert b < 60
    r, _, b = shown.getpixel((size[0] - 1 - red[0], size[1] - 1 - red[1]))
    assert b > 200
    assert r < 60


def test_what_is_seen_on_a_photo_stays_as_it_was():
    written = BytesIO()
    Image.radial_gradient("L").convert("RGB").save(written, "JPEG", quality=80)
    before = Image.open(BytesIO(written.getvalue())).tobytes()
    _, shown = bare(written.getvalue(), "jpg")
    pairs = zip(before, shown.tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) <= 2


def test_a_png_loses_its_texts_and_keeps_every_point_and_what_is_clear():
    drawn = street().convert("RGBA")
    drawn.putalpha(120)
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = AUTHOR
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", AUTHOR)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    written = BytesIO()
    drawn.save(written, "PNG", pnginfo=texts, exif=exif, dpi=(300, 300))
    kept, shown = bare(written.getvalue(), "png")
    assert AUTHOR.encode() in written.getvalue()
    assert AUTHOR.encode() not in kept
    assert (shown.mode, shown.tobytes()) == ("RGBA", drawn.tobytes())
    assert {kept[at - 4 : at] for at in _chunks(kept)} == {b"IHDR", b"IDAT", b"IEND"}


def test_a_png_of_few_colours_keeps_the_one_that_is_clear():
    drawn = street().quantize(4)
    written = BytesIO()
    drawn.save(written, "PNG", transparency=0)
    _, shown = bare(written.getvalue(), "png")
    assert shown.convert("RGBA").tobytes() == (
        Image.open(BytesIO(written.getvalue())).convert("RGBA").tobytes()
    )


def test_colours_that_need_a_profile_are_written_so_that_they_need_none():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    written = BytesIO()
    street().save(written, "JPEG", quality=95, icc_profile=profile)
    kept, shown = bare(written.getvalue(), "jpg")
    assert b"ICC_PROFILE" not in kept
    assert shown.getpixel((5, 20))[0] > 240
    street().save(written := BytesIO(), "JPEG", icc_profile=b"no profile")
    _, shown = bare(written.getvalue(), "jpg")
    assert shown.size == (60, 40)


@pytest.mark.parametrize("extension", ["jpg", "png"])
def test_a_picture_that_is_cut_short_is_refused(extension):
    written = BytesIO()
    Image.effect_noise((200, 200), 90).save(written, pictures.FORMATS[extension])
    half = written.getvalue()[: len(written.getvalue()) // 2]
    with pytest.raises(RefusedFileError, match=f"“street.{extension}” is a broken picture: save"):
        bare(half, extension)


def test_a_picture_of_more_points_than_the_memory_should_hold_is_refused():
    written = BytesIO()
    Image.new("1", (8000, 7000)).save(written, "PNG")
    with pytest.raises(RefusedFileError, match=r"has 56 million points and the most .* 50 million"):
        bare(written.getvalue(), "png")


def test_a_file_that_is_no_picture_although_its_name_says_so_is_refused():
    with pytest.raises(RefusedFileError, match=r"“plan\.JPG” cannot be read as the picture"):
        taken_file(BytesIO(b"Dear all, ..."), "plan.JPG", ("txt", "jpg"), 1)
    # A picture is one whatever its name says; a text is one under any other name.
    png = BytesIO()
    street().save(png, "PNG")
    assert taken_file(png, "plan.jpg", ("jpg", "png"), 1)[1] == "png"
    file, found = taken_file(BytesIO(b"Dear all, ..."), "plan.txt", ("txt", "jpg"), 1)
    assert (file.read(), found) == (b"Dear all, ...", "txt")


def test_what_becomes_of_properties_is_said_for_the_types_that_are_taken():
    pictures_only = properties_words(("jpg", "png"))
    assert pictures_only == "We take the place, the camera and the author out of a picture."
    both = properties_words(("pdf", "docx", "jpg"))
    assert both.startswith(pictures_only)
    assert "The properties of a PDF or Word file stay in it" in both
    assert properties_words(("csv", "txt")) == ""


def _chunks(png: bytes) -> list[int]:
    """Return where the content of each chunk of a PNG begins."""
    found, at = [], 8
    while at < len(png):
        found.append(at + 8)
        at += 12 + int.from_bytes(png[at : at + 4])
    return found
